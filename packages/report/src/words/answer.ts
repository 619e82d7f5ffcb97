// The answer for whoever has to decide: a few sentences in plain words, with the numbers that decide. Nothing here is escaped yet.
// Knows nothing of layout. Shares are said as "1 in 14"; percentiles, intervals and causes are left to the parts below.
import type { Concern, ObjectiveResult, Summary, TrustCheck } from '@doorbuster/verdict'
import { concernOf, leakBrief } from '@doorbuster/verdict'
import { sayCount, sayMany, sayMs, sayOneIn, sayRate, saySpan } from '../format.ts'
import type { Report } from '../report.ts'
import { allowedText, observedText } from '../words.ts'
import { asSentence, decisiveMisses } from './actions.ts'
import { limits } from './limits.ts'
import { answeredAtPeak, lostAtPeak, peakText } from './peak.ts'

/** Most costly first; never empty. */
export function answer(report: Report): readonly string[] {
  const { verdict } = report.summary
  if (verdict === 'invalid') return invalidAnswer(report.summary)
  if (verdict === 'inconclusive') return inconclusiveAnswer(report)
  return [...(verdict === 'go' ? goAnswer(report) : noGoAnswer(report)), ...limits(report)]
}

const mostConcerns = 2

function noGoAnswer(report: Report): readonly string[] {
  const missed = decisiveMisses(report.summary)
  const decisive = missed.filter((one, i) => missed.findIndex((other) => concernOf(other) === concernOf(one)) === i).slice(0, mostConcerns)
  if (decisive.length === 0) return ['An objective stopped the rehearsal before its end.', ...held(report.summary)]
  const told = decisive.map((one, i) => concernSentence(concernOf(one), one, report, i === 0))
  return told.length < mostConcerns ? [...told, ...held(report.summary)] : told
}

/** The peak is named once, in the first sentence. */
function concernSentence(concern: Concern, result: ObjectiveResult, report: Report, isFirst: boolean): string {
  if (concern === 'privacy') return privacySentence(result, report.summary)
  if (concern === 'orders') return ordersSentence(result, report.summary)
  if (concern === 'lost') return lostSentence(result, report)
  if (concern === 'slow') return slowSentence(result, isFirst ? peakText(report) : null)
  return asSentence(result.because)
}

function privacySentence(result: ObjectiveResult, { findings }: Summary): string {
  const brief = result.text.startsWith('leaks') ? leakBrief(findings) : null
  if (brief === null) return asSentence(result.because)
  const most = brief.isCapped ? 'at least ' : ''
  return `Private data of ${most}${sayMany(brief.owners, 'shopper')} was shown to ${most}${sayMany(brief.viewers, 'other')}.`
}

function ordersSentence(result: ObjectiveResult, { ledger }: Summary): string {
  const pieces = (ledger?.products ?? []).reduce((sum, { oversold }) => sum + (oversold?.least ?? 0), 0)
  if (result.text.startsWith('oversold') && pieces > 0)
    return `${sayCount(pieces)} more ${pieces === 1 ? 'piece was' : 'pieces were'} sold than there were.`
  if (result.text.startsWith('duplicates') && ledger !== undefined && ledger.duplicates > 0)
    return `${sayMany(ledger.duplicates, 'order')} ${ledger.duplicates === 1 ? 'was' : 'were'} booked a second time.`
  return asSentence(result.because)
}

/** Steps at which a shopper pays, by the names that they usually have. */
const payingStep = /^(?:check-?out|orders?|pay(?:ment)?|buy|purchase)\b/i

function lostSentence(result: ObjectiveResult, report: Report): string {
  const { summary, start } = report
  if (/^(?:recovery|collapse|goodput)/.test(result.text)) return otherLoss(result, report)
  const paying = summary.steps.find(({ name, intents }) => payingStep.test(name) && intents > 0)
  const unpaid = paying === undefined ? 0 : 1 - (paying.ok + paying.degraded) / paying.intents
  if (unpaid >= 0.0005) return `With up to ${peakText(report) ?? 'this many shoppers'}, ${sayOneIn(unpaid)} could not check out.`
  const lost = lostAtPeak(report)
  if (start.peak !== null && lost !== null && lost > 0)
    return `At the planned peak of ${peakText(report)}, ${sayOneIn(lost)} requests got no good answer.`
  return asSentence(result.because)
}

function otherLoss(result: ObjectiveResult, report: Report): string {
  if (result.text.startsWith('recovery') && result.observed === null) return 'The shop did not recover after the peak.'
  if (!result.text.startsWith('goodput')) return asSentence(result.because)
  const peak = peakText(report)
  return `${peak === null ? 'The shop' : `With up to ${peak}, the shop`} answered ${sayRate(result.observed)}, where ${allowedText(result)} is needed.`
}

function slowSentence(result: ObjectiveResult, peak: string | null): string {
  const nth = Number(/^p\(?([\d.]+)/.exec(result.text)?.[1] ?? Number.NaN)
  const where = `${result.step === null ? '' : ` at ${result.step}`}${result.phase === null ? '' : ` in ${result.phase}`}`
  if (!Number.isFinite(nth)) return asSentence(result.because)
  const who = nth >= 50 && nth < 100 ? `the slowest ${sayOneIn(1 - nth / 100)}` : 'the slowest'
  const slowest = peak === null ? capital(who) : `With up to ${peak}, ${who}`
  if (result.observed === null) return `${slowest}${where} got no answer at all, where ${sayMs(result.limit)} is allowed.`
  return `${slowest}${where} waited ${observedText(result)} or more, where ${sayMs(result.limit)} is allowed.`
}

/** How long the shop stood: no decision hangs on it, but it is the first thing that is asked. */
function held({ aftermath: { collapseMs }, trust }: Summary): readonly string[] {
  if (trust.some(({ status }) => status === 'failed'))
    return ['Of times and rates this rehearsal says nothing: our own machine failed its checks.']
  if (collapseMs.status !== 'seen' || collapseMs.value === null) return []
  return [
    collapseMs.value === 0 ? 'It fell as soon as the doors opened.' : `It held for ${saySpan(collapseMs.value)} after the doors opened.`,
  ]
}

function goAnswer(report: Report): readonly string[] {
  const { objectives, responseMs, ledger } = report.summary
  const deciding = objectives.filter((one) => !one.warnOnly)
  const lost = lostAtPeak(report)
  const peak = peakText(report)
  const answered = answeredAtPeak(report)
  const share = lost === null || lost === 0 ? 'every request was answered' : `all but ${sayOneIn(lost)} requests were answered`
  const fast = `19 in 20 within ${sayMs(answered?.p95 ?? responseMs.p95)}`
  const kept = deciding.length === 1 ? 'The objective was met' : `All ${sayCount(deciding.length)} objectives were met`
  const right = ledger !== undefined && concernsMet(objectives, 'orders') ? ', and nothing was sold that is not there' : ''
  if (deciding.length === 0) return ['Every objective only warns, so none could stop the launch.']
  return [
    peak === null || lost === null ? `${capital(share)}, ${fast}.` : `At the planned peak of ${peak}, ${share}, ${fast}.`,
    `${kept}${right}.`,
  ]
}

function concernsMet(objectives: readonly ObjectiveResult[], concern: Concern): boolean {
  return objectives.some((one) => concernOf(one) === concern && one.status === 'met')
}

function invalidAnswer({ trust, generator, totals }: Summary): readonly string[] {
  const failed = trust.filter(({ status }) => status === 'failed').map(({ name }) => name)
  const after = 'Nothing here speaks for or against the launch: rehearse again.'
  const why =
    failed.map((name) => invalidWords[name]({ generator, totals })).at(0) ?? 'the machine that sent the load failed its own checks'
  return [`This rehearsal does not count: ${why}.`, after]
}

type Instrument = Pick<Summary, 'generator' | 'totals'>

const invalidWords: Readonly<Record<TrustCheck['name'], (of: Instrument) => string>> = {
  lateness: ({ generator }) =>
    `our own machine fell behind, and sent 1 in 100 requests ${sayMs(generator.latenessMs.p99)} or more after their time`,
  'loop-delay': ({ generator }) => `our own machine stood still for up to ${sayMs(generator.loopDelayMs.max)}`,
  gc: ({ generator }) => `our own machine stood still for up to ${sayMs(generator.gcPauseMs?.max ?? null)}`,
  cpu: () => 'our own machine was too busy to send on time',
  'dropped-by-us': ({ totals }) => `our own machine could not send all of the ${sayCount(totals.due)} requests that were due`,
  little: () => 'the numbers of our own machine contradict each other',
  sent: () => 'the books of our own machine do not balance',
  lost: () => 'a part of our own machine died on the way',
}

function inconclusiveAnswer({ summary, start }: Report): readonly string[] {
  const deciding = summary.objectives.filter((one) => !one.warnOnly)
  const unknown = deciding.filter(({ status }) => status === 'no-data').length
  const again = 'It takes another rehearsal to know.'
  if (summary.totals.sent === 0) return ['This rehearsal cannot tell: nothing was sent.', again]
  const cut = summary.finished ? '' : `it ended after ${saySpan(summary.durationMs)} of ${saySpan(start.lastingMs)}`
  const open = unknown === 0 ? '' : `${sayCount(unknown)} of ${sayMany(deciding.length, 'objective')} had nothing to be judged by`
  const threw = summary.shoppers.threw === 0 ? '' : `the scripts of ${sayMany(summary.shoppers.threw, 'shopper')} broke`
  const why = [cut, open, ...(cut === '' && open === '' ? [threw] : [])].filter((text) => text !== '').join(', and ')
  return [`This rehearsal cannot tell${why === '' ? '' : `: ${why}`}.`, again]
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).replace(/\.$/, '')
}
