// Runs a command of the CLI inside this process, in a world of the test's own: for what needs no process, many times cheaper.
import { main } from '../../packages/cli/src/main.ts'
import type { World } from '../../packages/cli/src/world.ts'

export type Said = { readonly exitCode: number; readonly stdout: string; readonly stderr: string }

export async function runInProcess(programArguments: readonly string[], cwd: string): Promise<Said> {
  const said = { stdout: '', stderr: '' }
  const sink = (stream: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      said[stream] += text
    },
    isTTY: false,
    columns: 120,
  })
  const world: World = {
    argv: programArguments,
    env: { NO_COLOR: '1' },
    cwd,
    nodeVersion: process.version,
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    now: () => new Date(),
    cpu: () => ({ ownMs: 0, machineMs: null, stolenMs: null }),
    onInterrupt: () => () => {},
    exitNow: (code) => {
      throw new Error(`the program left with ${code}`)
    },
  }
  const exitCode = await main(world)
  return { exitCode, ...said }
}
