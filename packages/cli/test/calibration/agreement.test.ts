import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allowedMs, disagreeing, percentilesOf } from '../../src/calibration/agreement.ts'

const seen = { samples: 100, p50: 5, p90: 20, p99: 50 }

describe('two instruments', () => {
  test.each([
    ['agree when they say the same', seen, []],
    ['agree about 5 ms and 6 ms: the target itself waits no more exactly', { ...seen, p50: 6 }, []],
    ['disagree about 5 ms and 6.1 ms', { ...seen, p50: 6.1 }, ['p50']],
    ['agree about 20 ms and 22 ms: a tenth of the larger is 2.2', { ...seen, p90: 22 }, []],
    ['disagree about 50 ms and 56 ms: a tenth of the larger is 5.6', { ...seen, p99: 56 }, ['p99']],
    ['disagree where one of them saw nothing', { samples: 0, p50: 0, p90: 0, p99: 0 }, ['p50', 'p90', 'p99']],
  ])('%s', (_, other, expected) => {
    expect(disagreeing(seen, other)).toEqual(expected)
    expect(disagreeing(other, seen)).toEqual(expected)
  })

  test('are never held to less than a millisecond', () => {
    expect([allowedMs(0.1, 0.2), allowedMs(9, 10), allowedMs(40, 30)]).toEqual([1, 1, 4])
  })
})

test('percentiles by nearest rank are those of a list that is counted by hand', () => {
  const hundred = Float64Array.from({ length: 100 }, (_, i) => 100 - i)
  expect(percentilesOf(hundred)).toEqual({ samples: 100, p50: 50, p90: 90, p99: 99 })
  expect(percentilesOf(new Float64Array())).toEqual({ samples: 0, p50: 0, p90: 0, p99: 0 })
})

test('of any times at least so many per cent are no longer than the percentile, and fewer are shorter', () => {
  fc.assert(
    fc.property(fc.float64Array({ min: 0, max: 1e4, noNaN: true, minLength: 1 }), (timesMs) => {
      const { p90 } = percentilesOf(timesMs)
      expect(timesMs.filter((ms) => ms <= p90).length).toBeGreaterThanOrEqual(0.9 * timesMs.length)
      expect(timesMs.filter((ms) => ms < p90).length).toBeLessThan(0.9 * timesMs.length)
    }),
  )
})
