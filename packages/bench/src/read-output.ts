// What each program says of itself when it ends. Its own count is only held against the target's: a wrong command line is noticed.
import type { Summary } from '@doorbuster/verdict'

export type Claim = {
  /** Requests that it says were answered. */
  readonly answers: number
  /** Null when the program does not measure how late it sends. */
  readonly latenessP99Ms: number | null
}

export const readWrk = (stdout: string): Claim => plain(counts(stdout, /^ *(\d+) requests in /gm))

export const readAb = (stdout: string): Claim => plain(counts(stdout, /^Complete requests: +(\d+)$/gm))

export const readH2load = (stdout: string): Claim => plain(counts(stdout, /^requests: .* (\d+) done,/gm))

/** One line a status, so a sum. */
export const readHey = (stdout: string): Claim => plain(counts(stdout, /^ *\[\d{3}\]\t(\d+) responses$/gm))

export const readAutocannon = (stdout: string): Claim => plain(counts(stdout, /"requests":\{[^}]*"total":(\d+)/g))

/** From summary.json. @throws SyntaxError when there is none */
export function readDoorbuster(stdout: string): Claim {
  const { totals, generator }: Pick<Summary, 'totals' | 'generator'> = JSON.parse(stdout)
  return { answers: totals.done, latenessP99Ms: generator.latenessMs.p99 }
}

function plain(answers: number): Claim {
  return { answers, latenessP99Ms: null }
}

/** @throws Error when no line says it */
function counts(stdout: string, pattern: RegExp): number {
  const found = [...stdout.matchAll(pattern)]
  if (found.length === 0)
    throw new Error(`its output does not say how many requests were answered: ${JSON.stringify(stdout.slice(0, 200))}`)
  return found.reduce((sum, [, count]) => sum + Number(count), 0)
}
