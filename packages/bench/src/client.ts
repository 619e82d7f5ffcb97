// Starts a tool for one round, in a folder of its own, on the CPU that clients have.
import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { clientCpu, pinned } from './machine.ts'
import type { Running } from './program.ts'
import { start, withManyFiles } from './program.ts'
import type { Errand } from './tool.ts'
import type { Setting } from './workload.ts'

export async function startClient(
  program: readonly string[],
  { args, files = {} }: Errand,
  { folder, isPinned }: Setting,
  atMostMs: number,
): Promise<Running> {
  const cwd = await mkdtemp(join(folder, 'round-'))
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(cwd, name), text)))
  return start(pinned(isPinned ? clientCpu : null, withManyFiles([...program, ...args])), { cwd, atMostMs })
}

/** The line of what a program said that names the error, or the last one. */
export function complaint(stderr: string): string {
  const lines = stderr.trim().split('\n')
  return (lines.find((line) => /error/i.test(line)) ?? lines.at(-1)) || 'it said nothing'
}
