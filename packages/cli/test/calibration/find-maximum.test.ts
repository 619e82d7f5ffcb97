import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answered, Bounds } from '../../src/calibration/find-maximum.ts'
import { findMaximum } from '../../src/calibration/find-maximum.ts'

const bounds: Bounds = { startPerSec: 1_000, leastPerSec: 50, mostPerSec: 1_000_000 }

/** Everything up to the limit is clean, all above it is not. */
const upTo =
  (limitPerSec: number, asked: number[] = [], because: Answered = 'generator') =>
  (perSec: number): Promise<Answered> => {
    asked.push(perSec)
    return Promise.resolve(perSec <= limitPerSec ? 'clean' : because)
  }

/** Doublings or quarterings from the start to either end, then halvings of at most a factor of four to a twentieth; each twice at most. */
const mostAsked = 2 * (Math.ceil(Math.log2(1_000)) + 1 + Math.ceil(Math.log2(Math.log(4) / Math.log(1.05))))

describe('the limit of a generator that is clean up to a rate and never above', () => {
  test('is found within five per cent, wherever it lies and wherever the search starts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 50, max: 999_999 }), fc.integer({ min: 1, max: 2_000_000 }), async (limit, startPerSec) => {
        const { cleanPerSec } = await findMaximum({ ...bounds, startPerSec }, upTo(limit))
        expect(cleanPerSec).toBeLessThanOrEqual(limit)
        // Whole rates: below 20/s the next one is further away than a twentieth.
        expect(limit).toBeLessThan(Math.max((cleanPerSec ?? 0) * 1.05, (cleanPerSec ?? 0) + 1))
      }),
    )
  })

  test('is found by few questions, none of them outside the bounds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 2_000_000 }), async (limit) => {
        const asked: number[] = []
        await findMaximum(bounds, upTo(limit, asked))
        expect(asked.length).toBeLessThanOrEqual(mostAsked)
        expect(asked.every((perSec) => Number.isInteger(perSec) && perSec >= 50 && perSec <= 1_000_000)).toBe(true)
      }),
    )
  })

  test('is the most that was asked about when even that is clean', async () => {
    const asked: number[] = []
    const found = await findMaximum({ ...bounds, mostPerSec: 3_000 }, upTo(5_000, asked))
    expect([found, asked]).toEqual([{ cleanPerSec: 3_000, limitedBy: 'bounds' }, [1_000, 2_000, 3_000]])
  })

  test('is nothing when the least is not clean', async () => {
    const asked: number[] = []
    const found = await findMaximum(bounds, upTo(49, asked))
    expect([found, asked]).toEqual([{ cleanPerSec: null, limitedBy: 'generator' }, [1_000, 1_000, 250, 250, 63, 63, 50, 50]])
  })

  test('is put down to whoever held up the lowest rate that was not clean', async () => {
    const ask = (perSec: number): Promise<Answered> => Promise.resolve(perSec <= 1_500 ? 'clean' : perSec <= 1_900 ? 'target' : 'generator')
    expect(await findMaximum(bounds, ask)).toMatchObject({ limitedBy: 'target' })
  })
})

describe('on a machine that others use too', () => {
  test('a single bad second changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 50, max: 999_999 }), fc.infiniteStream(fc.boolean()), async (limit, isDisturbed) => {
        const honest = upTo(limit)
        let wasDisturbed = false
        const disturbed = (perSec: number): Promise<Answered> => {
          // Never twice running: that is what cannot be told from a limit.
          wasDisturbed = !wasDisturbed && isDisturbed.next().value === true
          return wasDisturbed ? Promise.resolve('generator') : honest(perSec)
        }
        expect((await findMaximum(bounds, disturbed)).cleanPerSec).toBe((await findMaximum(bounds, honest)).cleanPerSec)
      }),
    )
  })

  test('whatever is answered, the search ends, and its result was seen clean', async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.constantFrom<Answered>('clean', 'generator', 'target')), async (answers) => {
        const clean: number[] = []
        let asked = 0
        const { cleanPerSec } = await findMaximum(bounds, (perSec) => {
          asked++
          const { value } = answers.next()
          if (value === 'clean') clean.push(perSec)
          return Promise.resolve(value ?? 'generator')
        })
        expect(asked).toBeLessThanOrEqual(mostAsked)
        if (cleanPerSec !== null) expect(clean).toContain(cleanPerSec)
      }),
    )
  })
})
