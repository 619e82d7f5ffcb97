// What to do next, the most costly first: each with its evidence and a command that checks it again. Nothing here is escaped yet.
// Knows nothing of layout. A command runs in the run's folder, or repeats the rehearsal after something was mended.
import type { Concern, ObjectiveResult, Summary } from '@doorbuster/verdict'
import { byCost, concernOf } from '@doorbuster/verdict'
import { plainLine } from '../escape.ts'
import { sayClock, sayMany, sayShare } from '../format.ts'
import type { Report } from '../report.ts'
import { allowedText, causeWords, intervalText, observedText } from '../words.ts'

export type Action = {
  /** What is at stake, in two or three words. */
  readonly stake: string
  readonly title: string
  readonly advice: string
  /** Short pairs: seen, allowed, where and when. */
  readonly evidence: readonly (readonly [name: string, value: string])[]
  /** Null where only another rehearsal can show it. */
  readonly command: string | null
}

/** What has to be done before the doors may open; empty with a go. */
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
  const target = [...decisiveMisses(summary), ...unknown].map((one, i, all) => objectiveAction(one, all[i - 1], summary))
  return summary.verdict === 'no-go' ? [...target, ...ours] : [...ours, ...(summary.verdict === 'invalid' ? [] : target)]
}

/** The most costly first. With an instrument that failed, times and rates decided nothing: only what was sold, shown or left open did. */
export function decisiveMisses({ objectives, trust }: Summary): readonly ObjectiveResult[] {
  const isDoubted = trust.some(({ status }) => status === 'failed')
  const missed = objectives.filter((one) => one.status === 'missed' && !one.warnOnly)
  return byCost(missed).filter((one) => !isDoubted || concernOf(one) === 'privacy' || concernOf(one) === 'orders')
}

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
      above !== undefined && above.status === result.status && concernOf(above) === concernOf(result)
        ? ''
        : isUnknown
          ? 'Rehearse until it has been seen: what was never measured has not passed.'
          : adviceFor(concernOf(result), summary),
    evidence: isUnknown ? [['objective', result.text]] : evidenceOf(result, summary),
    command: `doorbuster check . --slo ${quoted(result.text)}`,
  }
}

function adviceFor(concern: Concern, { failures }: Summary): string {
  const [worst] = Object.entries(failures).toSorted(([, a], [, b]) => b - a)
  const all = Object.values(failures).reduce((sum, count) => sum + count, 0)
  const mostly = worst === undefined ? '' : ` Most failures (${sayShare(worst[1] / all)}): ${causeWords(worst[0]) || worst[0]}.`
  const advice: Readonly<Record<Concern, string>> = {
    privacy: 'Keep the doors shut until no answer holds what is another’s. Look first at shared caches and at how sessions are told apart.',
    orders: 'Make taking stock and booking an order one step that cannot succeed twice.',
    lost: `Find what gave way first, then add room there or let fewer in at once.${mostly}`,
    slow: 'Find what shoppers waited for at the peak, then add room there or let fewer in at once.',
    degraded: 'Decide whether answers with less in them are good enough to sell by.',
    other: '',
  }
  return advice[concern]
}

function evidenceOf(result: ObjectiveResult, { phases }: Summary): Action['evidence'] {
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
  ]
  return pairs.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))
}

/** What a go leaves open, or what is worth knowing beside the verdict: warnings, remarks, findings that no objective forbids. */
export function unsure({ summary }: Report): readonly string[] {
  const warned = byCost(summary.objectives.filter((one) => one.warnOnly && one.status !== 'met')).map(
    ({ text, because }) => `Only a warning: ${because.replace(/\.$/, '')} (${text}).`,
  )
  const close = summary.objectives.filter((one) => one.withinNoise === true)
  const noisy = close.map(
    (one) => `Within noise: ${one.text} was met with ${observedText(one)}, but the true value may be anywhere from ${intervalText(one)}.`,
  )
  const remarks = summary.reasons.filter((reason) => reason.startsWith('Remark: ')).map((reason) => reason.slice('Remark: '.length))
  return [...warned, ...noisy, ...remarks]
}

/** The same arrivals again. The record does not know its plan's file: `plan.ts` stands for it. */
export function repeatCommand(seed: number): string {
  return `doorbuster run plan.ts --seed ${seed}`
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
