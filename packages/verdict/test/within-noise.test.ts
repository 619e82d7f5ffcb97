import { describe, expect, test } from 'vitest'
import { judge, times } from './support/windows.ts'

describe('an objective within noise', () => {
  const errors = (failed: number) => ({ cells: [{ ok: times(1_000 - failed, 5), failed: Array.from({ length: failed }, () => 'reset') }] })

  // Wilson's interval of 9 of 1,000 runs from 0.5 % to 1.7 %; of 1 from 0.02 % to 0.6 %; of 40 from 2.9 % on.
  test('is marked, whichever side it came out on, and one clear of its limit is not', () => {
    const noiseOf = (failed: number): unknown => {
      const [result] = judge({ objectives: ['errors < 1%'], windows: [errors(failed)] }).objectives
      return [result?.status, result?.withinNoise]
    }
    expect([1, 9, 11, 40].map(noiseOf)).toEqual([
      ['met', undefined],
      ['met', true],
      ['missed', true],
      ['missed', undefined],
    ])
  })
})
