// What to do next, the most costly first: each with its evidence and a command that checks it again. Nothing here is escaped yet.
// Knows nothing of layout. A command runs in the run's folder, or repeats the rehearsal after something was mended.
import type { Concern, ObjectiveResult, Summary } from '@doorbuster/verdict'
import { byCost, concernOf } from '@doorbuster/verdict'
import { plainLine } from '../escape.ts'
import { sayClock, sayMany, sayShare, saySpan } from '../format.ts'
import type { Report } from '../report.ts'
import { allowedText, anywhereText, causeWords, intervalText, observedText } from '../words.ts'
import type { Action } from './action.ts'
import { findingActions, isToldAsFinding } from './finding-actions.ts'
import { firstSaturated } from './limits.ts'

/** What has to be done before the doors may open. With a go only what was found and no objective stands against. */
export function actions({ summary }: Report): readonly Action[] {
  const broken = summary.trust.filter(({ status }) => status === 'failed')
  const ours = broken.map((check): Action => {
    const [title = '', ...cure] = check.because.split(/ (?=To cure it, )/)
    return {
      stake: 'our own machine',
      title,
      advice: cure.join(' '),
      evidence: [['check', check.name]],
      command: null,
    }
  })
  const unknown = broken.length > 0 ? [] : summary.objectives.filter((one) => one.status === 'no-data' && !one.warnOnly)
  const judged = summary.verdict === 'invalid' ? [] : [...decisiveMisses(summary), ...unknown]
  const target = judged.map((one, i, all) => objectiveAction(one, all[i - 1], summary))
  const worst = judged.findLastIndex((one) => one.status === 'missed' && concernOf(one) === 'privacy') + 1
  const { grave, mild } = findingActions(summary)
  const theirs = [...target.slice(0, worst), ...grave, ...target.slice(worst)]
  return summary.verdict === 'no-go' ? [...theirs, ...ours, ...mild] : [...ours, ...theirs, ...mild]
}

/** The most costly first. With an instrument that failed, times and rates decided nothing: only what was sold, shown or left open did. */
export function decisiveMisses({ objectives, trust }: Summary): readonly ObjectiveResult[] {
  const isDoubted = trust.some(({ status }) => status === 'failed')
  const missed = objectives.filter((one) => one.status === 'missed' && !one.warnOnly)
  return byCost(missed).filter((one) => !isDoubted || concernOf(one) === 'privacy' || concernOf(one) === 'orders')
}

/** How the record shows what it must not hold. */
const cover = '•••'

const stakes: Readonly<Record<Concern, string>> = {
  privacy: 'private data',
  orders: 'orders',
  lost: 'lost shoppers',
  slow: 'waiting',
  degraded: 'less than promised',
  other: 'the plan’s own',
}

/** An advice that stands one above is not said again. */
function objectiveAction(result: ObjectiveResult, above: ObjectiveResult | undefined, summary: Summary): Action {
  const isUnknown = result.status === 'no-data'
  return {
    stake: isUnknown ? 'not known yet' : stakes[concernOf(result)],
    title: asSentence(result.because),
    advice:
      above !== undefined && above.status === result.status && isSameAdvice(above, result, summary)
        ? ''
        : isUnknown
          ? 'Rehearse until it has been seen: what was never measured has not passed.'
          : adviceFor(concernOf(result), summary),
    evidence: isUnknown ? [['objective', result.text]] : evidenceOf(result, summary),
    command: `doorbuster check . --slo ${quoted(result.text)}`,
  }
}

/** Whoever was lost and whoever waited begin at the same place, once it is known. */
function isSameAdvice(above: ObjectiveResult, result: ObjectiveResult, summary: Summary): boolean {
  const [one, other] = [concernOf(above), concernOf(result)]
  return one === other || (one === 'lost' && other === 'slow' && firstSaturated(summary) !== null)
}

function adviceFor(concern: Concern, summary: Summary): string {
  const { failures } = summary
  const [worst] = Object.entries(failures).toSorted(([, a], [, b]) => b - a)
  const all = Object.values(failures).reduce((sum, count) => sum + count, 0)
  const mostly = worst === undefined ? '' : ` Most failures (${sayShare(worst[1] / all)}): ${causeWords(worst[0]) || worst[0]}.`
  const first = firstSaturated(summary)
  const begin = first === null ? null : `Begin with what came to its limit first, ${first}: add room there`
  const advice: Readonly<Record<Concern, string>> = {
    privacy: 'Keep the doors shut until no answer holds what is another’s. Look first at shared caches and at how sessions are told apart.',
    orders: 'Make taking stock and booking an order one step that cannot succeed twice.',
    lost: `${begin ?? 'Find what gave way first, then add room there'} or let fewer in at once.${mostly}`,
    slow: `${begin ?? 'Find what shoppers waited for at the peak, then add room there'} or let fewer in at once.`,
    degraded: 'Decide whether answers with less in them are good enough to sell by.',
    other: '',
  }
  return advice[concern]
}

function evidenceOf(result: ObjectiveResult, summary: Summary): Action['evidence'] {
  const { phases } = summary
  const { firstBreachMs, step, phase, of } = result
  const during = phases.find(
    ({ startMs, lastingMs }) => firstBreachMs !== null && startMs <= firstBreachMs && firstBreachMs < startMs + lastingMs,
  )
  const interval = intervalText(result)
  const pairs: readonly (readonly [string, string | null])[] = [
    ['seen', `${observedText(result)}${interval === '' ? '' : ` (${interval})`}`],
    ['allowed', allowedText(result)],
    ['over', sayMany(result.samples, 'sample')],
    ['step', step],
    ['phase', phase],
    [of?.by ?? 'of', of?.name ?? null],
    [
      'first',
      firstBreachMs === null
        ? null
        : `${sayClock(firstBreachMs)}${during === undefined || during.name === phase ? '' : ` in ${during.name}`}`,
    ],
    ['outside', outsideText(result, summary)],
    ['error budget', result.text.startsWith('errors') ? budgetText(summary) : null],
  ]
  return pairs.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))
}

/** How long it was broken, second by second: `34 s of 2 min, at most 20 s in a row`. */
function outsideText({ text }: ObjectiveResult, { outside = [] }: Summary): string | null {
  const own = outside.find((one) => one.text === text)
  if (own === undefined || own.outsideMs === 0) return null
  return `${saySpan(own.outsideMs)} of ${saySpan(own.watchedMs)}, at most ${saySpan(own.longestMs)} in a row`
}

function budgetText({ budget }: Summary): string | null {
  return budget === undefined ? null : `${saySpan(budget.spentMs)} of outage spent, ${saySpan(budget.totalMs)} allowed`
}

/** What a go leaves open, or what is worth knowing beside the verdict: warnings, what is within noise, remarks, files that could not be used. */
export function unsure({ summary, leftOut = [] }: Report): readonly string[] {
  const only = summary.objectives.filter((one) => one.warnOnly && one.status !== 'met' && !isToldAsFinding(one.text, summary))
  const warned = byCost(only).map(({ text, because }) => `Only a warning: ${because.replace(/\.$/, '')} (${text}).`)
  const close = summary.objectives.filter((one) => one.withinNoise === true)
  const noisy = close.map(
    (one) =>
      `Within noise: ${one.text} was ${one.status} with ${observedText(one)}, but the true value may be anywhere ${anywhereText(one)}.`,
  )
  const remarks = summary.reasons.filter((reason) => reason.startsWith('Remark: ')).map((reason) => reason.slice('Remark: '.length))
  return [...warned, ...noisy, ...remarks, ...leftOut]
}

/** The same arrivals again: of a bare URL every word of it; the record does not know a plan's file, so `plan.ts` stands for it. */
export function repeatCommand({ start }: Pick<Report, 'start'>): string {
  const { repeat = ['plan.ts', '--seed', String(start.seed)] } = start
  return ['doorbuster run', ...repeat.map((word) => (/^[\w./:=@%+,-]+$/.test(word) ? word : quoted(word)))].join(' ')
}

/** What a reader has to put in; empty where nothing is missing. */
export function missingInCommand({ start: { repeat } }: Pick<Report, 'start'>): string {
  if (repeat === undefined) return 'plan.ts is your plan'
  return repeat.some((word) => word.includes(cover)) ? `${cover} stands for what no record may hold` : ''
}

/** A judge's clause as a sentence: `p95 was …` becomes `The p95 was ….` */
export function asSentence(clause: string): string {
  const start = /^p\d/.test(clause) ? `The ${clause}` : clause.charAt(0).toUpperCase() + clause.slice(1)
  return `${start.replace(/\.$/, '')}.`
}

/** For a POSIX shell: nothing in it is expanded. */
function quoted(text: string): string {
  return `'${plainLine(text).replaceAll("'", `'\\''`)}'`
}
