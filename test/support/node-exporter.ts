// A real node_exporter: this machine's own figures, as Prometheus reads them. Knows nothing of doorbuster.

import { findProgram, start } from './processes.ts'
import { freePort } from './servers.ts'

export type NodeExporter = AsyncDisposable & { readonly url: string }

/** `missing` says why there is none to start. */
export async function startNodeExporter(): Promise<NodeExporter | { readonly missing: string }> {
  const exporter = await findProgram(['prometheus-node-exporter', 'node_exporter'], 'prometheus-node-exporter')
  if ('missing' in exporter) return exporter
  const address = `127.0.0.1:${await freePort()}`
  const running = start(exporter.path, [`--web.listen-address=${address}`], { atMostMs: 10 * 60_000 })
  try {
    await running.says('Listening on')
  } catch (failure) {
    await running[Symbol.asyncDispose]()
    throw failure
  }
  return { url: `http://${address}/metrics`, [Symbol.asyncDispose]: () => running[Symbol.asyncDispose]() }
}
