// Shapes that people ask for by name, made of the plain stages. Knows no text and no schedule.
import { Arguments } from './arguments.ts'
import type { Stage } from './stages.ts'
import { hold, ramp } from './stages.ts'
import type { CountText, DurationText, RateText } from './units.ts'

export type StairsArguments = {
  readonly from: RateText
  readonly to: RateText
  /** Whole, at least 2: the first step runs at `from`, the last at `to`. */
  readonly steps: CountText
  /** Length of one step. */
  readonly each: DurationText
  readonly phase?: string
}

/** Holds at equally spaced rates, up or down: the shape that finds the knee of a shop. */
export function stairs(given: StairsArguments): readonly Stage[] {
  const args = new Arguments()
  const raw = args.named(given, ['from', 'to', 'steps', 'each', 'phase'])
  const fromPerSec = args.rate('from', raw.from)
  const toPerSec = args.rate('to', raw.to)
  const steps = args.count('steps', raw.steps)
  const isWhole = Number.isInteger(steps) && steps >= 2 && steps <= mostSteps
  if (steps > 0) args.fact(isWhole, 'steps', `a whole number from 2 to ${mostSteps}`, raw.steps)
  const eachMs = args.duration('each', raw.each)
  const phase = args.phaseOf(raw)
  args.done()
  const rateAt = (step: number) => fromPerSec + ((toPerSec - fromPerSec) * step) / (steps - 1)
  return Object.freeze(Array.from({ length: steps }, (_, step) => hold(step === steps - 1 ? toPerSec : rateAt(step), eachMs, phase)))
}

// A typing slip such as 10M must not build ten million stages.
const mostSteps = 1000

export type CountdownArguments = {
  readonly from: RateText
  /** Above `from`. */
  readonly to: RateText
  readonly lasting: DurationText
  readonly phase?: string
}

const ramps = 5

/**
 * Interest that grows ever faster towards the doors: five ramps, each half as long as the one before and each adding a fifth
 * of the climb. The first takes 16/31 of the time; the last climbs its fifth in the final 1/31.
 */
export function countdown(given: CountdownArguments): readonly Stage[] {
  const args = new Arguments()
  const raw = args.named(given, ['from', 'to', 'lasting', 'phase'])
  const fromPerSec = args.rate('from', raw.from)
  const toPerSec = args.rate('to', raw.to)
  if (toPerSec <= fromPerSec) args.fact(false, 'to', `a rate above "from" (${fromPerSec}/s): a countdown rises`, raw.to)
  const lastingMs = args.duration('lasting', raw.lasting)
  const phase = args.phaseOf(raw)
  args.done()
  const rateAfter = (done: number) => (done === ramps ? toPerSec : fromPerSec + ((toPerSec - fromPerSec) * done) / ramps)
  const lengthOf = (index: number) => (lastingMs * 2 ** (ramps - 1 - index)) / (2 ** ramps - 1)
  return Object.freeze(Array.from({ length: ramps }, (_, index) => ramp(rateAfter(index), rateAfter(index + 1), lengthOf(index), phase)))
}
