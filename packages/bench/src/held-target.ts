// Starts a server that holds its answers back, as a process of its own on the servers' CPU, and asks it what it saw.
import { fileURLToPath } from 'node:url'
import { firstAnswer, freePort } from './free-port.ts'
import type { HeldLog, Holding } from './held-answers.ts'
import { pinned, serverCpu } from './machine.ts'
import { start, withManyFiles } from './program.ts'

export type HeldTarget = AsyncDisposable & { readonly url: string; readonly log: () => Promise<HeldLog> }

const program = fileURLToPath(new URL('./held-server.ts', import.meta.url))
const atMostMs = 5 * 60_000

export async function startHeldTarget(
  holding: Holding,
  { cwd, isPinned }: { readonly cwd: string; readonly isPinned: boolean },
): Promise<HeldTarget> {
  const port = await freePort()
  const command = withManyFiles([process.execPath, program, `${port}`, JSON.stringify(holding)])
  const server = start(pinned(isPinned ? serverCpu : null, command), { cwd, atMostMs })
  const url = `http://127.0.0.1:${port}/`
  const log = async (): Promise<HeldLog> => JSON.parse(await (await fetch(`${url}log`)).text())
  await (await firstAnswer(server, `${url}log`)).text()
  return { url, log, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}
