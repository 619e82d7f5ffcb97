// What an objective saw, in one plain sentence each. Decides nothing: status and limit come in as they are.
import type { Objective, Op } from '@doorbuster/plan'
import { isWithinNoise } from './compare.ts'
import { counted, figure, ordinal, secondsFigure, shareFigure, timeFigure } from './figures.ts'
import type { Seen } from './observe.ts'

/** `p95 of checkout in doors was 812 ms over 4,210 samples; it must stay below 500 ms`, and what to make of it. */
export function sayPlain(objective: Objective, seen: Seen, where = ''): string {
  return [`${sayValue(objective, seen)}${where}`, ...asides(objective, seen)].join('; ')
}

/** Sliding: the worst stretch of the span's length. */
export function sayWithin(objective: Objective, seen: Seen, startMs: number): string {
  return sayPlain(objective, seen, ` in its worst ${spanFigure(objective)} (from ${secondsFigure(startMs)} on)`)
}

/** In a row: `seen` is the mildest second of the worst row. */
export function sayFor(objective: Objective, value: number, startMs: number, isMissed: boolean): string {
  const subject = subjectOf(objective)
  const best = Number.isFinite(value) ? figure(value, objective.unit) : 'without a finite value'
  const row = `${spanFigure(objective)} in a row`
  const sentence = isMissed
    ? `${subject} was ${best}${Number.isFinite(value) ? ' or worse' : ''} in every second for ${row}, from ${secondsFigure(startMs)} on`
    : `${subject} never broke its limit for ${row} (in the worst such stretch its best second had ${best})`
  return `${sentence}; ${requirement(objective)}`
}

/** `p95 of checkout in doors`, `error share`. */
export function subjectOf({ metric, step, of, phase }: Objective): string {
  return `${nounOf(metric)}${inScope(step, of)}${inPhase(phase)}`
}

export function requirement({ op, limit, unit }: Objective): string {
  return `${words[op]} ${figure(limit, unit)}${op === '<=' ? ' is allowed' : op === '>=' ? ' is required' : ''}`
}

function spanFigure({ span }: Objective): string {
  return secondsFigure(span?.lastingMs ?? 0)
}

function inScope(step: string | undefined, of: Objective['of']): string {
  if (of !== undefined) return ` of ${of.by} ${of.name}`
  return step === undefined ? '' : ` of ${step}`
}

function inPhase(phase: string | undefined): string {
  return phase === undefined ? '' : ` in ${phase}`
}

const words: Readonly<Record<Op, string>> = {
  '<': 'it must stay below',
  '<=': 'at most',
  '>': 'it must stay above',
  '>=': 'at least',
  '==': 'it must be exactly',
}

function nounOf(metric: Objective['metric']): string {
  switch (metric.kind) {
    case 'response':
      return metric.at === 'avg' ? 'mean response time' : metric.at === 'max' ? 'longest response time' : `p${metric.at}`
    case 'lateness':
      return metric.at === 'avg' ? 'mean lateness' : metric.at === 'max' ? 'longest lateness' : `lateness p${metric.at}`
    case 'errors':
      return 'error share'
    case 'degraded':
      return 'share of degraded answers'
    case 'rate':
      return 'request rate'
    case 'goodput':
      return 'goodput'
    case 'degraded-response':
      return typeof metric.at === 'number' ? `p${metric.at} of degraded answers` : `${metric.at} of degraded answers`
    case 'finished':
      return 'share of shoppers who finished'
    case 'gave-up':
      return 'share of shoppers who gave up'
    case 'turned-away':
      return 'share of shoppers who were turned away'
    case 'stopped':
      return 'share of legitimate requests that were stopped'
    case 'ledger':
      return metric.of
    case 'findings':
      return findingNouns[metric.of]
    case 'target':
      return `${metric.name} of the target`
    case 'counter':
      return `counter ${metric.name}`
    case 'trend':
      return `${typeof metric.at === 'number' ? `p${metric.at}` : metric.at} of ${metric.name}`
    default:
      return metric.kind
  }
}

const findingNouns = {
  'personal-data': 'personal data in answers that any cache may keep',
  'shared-sessions': 'sessions handed to two shoppers',
  'open-doors': 'doors that should have been shut',
} as const

/** What the samples are. */
function sampleNoun({ kind }: Objective['metric']): string {
  if (kind === 'finished' || kind === 'gave-up' || kind === 'turned-away') return 'shopper'
  if (kind === 'amplification') return 'intent'
  return kind === 'stopped' ? 'request' : 'sample'
}

function sayValue(objective: Objective, seen: Seen): string {
  if (!Number.isFinite(seen.value)) return sayUnanswered(objective, seen)
  const isRate = objective.unit === 'perSec'
  const basis = isRate ? secondsFigure(seen.coveredMs) : counted(seen.samples, sampleNoun(objective.metric))
  return `${subjectOf(objective)} was ${figure(seen.value, objective.unit)} over ${basis}`
}

function sayUnanswered({ metric, step, of, phase }: Objective, { samples, unansweredRatio }: Seen): string {
  const which = `${counted(samples, 'request')}${inScope(step, of)}${inPhase(phase)}`
  const at = metric.kind === 'response' ? metric.at : 'max'
  if (typeof at !== 'number') return `none of ${which} was answered`
  return `${shareFigure(unansweredRatio)} of ${which} failed or were dropped, so the ${ordinal(at)} percentile has no finite value`
}

function asides(objective: Objective, seen: Seen): readonly string[] {
  const found = [requirement(objective)]
  const { metric } = objective
  const isOverAnsweredOnly = metric.kind === 'response' && typeof metric.at !== 'number'
  if (isOverAnsweredOnly && Number.isFinite(seen.value) && seen.unansweredRatio > 0.01) {
    found.push(`this is of the answered ones only, and ${shareFigure(seen.unansweredRatio)} were never answered`)
  }
  const noise = sayNoise(objective, seen)
  return noise === null ? found : [...found, noise]
}

/** Null when the interval lies clear of the limit, or none is known. */
function sayNoise(objective: Objective, { low, high, samples }: Seen): string | null {
  if (!isWithinNoise(objective, { low, high })) return null
  const { unit } = objective
  if (low !== null && high !== null)
    return `within noise: the 95 % interval from ${figure(low, unit)} to ${figure(high, unit)} holds the limit`
  const bound = low === null ? `below ${timeFigure(high ?? 0)}` : `above ${timeFigure(low)}`
  return `within noise: over ${counted(samples, 'sample')} the 95 % interval is open ${low === null ? 'downwards' : 'upwards'} (${bound})`
}
