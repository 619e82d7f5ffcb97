// How long a shopper thinks, as text and as data. Drawing from it is the generator's.
import { PlanError, problem } from './problems.ts'
import { countable } from './timers.ts'
import { parseDuration } from './units.ts'

/** `fixed`: always that long. `exponential`: random with that mean, cut at `capMs`. `uniform`: evenly between the two. */
export type ThinkTime =
  | { readonly kind: 'fixed'; readonly lastingMs: number }
  | { readonly kind: 'exponential'; readonly meanMs: number; readonly capMs: number }
  | { readonly kind: 'uniform'; readonly fromMs: number; readonly toMs: number }

/** Ten times the mean: a shopper of the tail who would sit on a page for minutes is cut there, as TPC-W does. */
const capInMeans = 10

/** `3s`, `exp 3s`, `exp 3s cap 30s`, `uniform 1s 5s`; a number is ms. Longest: 24 days, for `exp` its cap. */
export function parseThink(text: string | number, path = ''): ThinkTime {
  const time = parseWords(text, path)
  countable(longestMs(time), path, text)
  return time
}

function longestMs(time: ThinkTime): number {
  if (time.kind === 'fixed') return time.lastingMs
  return time.kind === 'exponential' ? time.capMs : time.toMs
}

function parseWords(text: string | number, path: string): ThinkTime {
  if (typeof text === 'number') return { kind: 'fixed', lastingMs: parseDuration(text, path) }
  const words = text.trim().split(/\s+/)
  const [verb = '', first = '', second = '', third = ''] = words
  if (verb === 'exp' && (words.length === 2 || (words.length === 4 && second === 'cap'))) {
    const meanMs = parseDuration(first, path)
    return { kind: 'exponential', meanMs, capMs: words.length === 4 ? parseDuration(third, path) : capInMeans * meanMs }
  }
  if (verb === 'uniform' && words.length === 3) {
    const [fromMs, toMs] = [parseDuration(first, path), parseDuration(second, path)]
    if (fromMs <= toMs) return { kind: 'uniform', fromMs, toMs }
  }
  if (words.length === 1 && /^[0-9]/.test(verb)) return { kind: 'fixed', lastingMs: parseDuration(verb, path) }
  throw new PlanError('PLAN_INVALID', [problem(path, 'a time to think such as "3s", "exp 3s", "exp 3s cap 30s" or "uniform 1s 5s"', text)])
}
