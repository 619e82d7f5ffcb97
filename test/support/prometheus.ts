// A real Prometheus server that scrapes one address each second and is asked over its own HTTP API. Knows nothing of doorbuster.
import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram, start } from './processes.ts'
import { freePort } from './servers.ts'

export type Sample = { readonly metric: Readonly<Record<string, string>>; readonly value: number }

export type Prometheus = AsyncDisposable & {
  /** What an instant query comes to. */
  readonly query: (promql: string) => Promise<readonly Sample[]>
}

type Missing = { readonly missing: string }

/** `target`: `127.0.0.1:9464`; its `/metrics` need not be there yet. */
export async function startPrometheus(target: string): Promise<Prometheus | Missing> {
  const program = await findProgram(['prometheus'], 'prometheus')
  if ('missing' in program) return program
  const folder = await mkdtempDisposable(join(tmpdir(), 'doorbuster-prometheus-'))
  const port = await freePort()
  await writeFile(join(folder.path, 'prometheus.yml'), configuration(target))
  const flags = ['--config.file=prometheus.yml', '--storage.tsdb.path=data', `--web.listen-address=127.0.0.1:${port}`]
  const running = start(program.path, flags, { cwd: folder.path, atMostMs: 5 * 60_000 })
  const stop = async () => {
    await running[Symbol.asyncDispose]()
    await folder.remove()
  }
  try {
    await running.says('Server is ready to receive web requests')
  } catch (failure) {
    await stop()
    throw failure
  }
  return { query: (promql) => ask(`http://127.0.0.1:${port}`, promql), [Symbol.asyncDispose]: stop }
}

function configuration(target: string): string {
  return JSON.stringify({
    global: { scrape_interval: '1s', scrape_timeout: '900ms' },
    scrape_configs: [{ job_name: 'rehearsal', static_configs: [{ targets: [target] }] }],
  })
}

type Answer = {
  readonly data: { readonly result: readonly { readonly metric: Sample['metric']; readonly value: readonly [number, string] }[] }
}

async function ask(base: string, promql: string): Promise<readonly Sample[]> {
  const response = await fetch(`${base}/api/v1/query?${new URLSearchParams({ query: promql })}`)
  const { data } = (await response.json()) as Answer
  return data.result.map(({ metric, value: [, value] }) => ({ metric, value: Number(value) }))
}
