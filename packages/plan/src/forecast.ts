// From "a million shoppers over the day" to the traffic of their opening minutes. Knows laws and totals, not due times.
//
//   N shoppers over T: a share w waits at the doors and comes at once, inside the spread s; the rest follow the law F, cut at T.
//   rate(t) = N·w/s  (t ≤ s)  +  N·(1 − w)·f(t)/F(T)                  peak = its highest value
//   concentration = peak ÷ (N/T): how many times the mean of the day the shop must bear
// A total says nothing about the peak without a law, so there is no default law.
import { Arguments } from './arguments.ts'
import type { LawArguments, RawLaw } from './arrival-law.ts'
import { hasBegun, lawArgumentNames, lawDensity, lawNames, lawPeakMs, lawWeight, readLaw } from './arrival-law.ts'
import { forecastLine, lawNeeded } from './forecast-line.ts'
import { overlay } from './overlay.ts'
import { rush } from './rush.ts'
import type { RushLaw, Stage, StageOptions } from './stages.ts'
import { burst, hold, silence } from './stages.ts'
import type { CountText, DurationText } from './units.ts'

export type ForecastArguments = {
  readonly shoppers: CountText
  /** The time in which all of them come, e.g. `24h`. */
  readonly over: DurationText
  /** Share 0 to 1 of those who wait at the doors and arrive together. Default 0. */
  readonly watchers?: number
  /** How far apart the watchers arrive: reaction and clocks. Default 1s. */
  readonly watcherSpread?: DurationText
  /** Rehearse only this long. The peak stays as it is; later shoppers are left out. */
  readonly lasting?: DurationText
  readonly phase?: string
} & (LawArguments | { readonly law: 'flat' })

export type Forecast = {
  readonly stages: readonly Stage[]
  /** Shoppers forecast over the whole time. */
  readonly total: number
  /** Of these, how many the stages owe: fewer when the rehearsal is cut. */
  readonly rehearsed: number
  readonly peakPerSec: number
  readonly meanPerSec: number
  /** Peak ÷ mean. */
  readonly concentration: number
  /** All of this in one sentence. */
  readonly line: string
}

type RawForecast = RawLaw & {
  readonly shoppers?: CountText
  readonly over?: DurationText
  readonly watchers?: number
  readonly watcherSpread?: DurationText
  readonly lasting?: DurationText
  readonly phase?: string
}

/** The same, read. `flat` crowds follow a plateau that lasts the whole time. */
type Crowd = {
  readonly total: number
  readonly overMs: number
  readonly law: RushLaw
  readonly isFlat: boolean
  readonly watchers: number
  readonly spreadMs: number
  readonly lastingMs: number
  readonly phase: StageOptions
}

/** The traffic that a total amounts to, with its peak and its concentration. A total without a law is a PlanError that shows what it could mean. */
export function forecast(given: ForecastArguments): Forecast {
  const crowd = readCrowd(given)
  const { total, overMs, law, watchers, lastingMs } = crowd
  const rest = total * (1 - watchers) * (lawWeight(law, lastingMs) / lawWeight(law, overMs))
  const peakPerSec = peakOf(crowd)
  const meanPerSec = (total * 1000) / overMs
  const figures = { total, rehearsed: total * watchers + rest, peakPerSec, meanPerSec, concentration: peakPerSec / meanPerSec }
  return Object.freeze({ ...figures, stages: stagesOf(crowd, rest), line: forecastLine(crowd, figures) })
}

function readCrowd(given: ForecastArguments): Crowd {
  const args = new Arguments()
  const raw: RawForecast = args.named(given, [...(given?.law === 'flat' ? ['law'] : lawArgumentNames(given?.law)), ...ownNames])
  const total = args.count('shoppers', raw.shoppers)
  const overMs = args.duration('over', raw.over)
  const watchers = args.share('watchers', raw.watchers ?? 0)
  const spreadMs = args.duration('watcherSpread', raw.watcherSpread ?? 1000)
  const lastingMs = raw.lasting === undefined ? overMs : args.duration('lasting', raw.lasting)
  const phase = args.phaseOf(raw)
  const isFlat = raw.law === 'flat'
  const isCurved = lawNames.some((each) => each === raw.law)
  args.fact(isFlat || isCurved, 'law', lawNeeded(total, overMs), raw.law)
  const law: RushLaw = isCurved ? readLaw(args, raw) : { kind: 'plateau', plateauMs: overMs, power: 1 }
  args.done()
  const crowd = { total, overMs, law, isFlat, watchers, spreadMs, lastingMs, phase }
  checkTimes(args, crowd, raw)
  args.done()
  return crowd
}

const ownNames = ['shoppers', 'over', 'watchers', 'watcherSpread', 'lasting', 'phase']

function checkTimes(args: Arguments, { law, overMs, watchers, spreadMs, lastingMs }: Crowd, raw: RawForecast): void {
  args.fact(hasBegun(law, overMs), 'over', 'a time in which the law lets anyone arrive', raw.over)
  args.fact(lastingMs <= overMs, 'lasting', `no longer than "over" (${raw.over})`, raw.lasting)
  args.fact(watchers === 0 || spreadMs <= lastingMs, 'watcherSpread', 'no longer than the rehearsal', raw.watcherSpread)
  const peakMs = Math.min(lawPeakMs(law), overMs)
  args.fact(lastingMs >= peakMs, 'lasting', `at least ${Math.ceil(peakMs)}ms, for a rehearsal has to reach the peak`, raw.lasting)
}

/** The watchers' level stands on the law from 0 to their spread, so the peak lies on that edge or at the law's own peak. */
function peakOf({ total, overMs, law, watchers, spreadMs }: Crowd): number {
  const peakMs = Math.min(lawPeakMs(law), overMs)
  const restPerSec = (atMs: number) => (total * (1 - watchers) * 1000 * lawDensity(law, atMs)) / lawWeight(law, overMs)
  if (watchers === 0) return restPerSec(peakMs)
  return Math.max(restPerSec(peakMs), (total * watchers * 1000) / spreadMs + restPerSec(Math.min(spreadMs, peakMs)))
}

function stagesOf({ total, law, isFlat, watchers, spreadMs, lastingMs, phase }: Crowd, rest: number): readonly Stage[] {
  if (watchers === 0) return Object.freeze([restOf(law, isFlat, rest, lastingMs, phase)])
  const follow = rest > 0 ? restOf(law, isFlat, rest, lastingMs) : silence(lastingMs)
  return Object.freeze([overlay([burst(total * watchers, spreadMs), follow], phase)])
}

function restOf(law: RushLaw, isFlat: boolean, arrivals: number, lastingMs: number, phase: StageOptions = {}): Stage {
  if (isFlat) return hold((arrivals * 1000) / lastingMs, lastingMs, phase)
  return rush({ ...argumentsOf(law), arrivals, lasting: lastingMs, ...phase })
}

function argumentsOf(law: RushLaw): LawArguments {
  switch (law.kind) {
    case 'lognormal':
      return { law: 'lognormal', median: law.medianMs, sigma: law.sigma }
    case 'exponential':
      return { law: 'exponential', mean: law.meanMs }
    case 'plateau':
      return { law: 'plateau', plateau: law.plateauMs, power: law.power }
  }
}
