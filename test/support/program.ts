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

/** Half of a short run is compiling our sources: Node keeps what it compiled, by the text of each. */
const ours = { FORCE_COLOR: undefined, NO_COLOR: '1', NODE_COMPILE_CACHE: `${ROOT_FOLDER}node_modules/.cache/compiled` }

/** Starts the program; `signal('SIGINT')` on what is returned is Ctrl-C. */
export function startDoorbuster(programArguments: readonly string[], { env, ...options }: ProgramOptions): Running {
  const fromSource = ['--conditions=source', `${ROOT_FOLDER}packages/cli/src/bin.ts`, ...programArguments]
  return start(process.execPath, fromSource, { ...options, env: { ...process.env, ...ours, ...env } })
}

/** Runs the program to its end. */
export async function runDoorbuster(programArguments: readonly string[], options: ProgramOptions): Promise<Finished> {
  await using running = startDoorbuster(programArguments, options)
  return await running.finished
}
