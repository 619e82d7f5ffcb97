import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Planned } from '../../src/html/condense.ts'
import { condense, perSec, plannedBetween, plannedRates, pointsOf, stairs } from '../../src/html/condense.ts'
import { sampleReport } from '../support/sample-report.ts'

const { timeline } = sampleReport({ seconds: 100 })
const runs = fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 150 }))

describe('joined rows', () => {
  test('are few, in order, and add up to the same counts and time', () => {
    fc.assert(
      fc.property(runs, ([seconds, most]) => {
        const rows = sampleReport({ seconds }).timeline
        const joined = condense(rows, most)
        const sum = (of: typeof rows, key: 'due' | 'sent' | 'ok' | 'failed' | 'dropped' | 'lastingMs'): number =>
          of.reduce((all, row) => all + row[key], 0)
        expect(joined.length).toBeLessThanOrEqual(most)
        for (const key of ['due', 'sent', 'ok', 'failed', 'dropped', 'lastingMs'] as const) expect(sum(joined, key)).toBe(sum(rows, key))
        expect(joined.map((row) => row.startMs)).toEqual(joined.map((row) => row.startMs).toSorted((a, b) => a - b))
      }),
      { numRuns: 30 },
    )
  })

  test('keep the worst second', () => {
    const [row] = timeline
    if (row === undefined) throw new Error('the sample has rows')
    const rows = [
      { ...row, p99: 5 },
      { ...row, p99: 900 },
      { ...row, p99: null },
    ]
    expect(condense(rows, 1)[0]?.p99).toBe(900)
    expect(
      condense(
        rows.map((one) => ({ ...one, p99: null })),
        1,
      )[0]?.p99,
    ).toBeNull()
  })

  test('take in a last row of a few ms: 2 answers in 16 ms are no 125 a second', () => {
    const [row] = timeline
    if (row === undefined) throw new Error('the sample has rows')
    const rows = [row, { ...row, startMs: 1_000, ok: 18 }, { ...row, startMs: 2_000, lastingMs: 16, ok: 2 }]
    expect(condense(rows, 10).map(({ ok, lastingMs }) => [ok, lastingMs])).toEqual([
      [20, 1_000],
      [20, 1_016],
    ])
    expect(condense([row, { ...row, startMs: 1_000, lastingMs: 600 }], 10)).toHaveLength(2)
  })

  test('are the rows themselves when there are few enough', () => expect(condense(timeline, 100)).toBe(timeline))
})

describe('planned arrivals', () => {
  const rates = (planned: Planned, most: number) => plannedRates(planned, most).map(({ fromMs, toMs, value }) => [fromMs, toMs, value])

  test('become rates: 30 in 2 s are 15/s', () => {
    expect(rates({ everyMs: 2_000, arrivals: [30, 50], endMs: 4_000 }, 10)).toEqual([
      [0, 2_000, 15],
      [2_000, 4_000, 25],
    ])
    expect(rates({ everyMs: 2_000, arrivals: [30, 50, 10], endMs: 6_000 }, 2)).toEqual([
      [0, 4_000, 20],
      [4_000, 6_000, 5],
    ])
    expect(rates({ everyMs: 1_000, arrivals: [], endMs: 0 }, 10)).toEqual([])
  })

  test('are taken by the tenth where they are known: 9 in 100 ms are 90/s', () => {
    expect(rates({ everyMs: 1_000, arrivals: [10], tenths: [9, 1], endMs: 200 }, 10)).toEqual([
      [0, 100, 90],
      [100, 200, 10],
    ])
  })

  test('between two moments are counted by the part of each second that lies between them: half of 30 and a quarter of 8 are 17', () => {
    expect(plannedBetween({ everyMs: 1_000, arrivals: [5, 30, 8], endMs: 3_000 })(1_500, 2_250)).toBe(17)
    expect(plannedBetween({ everyMs: 1_000, arrivals: [5, 30, 8], endMs: 3_000 })(0, 9_000)).toBe(43)
    expect(plannedBetween({ everyMs: 1_000, arrivals: [10], tenths: [9, 1], endMs: 200 })(0, 100)).toBe(9)
  })

  test('end with the plan: 20 in its last half second are 40/s, not 20', () => {
    const planned = { everyMs: 1_000, arrivals: [40, 20], endMs: 1_500 }
    expect(rates(planned, 10)).toEqual([
      [0, 1_000, 40],
      [1_000, 1_500, 40],
    ])
    expect(plannedBetween(planned)(1_000, 1_500)).toBe(20)
  })

  test('stay level over what they cover', () =>
    expect(stairs(plannedRates({ everyMs: 1_000, arrivals: [3, 5], endMs: 2_000 }, 10))).toEqual([
      [0, 3],
      [1_000, 3],
      [1_000, 5],
      [2_000, 5],
    ]))
})

test('a point stands at the middle of its row, and a gap stays a gap', () => {
  expect(pointsOf(timeline.slice(0, 1), () => null)).toEqual([[500, null]])
  expect([perSec(30, 2_000), perSec(30, 0)]).toEqual([15, 0])
})
