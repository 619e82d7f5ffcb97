// The verdict, the objectives and the causes in plain words, shared by all renderers. Knows nothing of layout; nothing here is escaped yet.
import type { ObjectiveResult, Summary, TrustCheck, Verdict } from '@doorbuster/verdict'
import { sayBeside, sayCount, sayLimit, sayMany, sayMs, sayQuantity, sayShare } from './format.ts'

const verdictWords: Readonly<Record<Verdict, string>> = { go: 'GO', 'no-go': 'NO-GO', inconclusive: 'INCONCLUSIVE', invalid: 'INVALID' }
/** A sign beside every word, so that no meaning hangs on colour. */
const verdictSigns: Readonly<Record<Verdict, string>> = { go: '✓', 'no-go': '✗', inconclusive: '?', invalid: '!' }

export function verdictWord(verdict: Verdict): string {
  return verdictWords[verdict]
}

export function verdictSign(verdict: Verdict): string {
  return verdictSigns[verdict]
}

/** One sentence that says what the verdict means for this run; the reasons follow it. */
export function headline(summary: Summary): string {
  const deciding = summary.objectives.filter((one) => !one.warnOnly)
  const missed = deciding.filter((one) => one.status === 'missed').length
  const unknown = deciding.filter((one) => one.status === 'no-data').length
  const warnings = summary.objectives.filter((one) => standing(one) === 'warning').length
  if (summary.verdict === 'invalid') return invalidHeadline(summary.trust)
  if (summary.verdict === 'no-go') return missed === 0 ? 'The launch is not ready.' : `${outOf(missed, deciding.length)} missed.`
  if (summary.verdict === 'inconclusive') return inconclusiveHeadline(summary.finished, unknown, deciding.length)
  const met = `${deciding.length === 1 ? 'The objective was met' : `All ${sayCount(deciding.length)} objectives were met`}${noiseText(deciding)}`
  return warnings === 0 ? `${met}.` : `${met}, with ${sayMany(warnings, 'warning')}.`
}

/** Words that follow `… met`. */
function noiseText(deciding: readonly ObjectiveResult[]): string {
  const noisy = deciding.filter((one) => one.withinNoise === true).length
  if (noisy === 0) return ''
  return noisy === deciding.length ? ', but within noise' : `, ${sayCount(noisy)} of them within noise`
}

function outOf(count: number, all: number): string {
  if (all === 1) return 'The only objective was'
  return count === all
    ? `All ${sayCount(all)} objectives were`
    : `${sayCount(count)} of ${sayCount(all)} objectives ${count === 1 ? 'was' : 'were'}`
}

function invalidHeadline(trust: readonly TrustCheck[]): string {
  const failed = trust.filter((check) => check.status === 'failed').length
  const checks = failed === 0 ? 'The instrument failed' : `The instrument failed ${failed} of its ${sayMany(trust.length, 'check')}`
  return `${checks}, so nothing here says anything about the target.`
}

function inconclusiveHeadline(finished: boolean, unknown: number, all: number): string {
  if (unknown > 0) return `This run cannot tell: ${outOf(unknown, all).replace(/^The/, 'the').replace(/^All/, 'all')} left without data.`
  return finished ? 'This run cannot tell.' : 'This run cannot tell: it did not run to its end.'
}

/** Stands before the objectives of a run whose instrument failed: what it saw is no evidence about the target. */
export const notEvidence = 'The instrument failed its own checks. What follows is what it saw, not what the target did.'

/** How an objective stands, once a miss that only warns is told from one that decides. */
export type Standing = 'met' | 'missed' | 'warning' | 'no data'

export function standing(result: ObjectiveResult): Standing {
  if (result.status === 'no-data') return 'no data'
  return result.status === 'missed' && result.warnOnly ? 'warning' : result.status
}

/** As `standing`, and whether chance alone may have put it on this side of its limit. */
export function standingText(result: ObjectiveResult): string {
  return `${standing(result)}${result.withinNoise === true ? ', but within noise' : ''}`
}

const standingSigns: Readonly<Record<Standing, string>> = { met: '✓', missed: '✗', warning: '!', 'no data': '?' }

export function standingSign(result: ObjectiveResult): string {
  return standingSigns[standing(result)]
}

/** What was seen, told apart from the limit. A miss without a number: the percentile falls among requests that were never answered, or nothing recovered. */
export function observedText(result: ObjectiveResult): string {
  if (result.observed === null && result.status === 'missed') return result.text.startsWith('recovery') ? 'not recovered' : 'no answer'
  // Only what never came to pass is met without a number.
  if (result.observed === null && result.status === 'met') return 'never'
  return sayBeside(result.observed, result.limit, result.unit)
}

/** The limit with its comparison, as in `< 500 ms`. The comparison is read from the objective's own text. */
export function allowedText(result: ObjectiveResult): string {
  const op = /<=|>=|==|<|>/.exec(result.text)?.[0] ?? ''
  return `${op} ${sayLimit(result.limit, result.unit)}`.trim()
}

/** The 95 % interval of what was seen, as in `480 to 530 ms`, or `≥ 480 ms` where it is open; empty where none is known. */
export function intervalText(result: ObjectiveResult): string {
  if (result.low === null) return result.high === null ? '' : `≤ ${sayQuantity(result.high, result.unit)}`
  if (result.high === null) return `≥ ${sayQuantity(result.low, result.unit)}`
  return `${sayQuantity(result.low, result.unit)} to ${sayQuantity(result.high, result.unit)}`
}

/** The same interval in a sentence, as in `from 480 ms to 530 ms`, or `above 480 ms` where it is open. */
export function anywhereText(result: ObjectiveResult): string {
  if (result.low === null) return result.high === null ? '' : `below ${sayQuantity(result.high, result.unit)}`
  return result.high === null ? `above ${sayQuantity(result.low, result.unit)}` : `from ${intervalText(result)}`
}

const plainCauses: Readonly<Record<string, string>> = {
  timeout: 'no whole answer within the time allowed',
  'connect-timeout': 'no connection within the time allowed',
  dns: 'the name of the target was not found',
  refused: 'the target refused the connection',
  reset: 'the target cut the connection',
  unreachable: 'no way to the target',
  truncated: 'the answer ended too early',
  'too-large': 'the answer was longer than allowed',
  cancelled: 'still under way when the run was stopped',
  'gave-up': 'the shopper had lost patience',
  queued: 'still in the waiting room when the run was stopped',
  'turned-away': 'the waiting room said no for good',
  threw: 'the journey threw an error of its own',
  cut: 'still under way when the run ended',
  guard: 'sent nowhere: the guard never approved this host',
  'dropped:ours-descriptors': 'never sent: this machine had no file descriptor left',
  'dropped:ours-ports': 'never sent: this machine had no port left',
  'dropped:ours-memory': 'never sent: this machine had no memory left',
}
const causesByStart: readonly (readonly [start: string, words: string])[] = [
  ['gave-up:', 'lost patience at '],
  ['turned-away:', 'was told no for good: '],
  ['status:', 'the target answered with status '],
  ['tls:', 'no trusted connection: '],
  ['malformed:', 'the answer was not HTTP: '],
]

/** A cause in words, or nothing where its name has to do. */
export function causeWords(cause: string): string {
  if (Object.hasOwn(plainCauses, cause)) return plainCauses[cause] ?? ''
  if (cause.startsWith('dropped:ours-')) return 'never sent: the generator was at its own ceiling'
  if (cause.startsWith('dropped:theirs-')) return 'never sent: slow answers held every slot'
  const known = causesByStart.find(([start]) => cause.startsWith(start))
  return known === undefined ? '' : known[1] + cause.slice(known[0].length)
}

/** Share of requests that failed or were never sent, as the objective `errors` counts it; null when there were none. */
export function errorRatio({ totals }: Summary): number | null {
  const all = totals.done + totals.dropped
  return all === 0 ? null : (totals.failed + totals.dropped) / all
}

export type KeyNumber = { readonly label: string; readonly value: string; readonly note: string }

/** The numbers a reader asks for first. */
export function keyNumbers(summary: Summary): readonly KeyNumber[] {
  const { totals, responseMs, generator } = summary
  // Objectives rank a failed request above every answered one; these three do not, and say so.
  const answered = totals.failed > 0 ? `of the ${sayCount(responseMs.count)} answered` : `of ${sayMany(responseMs.count, 'answer')}`
  return [
    { label: 'Requests sent', value: sayCount(totals.sent), note: `${sayCount(totals.due)} were due` },
    {
      label: 'Failed',
      value: sayShare(errorRatio(summary)),
      note: `${sayCount(totals.failed)} failed, ${sayCount(totals.dropped)} never sent`,
    },
    { label: 'Half took at most', value: sayMs(responseMs.p50), note: `p50 ${answered}` },
    { label: '95 % took at most', value: sayMs(responseMs.p95), note: `p95 ${answered}` },
    { label: '99 % took at most', value: sayMs(responseMs.p99), note: `p99 ${answered}` },
    { label: 'Sent late by', value: sayMs(generator.latenessMs.p99), note: 'p99, our own error' },
  ]
}
