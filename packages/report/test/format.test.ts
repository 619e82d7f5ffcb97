import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  nothing,
  sayBeside,
  sayBytes,
  sayClock,
  sayCount,
  sayDay,
  sayLimit,
  sayMany,
  sayMoment,
  sayMs,
  sayOneIn,
  sayRate,
  sayShare,
  saySpan,
  sayTick,
} from '../src/format.ts'

describe('times', () => {
  test.each([
    [0, '0 ms'],
    [0.0004, '< 0.001 ms'],
    [0.042, '0.04 ms'],
    [0.32, '0.32 ms'],
    [3.2, '3.2 ms'],
    [9.96, '10 ms'],
    [812.4, '812 ms'],
    [999.6, '1.00 s'],
    [1_850, '1.85 s'],
    [9_996, '10.0 s'],
    [12_340, '12.3 s'],
    [59_960, '1 min'],
    [125_000, '2 min 5 s'],
    [-3.2, '−3.2 ms'],
  ])('%d ms reads %s', (ms, text) => expect(sayMs(ms)).toBe(text))

  test('a time keeps two digits or more of what was measured', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 59_000, noNaN: true }), (ms) => {
        const [number = '', unit] = sayMs(ms).split(' ')
        const read = Number(number) * (unit === 's' ? 1e3 : 1)
        expect(Math.abs(read - ms) / ms).toBeLessThan(ms < 0.1 ? 0.5 : 0.056)
      }),
    )
  })

  test.each([
    [250, '250 ms'],
    [1_500, '1.5 s'],
    [30_000, '30 s'],
    [59_960, '1 min'],
    [90_000, '1 min 30 s'],
    [3_599_700, '1 h'],
    [5_400_000, '1 h 30 min'],
    [93_600_000, '1 d 2 h'],
  ])('a span of %d ms reads %s', (ms, text) => expect(saySpan(ms)).toBe(text))

  test.each([
    [12_999, '00:12'],
    [725_000, '12:05'],
    [3_725_000, '1:02:05'],
    [-5, '00:00'],
  ])('%d ms after the start the clock shows %s', (ms, text) => expect(sayClock(ms)).toBe(text))

  test('an axis shows no idle zeros', () =>
    expect([0.3, 250, 1_500, 1e4, 60e3].map(sayTick)).toEqual(['0.3 ms', '250 ms', '1.5 s', '10 s', '1 min']))

  test('an ISO instant loses its fraction and keeps its zone, and other text stays', () => {
    expect(sayMoment('2026-03-14T09:30:00.123Z')).toBe('2026-03-14 09:30:00 UTC')
    expect(sayMoment('yesterday')).toBe('yesterday')
  })
})

describe('counts, rates and shares', () => {
  test('thousands are set apart', () => expect(sayCount(1_234_567)).toBe('1,234,567'))
  test('one is one', () => expect([sayMany(1, 'answer'), sayMany(2_000, 'answer')]).toEqual(['1 answer', '2,000 answers']))

  test.each([
    [0, '0/s'],
    [0.001, '< 0.01/s'],
    [0.25, '0.25/s'],
    [2.5, '2.5/s'],
    [300, '300/s'],
    [12_345.6, '12,346/s'],
  ])('%d a second reads %s', (perSec, text) => expect(sayRate(perSec)).toBe(text))

  test.each([
    [0, '0 %'],
    [1, '100 %'],
    [0.072, '7.2 %'],
    [0.1234, '12.3 %'],
    [0.00042, '0.042 %'],
    [0.000001, '< 0.001 %'],
    [0.9996, '99.96 %'],
    [0.999999, '> 99.99 %'],
  ])('a ratio of %d reads %s', (ratio, text) => expect(sayShare(ratio)).toBe(text))

  test('only all reads 100 % and only none reads 0 %', () => {
    fc.assert(
      fc.property(fc.double({ min: Number.MIN_VALUE, max: 1 - 2 ** -53, noNaN: true }), (ratio) => {
        expect(['0 %', '100 %']).not.toContain(sayShare(ratio))
      }),
    )
  })

  test.each([
    [512, '512 B'],
    [1_240, '1.2 kB'],
    [999_600, '1.0 MB'],
    [8_323_000_000, '8.3 GB'],
  ])('%d bytes read %s', (bytes, text) => expect(sayBytes(bytes)).toBe(text))
})

test('what was not measured never reads as a number', () => {
  for (const say of [sayMs, saySpan, sayCount, sayRate, sayShare, sayBytes]) {
    expect([say(null), say(Number.NaN), say(Number.POSITIVE_INFINITY)]).toEqual([nothing, nothing, nothing])
  }
})

describe('beside a limit', () => {
  test('a limit is said as it was typed', () => {
    expect([sayLimit(500, 'ms'), sayLimit(1_234, 'ms'), sayLimit(3_000, 'ms'), sayLimit(0.001, 'ratio'), sayLimit(0.07, 'ratio')]).toEqual([
      '500 ms',
      '1.234 s',
      '3 s',
      '0.1 %',
      '7 %',
    ])
  })

  test('a limit is never rounded', () => {
    expect([61_300, 3_725_000, 93_600_000].map((ms) => sayLimit(ms, 'ms'))).toEqual(['61.3 s', '3,725 s', '1 d 2 h'])
  })

  test('an observation just over its limit gets the digits that show it', () => {
    expect(sayBeside(500.3, 500, 'ms')).toBe('500.3 ms')
    expect(sayBeside(0.00100004, 0.001, 'ratio')).toBe('0.100004 %')
    expect(sayBeside(812.4, 500, 'ms')).toBe('812 ms')
    expect(sayBeside(500, 500, 'ms')).toBe('500 ms')
  })

  test('unlike numbers never look alike', () => {
    const close = fc.tuple(fc.double({ min: 1, max: 1e5, noNaN: true }), fc.double({ min: -1e-3, max: 1e-3, noNaN: true }))
    fc.assert(
      fc.property(close, fc.constantFrom('ms', 'ratio', 'perSec', 'count'), ([limit, shift], unit) => {
        const value = limit * (1 + shift)
        if (Math.abs(value - limit) < 1e-9 * limit) return
        expect(sayBeside(value, limit, unit)).not.toBe(sayLimit(limit, unit))
      }),
    )
  })
})

test('a share is said as people count: 7.2 % is 1 in 14, 30 % is 1 in 3', () => {
  expect([0, 0.0002, 0.072, 0.3, 0.5, 0.67, 0.9, 0.98, 1].map(sayOneIn)).toEqual([
    'none',
    '1 in 5,000',
    '1 in 14',
    '1 in 3',
    '1 in 2',
    '2 in 3',
    '9 in 10',
    'all but 1 in 50',
    'all',
  ])
})

test('a day is that of UTC, and what is no instant stays as it is', () => {
  expect([sayDay('2026-03-14T23:30:00.000Z'), sayDay('soon')]).toEqual(['14 March 2026', 'soon'])
})
