import fc from 'fast-check'
import { expect, test } from 'vitest'
import { totalMs } from '../src/overlay.ts'
import { countdown, stairs } from '../src/recipes.ts'
import { hold, ramp } from '../src/stages.ts'
import { problemsOf } from './problems-of.ts'

test('stairs run from their first rate to their last, in equal steps', () => {
  expect(stairs({ from: '10/s', to: '40/s', steps: 4, each: '5s', phase: 'knee' })).toEqual(
    [10, 20, 30, 40].map((rate) => hold(rate, '5s', { phase: 'knee' })),
  )
  expect(stairs({ from: 40, to: 10, steps: 2, each: '5s' })).toEqual([hold(40, '5s'), hold(10, '5s')])
})

test('stairs need at least two whole steps', () => {
  for (const steps of [1, 2.5, 1001])
    expect(problemsOf(() => stairs({ from: 1, to: 2, steps, each: '1s' }))).toEqual([`steps: a whole number from 2 to 1000 | ${steps}`])
  expect(problemsOf(() => stairs({ from: 'x', to: 2, steps: 0, each: 0 }))).toHaveLength(3)
})

test('a countdown halves its ramps and shares its climb', () => {
  // 31 s in parts of 16, 8, 4, 2 and 1; 50/s in fifths.
  expect(countdown({ from: '0/s', to: '50/s', lasting: '31s', phase: 'countdown' })).toEqual(
    [16, 8, 4, 2, 1].map((seconds, index) => ramp(index * 10, (index + 1) * 10, seconds * 1000, { phase: 'countdown' })),
  )
})

test('a countdown of any length and height lasts as told, has no gaps and ends exactly at its rate', () => {
  const number = fc.double({ min: 0.001, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(number, number, number, (from, climb, lasting) => {
      const to = from + climb
      fc.pre(to > from)
      const ramps = countdown({ from, to, lasting })
      expect(totalMs(ramps) / lasting).toBeCloseTo(1, 12)
      expect(ramps).toMatchObject([{ fromPerSec: from }, {}, {}, {}, { toPerSec: to }])
      for (const [index, each] of ramps.slice(1).entries()) expect(each).toMatchObject({ fromPerSec: Object(ramps[index]).toPerSec })
    }),
  )
})

test('a countdown rises', () => {
  expect(problemsOf(() => countdown({ from: 5, to: '5/s', lasting: '1s' }))).toEqual([
    'to: a rate above "from" (5/s): a countdown rises | "5/s"',
  ])
})
