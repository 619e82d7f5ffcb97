// A world whose output is kept as one text, whose day never changes and in which nothing can be interrupted. For commands that send nothing.
import type { Sink, World } from '../../packages/cli/src/world.ts'

export type SilentWorld = World & { readonly output: () => string }

export function silentWorld({ argv = [], cwd = '.' }: { readonly argv?: readonly string[]; readonly cwd?: string } = {}): SilentWorld {
  let output = ''
  const sink: Sink = {
    write: (text) => {
      output += text
    },
    flush: () => Promise.resolve(true),
    isTTY: false,
    columns: undefined,
  }
  return {
    argv,
    env: {},
    cwd,
    nodeVersion: process.version,
    stdout: sink,
    stderr: sink,
    output: () => output,
    now: () => new Date(2026, 10, 14, 12),
    cpu: () => ({ ownMs: 0, machineMs: null, stolenMs: null }),
    threadCpuMs: () => null,
    onInterrupt: () => () => {},
    onStray: () => () => {},
    exitNow: (code) => {
      throw new Error(`left with ${code}`)
    },
  }
}
