// The user's mistakes outside of a plan: flags and files. And the guard's refusal.
import { closeSync, openSync, readFileSync } from 'node:fs'

/** One message: where, what was expected, what was received. Ends with exit code 104. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  constructor(path: string, expected: string, received: string) {
    super(`USAGE_INVALID ${path}: expected ${expected}, received ${received}`)
  }
}

/** The guard said no; nothing was sent. Ends with exit code 94. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

export function readUserText(path: string, what: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(path, what, (error as NodeJS.ErrnoException).code ?? String(error))
  }
}

/** Asked before the work whose result is to be written there. */
export function refuseUnwritable(flag: string, path: string): void {
  try {
    // Opened for appending: what stands there stays until there is something new.
    closeSync(openSync(path, 'a'))
  } catch (error) {
    throw new UsageError(flag, 'a file that can be written', `${path} (${(error as NodeJS.ErrnoException).code})`)
  }
}
