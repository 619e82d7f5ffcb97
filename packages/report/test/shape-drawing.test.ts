import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawShape, shapeBucketMs } from '../src/shape-drawing.ts'

const ramp = { everyMs: 1000, arrivals: [5, 15, 25, 35], phases: [], lastingMs: 4000 }

test('a rising shape is drawn with its rates at the side and its times below', () => {
  expect(drawShape(ramp, { width: 28, height: 4 }).split('\n')).toEqual([
    '40/s ┤                ▄▄▄▄▄▄',
    '     │           ▄▄▄▄▄██████',
    '20/s ┤     ▄▄▄▄▄▄███████████',
    '     │▄▄▄▄▄█████████████████',
    ' 0/s └┬──────────┬─────────┬',
    '      0s         2s       4s',
  ])
})

test('in ASCII not a single character is beyond it', () => {
  const text = drawShape({ ...ramp, phases: [{ name: 'doors', startMs: 0, lastingMs: 10 }] }, { characters: 'ascii' })
  expect(text).toContain('#')
  expect(text).toMatch(/^[\n -~]*$/)
})

describe('phases', () => {
  const launch = {
    everyMs: 1000,
    arrivals: new Array<number>(400).fill(10),
    lastingMs: 400_000,
    phases: [
      { name: 'baseline', startMs: 0, lastingMs: 200_000 },
      { name: 'countdown', startMs: 200_000, lastingMs: 20_000 },
      { name: 'doors', startMs: 220_000, lastingMs: 0 },
      { name: 'aftershock', startMs: 220_000, lastingMs: 180_000 },
    ],
  }
  const lines = drawShape(launch, { width: 80 }).split('\n')

  test('a name stands in its span, and a span too narrow for it carries a number', () => {
    expect(lines.at(-2)?.trim()).toMatch(/^├ baseline ─+┼1─+2 aftershock ─+┤$/)
  })

  test('the numbers are explained with their times', () => {
    expect(lines.at(-1)?.trim()).toBe('1 countdown 3m20s–3m40s   2 doors at 3m40s')
  })

  test('the last span ends where the drawing ends', () => {
    expect(lines.at(-2)?.length).toBe(80)
  })
})

test('one second of burst in a day is still a column of its own', () => {
  const arrivals = new Array<number>(86_400).fill(1)
  arrivals[43_200] = 5000
  const lines = drawShape({ everyMs: 1000, arrivals, phases: [], lastingMs: 86_400_000 }).split('\n')
  expect(lines[2]?.match(/█/g)?.length).toBe(1)
  // And the 1/s beside it still shows as a sliver.
  expect(lines[11]).toMatch(/▁{30,}█▁{30,}$/)
})

test('a burst at the very end has its own bucket, and so its own place', () => {
  const lines = drawShape({ everyMs: 1000, arrivals: [1, 1, 9], phases: [], lastingMs: 2000 }, { width: 30 }).split('\n')
  expect(lines[2]).toMatch(/ █+$/)
})

test('half a bucket at the end counts as half a second, not as half the rate', () => {
  const lines = drawShape({ everyMs: 1000, arrivals: [10, 10, 5], phases: [], lastingMs: 2500 }, { width: 30 }).split('\n')
  expect(lines[0]).toMatch(/┤█+$/)
  expect(lines[0]?.length).toBe(30)
})

test('nothing at all is an empty frame', () => {
  const lines = drawShape({ everyMs: 1000, arrivals: [0, 0], phases: [], lastingMs: 2000 }).split('\n')
  expect(lines[0]).toBe('   1/s ┤')
  expect(lines.join('')).not.toMatch(/[▁-█]/)
  expect(drawShape({ everyMs: 1000, arrivals: [], phases: [], lastingMs: 0 })).toContain('0s')
})

test('no line is wider than asked for, whatever is drawn', () => {
  const phase = fc.record({
    name: fc.stringMatching(/^[a-z]{1,12}$/),
    startMs: fc.nat(1_000_000),
    lastingMs: fc.nat(1_000_000),
  })
  const sketch = fc.record({
    everyMs: fc.double({ min: 0.5, max: 60_000, noNaN: true }),
    arrivals: fc.array(
      fc.integer({ min: 0, max: 1e9 }).map((thousandths) => thousandths / 1000),
      { maxLength: 50 },
    ),
    phases: fc.array(phase, { maxLength: 4 }),
    lastingMs: fc.double({ min: 1, max: 1_000_000, noNaN: true }),
  })
  fc.assert(
    fc.property(sketch, fc.integer({ min: 40, max: 160 }), fc.integer({ min: 2, max: 30 }), (drawn, width, height) => {
      const lines = drawShape(drawn, { width, height }).split('\n')
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width)
      expect(lines.filter((line) => /[│┤]/.test(line) && !line.includes('├')).length).toBeLessThanOrEqual(Math.max(2, height) + 4)
    }),
  )
})

test('buckets of a second draw a long plan, and hundredths a short one', () => {
  expect([shapeBucketMs(86_400_000), shapeBucketMs(100_000), shapeBucketMs(500), shapeBucketMs(0)]).toEqual([1000, 1000, 5, 1000])
})
