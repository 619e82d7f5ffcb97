// What this run says nothing about, in plain sentences: the nearest to the plan first. Whoever reads a "go" should know what it leaves open.
import type { RunStart, Tally } from '@doorbuster/measurements'
import { missingSamples, otherSteps } from '@doorbuster/measurements'
import { cover } from '@doorbuster/plan'
import { counted, countFigure, secondsFigure, shareFigure } from './figures.ts'

export type Measured = {
  readonly start: RunStart
  readonly tally: Tally
  /** Whether orders were counted against the stock, or at least told of. */
  readonly hasOrders: boolean
}

export function notMeasured(run: Measured): readonly string[] {
  return [
    ...restOfPlan(run),
    ...phasesWithoutLoad(run),
    ...stepsNeverReached(run),
    ...trust(run),
    ...percentiles(run),
    ...generator(run.start),
    ...sources(run.start),
    ...closedLoop(run.start),
    'Resilience was not rehearsed: nothing that the shop depends on was slowed down or taken away.',
    'Response was not rehearsed: nobody was timed on noticing a failure, on telling customers and on mending it.',
  ]
}

function restOfPlan({ start, tally }: Measured): readonly string[] {
  const missingMs = start.lastingMs - tally.endMs
  return missingMs < 1 ? [] : [`The last ${secondsFigure(missingMs)} of the plan were not run.`]
}

function phasesWithoutLoad({ start, tally }: Measured): readonly string[] {
  const empty = start.phases.filter(({ name, arrivals }) => arrivals > 0 && tally.scope({ phase: name }).counts.due === 0)
  return empty.length === 0 ? [] : [`Phases without load: ${listed(empty.map(({ name }) => name))}.`]
}

function stepsNeverReached({ start, tally }: Measured): readonly string[] {
  const reached = new Set(tally.steps)
  // Too many steps are counted as one, and which are among them nobody knows.
  if (reached.has(otherSteps)) return []
  // A step with a covered secret in its name was counted under the same name, or under the whole one.
  const missed = stepsOf(start.plan).filter((step) => !reached.has(step) && !step.includes(cover))
  return missed.length === 0 ? [] : [`Steps that no shopper reached: ${listed(missed)}.`]
}

/** Steps that a plan says its shoppers have; whatever else the folder's plan holds, nothing. */
function stepsOf(plan: unknown): readonly string[] {
  const steps = listIn(plan, 'shoppers').flatMap((shopper) => listIn(shopper, 'steps'))
  return [...new Set(steps.filter((step) => typeof step === 'string'))]
}

function listIn(value: unknown, key: string): readonly unknown[] {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  return Array.isArray(found) ? found : []
}

/** What was watched leaves a counter, even if nothing was found. */
const watches: Readonly<Record<string, string>> = {
  'privacy.scanned': "answers for other shoppers' data (canaries)",
  'privacy.sessions': 'sessions handed out twice',
  'privacy.public': 'personal data in caches',
  'privacy.doors': 'doors that must stay shut (probes)',
}

function trust({ tally, hasOrders }: Measured): readonly string[] {
  const unseen = Object.entries(watches).flatMap(([counter, what]) => (tally.counters[counter] === undefined ? [what] : []))
  if (!hasOrders && unseen.length === Object.keys(watches).length)
    return ['Trust was not rehearsed: no canary was planted, no probe asked and no order counted.']
  const all = hasOrders ? unseen : [...unseen, 'orders against the stock']
  return all.length === 0 ? [] : [`Of trust this was not looked at: ${all.join('; ')}.`]
}

type Few = { readonly name: string; readonly missing: number }

function percentiles({ start, tally }: Measured): readonly string[] {
  const whole = tally.scope().response.count
  const parts = [
    ...start.phases.map(({ name }) => ({ name: `phase ${name}`, count: tally.scope({ phase: name }).response.count })),
    ...tally.steps.map((step) => ({ name: `step ${step}`, count: tally.scope({ step }).response.count })),
  ].filter(({ count }) => count > 0)
  return (['p99', 'p999'] as const).flatMap((percentile) => {
    const missing = missingSamples(whole, percentile)
    if (whole > 0 && missing > 0) return [sayFew(percentile, [{ name: 'the whole run', missing }])]
    const few = parts.map(({ name, count }) => ({ name, missing: missingSamples(count, percentile) })).filter((one) => one.missing > 0)
    return few.length === 0 ? [] : [sayFew(percentile, few)]
  })
}

const percentileNames = { p99: 'p99', p999: 'p99.9' } as const

function sayFew(percentile: keyof typeof percentileNames, few: readonly Few[]): string {
  const where = few.map(({ name, missing }) => `${countFigure(missing)} missing in ${name}`)
  return `${percentileNames[percentile]} is not known from above: it needs ${counted(missingSamples(0, percentile), 'sample')}, ${listed(where)}.`
}

function generator({ calibration, peak }: RunStart): readonly string[] {
  if (peak === null) return []
  if (calibration === null || calibration === undefined)
    return ['How near the generator came to its own limit: this machine was never calibrated for such a run (doorbuster calibrate).']
  const { peakRatio, cleanPerSec, kind } = calibration
  const what = kind === 'urls' ? 'requests' : 'shoppers'
  return [
    `Anything beyond ${countFigure(Math.round(cleanPerSec))} ${what}/s, the most that this machine was found to send cleanly: the peak used ${shareFigure(peakRatio)} of that.`,
  ]
}

function sources({ sources = 1 }: RunStart): readonly string[] {
  if (sources > 1) return []
  return ['What many addresses do: all requests came from one, so limits and balancing by address saw a single client.']
}

function closedLoop({ model }: RunStart): readonly string[] {
  return model === 'open' ? [] : ['What a crowd feels: a closed loop waits for the shop, and a crowd does not.']
}

const mostListed = 8

function listed(all: readonly string[]): string {
  const more = all.length - mostListed
  return more <= 0 ? all.join(', ') : `${all.slice(0, mostListed).join(', ')} and ${countFigure(more)} more`
}
