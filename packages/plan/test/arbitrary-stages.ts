// Stages of every kind for property tests, made by the public constructors.
import fc from 'fast-check'
import { curve } from '../src/curve.ts'
import { decay } from '../src/decay.ts'
import { overlay } from '../src/overlay.ts'
import type { RushArguments } from '../src/rush.ts'
import { rush } from '../src/rush.ts'
import type { Stage } from '../src/stages.ts'
import { burst, hold, ramp, silence } from '../src/stages.ts'

const rate = fc.double({ min: 0, max: 1e7, noNaN: true })
const positive = fc.double({ min: 1e-6, max: 1e9, noNaN: true })
const duration = fc.oneof(positive, fc.integer({ min: 1, max: 100_000 }), fc.constantFrom(250, 1000, 90_000, 86_400_000))
const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,12}$/)
const phased = fc.oneof(
  fc.constant({}),
  name.map((phase) => ({ phase })),
  fc.constantFrom({ phase: 'hold' }, { phase: 'for' }),
)
const unphased = fc.constant({})
const fileName = fc
  .oneof(
    fc.constantFrom('a.csv', 'times', '[x]', 'C:\\data\\x.csv', 'two words.csv', '#;|"', '"', '\\'),
    fc.string({ unit: 'grapheme', minLength: 1 }),
  )
  .filter((file) => file.trim() !== '' && !/\p{Cc}/u.test(file))

type Options = { readonly phase?: string }

function plain(options: fc.Arbitrary<Options>): fc.Arbitrary<Stage> {
  const points = fc
    .uniqueArray(fc.record({ at: positive, rate }), { minLength: 2, maxLength: 5, selector: ({ at }) => at })
    .map((samples) => samples.sort((left, right) => left.at - right.at))
  const falling = fc
    .record({ from: fc.double({ min: 1, max: 1e6, noNaN: true }), share: fc.double({ min: 0.01, max: 0.99, noNaN: true }) })
    .map(({ from, share }) => ({ from, to: from * share }))
  const fall = fc.oneof(
    fc.constantFrom({}, { law: 'exponential' } as const),
    fc.double({ min: 0.01, max: 1e9, noNaN: true }).map((power) => ({ law: 'power', power }) as const),
  )
  const law: fc.Arbitrary<Omit<RushArguments, 'arrivals' | 'lasting' | 'phase'>> = fc.oneof(
    fc.record({
      law: fc.constant('lognormal'),
      median: fc.integer({ min: 1, max: 1e6 }),
      sigma: fc.double({ min: 0.5, max: 5, noNaN: true }),
    }),
    fc.record({ law: fc.constant('exponential'), mean: positive }),
    fc.record({ law: fc.constant('plateau'), plateau: positive, power: fc.double({ min: 0.01, max: 5, noNaN: true }) }),
  )
  return fc.oneof(
    fc.tuple(rate, duration, options).map((given) => hold(...given)),
    fc.tuple(rate, rate, duration, options).map((given) => ramp(...given)),
    fc.tuple(positive, fc.oneof(fc.constant(0), duration), options).map((given) => burst(...given)),
    fc.tuple(duration, options).map((given) => silence(...given)),
    fc
      .tuple(law, positive, fc.integer({ min: 1e6, max: 1e9 }), options)
      .map(([given, arrivals, lasting, phase]) => rush({ ...given, arrivals, lasting, ...phase } as RushArguments)),
    fc.tuple(falling, fall, duration, options).map(([given, shape, lasting, phase]) => decay({ ...given, ...shape, lasting, ...phase })),
    fc.tuple(points, options, positive).map(([samples, phase, times]) => curve(samples, { ...phase, times })),
    fc.tuple(fileName, options, positive).map(([file, phase, times]) => curve(file, { ...phase, times })),
  )
}

function lanes(depth: number): fc.Arbitrary<Stage> {
  const stage =
    depth === 0 ? plain(unphased) : fc.oneof({ weight: 4, arbitrary: plain(unphased) }, { weight: 1, arbitrary: laid(unphased, depth - 1) })
  return stage
}

function laid(options: fc.Arbitrary<Options>, depth: number): fc.Arbitrary<Stage> {
  const shapes = fc.array(fc.array(lanes(depth), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
  return fc.tuple(shapes, options).map((given) => overlay(...given))
}

/** One stage of any kind, with or without a phase; overlays up to two deep. */
const anyStage: fc.Arbitrary<Stage> = fc.oneof({ weight: 5, arbitrary: plain(phased) }, { weight: 2, arbitrary: laid(phased, 1) })

/** A whole shape. */
export const anyStages: fc.Arbitrary<readonly Stage[]> = fc.array(anyStage, { minLength: 1, maxLength: 6 })
