// Runs doorbuster from source as its users do: a process with arguments, text and an exit code. Knows nothing of its insides.
import { ROOT_FOLDER } from './modules.ts'
import type { Finished, Running } from './processes.ts'
import { start } from './processes.ts'

export type ProgramOptions = {
  /** Run folders are written below it, so it should be a temporary one. */
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  readonly atMostMs?: number
}

/** Starts the program; `signal('SIGINT')` on what is returned is Ctrl-C. */
export function startDoorbuster(programArguments: readonly string[], { env, ...options }: ProgramOptions): Running {
  const fromSource = ['--conditions=source', `${ROOT_FOLDER}packages/cli/src/bin.ts`, ...programArguments]
  return start(process.execPath, fromSource, { ...options, env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: '1', ...env } })
}

/** Runs the program to its end. */
export async function runDoorbuster(programArguments: readonly string[], options: ProgramOptions): Promise<Finished> {
  await using running = startDoorbuster(programArguments, options)
  return await running.finished
}
