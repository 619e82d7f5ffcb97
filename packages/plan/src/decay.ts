// The stage for a crowd that goes home: a rate that only falls. Knows nothing of due times.
import { Arguments } from './arguments.ts'
import type { Decay, DecayLaw } from './stages.ts'
import type { CountText, DurationText, RateText } from './units.ts'

export type DecayArguments = {
  readonly from: RateText
  /** Below `from`; above zero too for the exponential and the power law, which never reach zero. */
  readonly to: RateText
  readonly lasting: DurationText
  readonly phase?: string
} & ({ readonly law?: 'linear' | 'exponential' } | { readonly law: 'power'; readonly power: CountText })

type RawDecay = {
  readonly from?: RateText
  readonly to?: RateText
  readonly lasting?: DurationText
  readonly phase?: string
  readonly law?: string
  readonly power?: CountText
}

/** A falling rate; straight unless another law is named. */
export function decay(given: DecayArguments): Decay {
  const args = new Arguments()
  const power = given?.law === 'power' ? ['power'] : []
  const raw: RawDecay = args.named(given, ['from', 'to', 'lasting', 'law', 'phase', ...power])
  const law = readLaw(args, raw)
  const neverEnds = law.kind !== 'linear'
  const fromPerSec = neverEnds ? args.rateAboveZero('from', raw.from) : args.rate('from', raw.from)
  const toPerSec = neverEnds ? args.rateAboveZero('to', raw.to) : args.rate('to', raw.to)
  if (toPerSec >= fromPerSec) args.fact(false, 'to', `a rate below "from" (${fromPerSec}/s): a decay falls`, raw.to)
  const lastingMs = args.duration('lasting', raw.lasting)
  const phase = args.phaseOf(raw)
  args.done()
  const expected = `a higher power: by this one no curve falls from ${fromPerSec}/s to ${toPerSec}/s in ${lastingMs} ms`
  args.fact(law.kind !== 'power' || hasScale({ fromPerSec, toPerSec, power: law.power, lastingMs }), 'power', expected, raw.power)
  args.done()
  return Object.freeze({ kind: 'decay', fromPerSec, toPerSec, law, lastingMs, ...phase })
}

type Fall = { readonly fromPerSec: number; readonly toPerSec: number; readonly power: number; readonly lastingMs: number }

/** τ = T / ((from ÷ to)^(1/p) − 1). For a small power it becomes so small that it is no number any more. */
function hasScale({ fromPerSec, toPerSec, power, lastingMs }: Fall): boolean {
  return lastingMs / Math.expm1(Math.log(fromPerSec / toPerSec) / power) > leastScaleMs
}

const leastScaleMs = 1e-300

function readLaw(args: Arguments, { law = 'linear', power }: RawDecay): DecayLaw {
  const kind = args.oneOf('law', law, ['linear', 'exponential', 'power']) ?? 'linear'
  return Object.freeze(kind === 'power' ? { kind, power: args.number('power', power) } : { kind })
}
