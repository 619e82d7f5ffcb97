// How long a shopper thinks or waits, as text and as data. Drawing from it is the generator's.
import { PlanError, problem } from './problems.ts'
import { countable } from './timers.ts'
import { parseCount, parseDuration } from './units.ts'

/**
 * `fixed`: always that long. `exponential`: random with that mean, cut at `capMs`. `uniform`: evenly between the two. `lognormal`: half of
 * all draws below the median, the logarithm spread by sigma (0.8: one in six above 2.2 medians), cut at `capMs`.
 */
export type ThinkTime =
  | { readonly kind: 'fixed'; readonly lastingMs: number }
  | { readonly kind: 'exponential'; readonly meanMs: number; readonly capMs: number }
  | { readonly kind: 'uniform'; readonly fromMs: number; readonly toMs: number }
  | { readonly kind: 'lognormal'; readonly medianMs: number; readonly sigma: number; readonly capMs: number }

/** Ten times the mean: a shopper of the tail who would sit on a page for minutes is cut there, as TPC-W does. */
const capInMeans = 10
/** Of the logarithm: three draws in 100,000 lie beyond. */
const capInSigmas = 4

/** Everything that `parseThink` reads. */
export const thinkForms = '"3s", "exp 3s", "exp 3s cap 30s", "uniform 1s 5s" or "lognormal median 8s sigma 0.8"'

/**
 * `3s`, `exp 3s`, `exp 3s cap 30s`, `uniform 1s 5s`, `lognormal median 8s sigma 0.8`, `lognormal median 8s sigma 0.8 cap 60s`; a number is
 * ms. Longest: 24 days, where there is a cap the cap. Without one `exp` is cut at ten means, `lognormal` at four sigmas.
 */
export function parseThink(text: string | number, path = ''): ThinkTime {
  const time = parseWords(text, path)
  countable(longestMs(time), path, text)
  return time
}

function longestMs(time: ThinkTime): number {
  if (time.kind === 'fixed') return time.lastingMs
  return time.kind === 'uniform' ? time.toMs : time.capMs
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
  if (verb === 'lognormal') {
    const found = lognormal(words, path)
    if (found !== undefined) return found
  }
  if (words.length === 1 && /^[0-9]/.test(verb)) return { kind: 'fixed', lastingMs: parseDuration(verb, path) }
  throw new PlanError('PLAN_INVALID', [problem(path, `a time such as ${thinkForms}`, text)])
}

function lognormal(words: readonly string[], path: string): ThinkTime | undefined {
  const [, median, first = '', sigmaWord, second = '', cap, third = ''] = words
  if (median !== 'median' || sigmaWord !== 'sigma' || !(words.length === 5 || (words.length === 7 && cap === 'cap'))) return undefined
  const medianMs = parseDuration(first, path)
  const sigma = parseCount(second, path, 'a sigma above zero, such as 0.8')
  if (sigma === 0) throw new PlanError('PLAN_INVALID', [problem(path, 'a sigma above zero, such as 0.8', words.join(' '))])
  const capMs = words.length === 7 ? parseDuration(third, path) : medianMs * Math.exp(capInSigmas * sigma)
  return { kind: 'lognormal', medianMs, sigma, capMs }
}
