// Runs a command of the CLI inside this process: for what needs no process of its own, many times cheaper.
import { main } from '../../packages/cli/src/main.ts'
import type { Sink, World } from '../../packages/cli/src/world.ts'
import { silentWorld } from './silent-world.ts'

export type SaidApart = { readonly exitCode: number; readonly stdout: string; readonly stderr: string }

export async function runInProcess(programArguments: readonly string[], cwd: string, env: World['env'] = {}): Promise<SaidApart> {
  const said = { stdout: '', stderr: '' }
  const sink = (stream: 'stdout' | 'stderr'): Sink => ({
    write: (text) => {
      said[stream] += text
    },
    flush: () => Promise.resolve(true),
    isTTY: false,
    columns: 120,
  })
  const world = {
    ...silentWorld({ argv: programArguments, cwd }),
    env,
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    now: () => new Date(),
  }
  const exitCode = await main(world)
  return { exitCode, ...said }
}
