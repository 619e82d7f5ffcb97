import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EvidenceSum } from '../src/evidence.ts'
import { MovingSum } from '../src/moving-sum.ts'

describe('the moving sum', () => {
  test('is always the plain sum of the last so many pieces, histograms included', () => {
    const piece = new EvidenceSum()
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 25 }), (span, all) => {
        const moving = new MovingSum(span * 1_000)
        all.forEach((value, index) => {
          piece.reset()
          piece.counts.ok = value
          piece.arrivals = value
          for (let sample = 0; sample < value; sample++) piece.times.recordMs(index + 1)
          moving.push(index * 1_000, (index + 1) * 1_000, piece)
          const last = all.slice(Math.max(0, index + 1 - span), index + 1)
          const { sum } = moving
          expect([sum.counts.ok, sum.arrivals, sum.times.count]).toEqual(Array.from({ length: 3 }, () => last.reduce((a, b) => a + b, 0)))
          const slowest = last.findLastIndex((each) => each > 0)
          expect(sum.times.maxMs).toBe(slowest < 0 ? null : index + 1 - last.length + slowest + 1)
          expect(moving.startMs).toBe((index + 1 - last.length) * 1_000)
        })
        moving.destroy()
      }),
      { numRuns: 60 },
    )
    piece.destroy()
  })

  test('lets go by time, so a gap leaves nothing of what was before it', () => {
    const moving = new MovingSum(3_000)
    const piece = new EvidenceSum()
    piece.counts.ok = 1
    moving.push(0, 1_000, piece)
    moving.push(9_000, 10_000, piece)
    expect(moving.sum.counts.ok).toBe(1)
    expect(moving.startMs).toBe(9_000)
  })
})
