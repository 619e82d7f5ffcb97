import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatCount, formatDuration, formatRate, parseCount, parseDuration, parseField, parseRate, parseShare } from '../src/units.ts'

test('a duration is read in its unit', () => {
  const texts = ['250ms', '90s', '5m', '24h', '1m30s', '1.5s', '2d', '500us', '3min']
  expect(texts.map((text) => parseDuration(text))).toEqual([250, 90_000, 300_000, 86_400_000, 90_000, 1_500, 172_800_000, 0.5, 180_000])
})

test('a rate says per what', () => {
  expect(['20/s', '1200/m', '5000/h', '2k/s'].map((text) => parseRate(text))).toEqual([20, 20, 5000 / 3600, 2_000])
  expect(() => parseRate('20', 'traffic[0].rate')).toThrow('PLAN_INVALID traffic[0].rate: expected a rate that says per what')
})

test('a count may be written short', () => {
  expect(['60000', '60_000', '60k', '2M', '1.1k'].map((text) => parseCount(text))).toEqual([60_000, 60_000, 60_000, 2_000_000, 1_100])
})

test('a unit moves the decimal point without rounding', () => {
  // In doubles 1.005 × 1000 is 1004.9999999999999, and 4.35 × 1000 × 1000 is not 4350000 either.
  expect([parseDuration('1.005s'), parseCount('1.005k'), parseRate('1.005k/s'), parseCount('4.35M')]).toEqual([1005, 1005, 1005, 4_350_000])
})

test('what is not a number of something is refused', () => {
  for (const text of ['', '-5s', '5', 's', '5 parsecs', 'NaNms', '1e3s', `${'9'.repeat(400)}s`])
    expect(() => parseDuration(text)).toThrow('expected a duration')
  for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY, undefined]) expect(() => parseRate(value)).toThrow('expected a rate')
  for (const text of ['', '5/s', '-1', '1e3', '1G']) expect(() => parseCount(text)).toThrow('expected a count')
})

test('a CSV field may be written as other programs write it', () => {
  expect(['12', '0.5', '.5', '5.', '1e3', '2.5E-1'].map((text) => parseField(text, '', 'a number'))).toEqual([12, 0.5, 0.5, 5, 1000, 0.25])
  expect(parseField('1.005', '', 'a number', 3)).toBe(1005)
  for (const text of ['', '.', '-1', 'NaN', '0x10', '1e999'])
    expect(() => parseField(text, 'line 3', 'a number')).toThrow('line 3: expected a number')
})

test('formatting loses nothing', () => {
  const positive = fc.double({ min: 0, max: 1e300, noNaN: true }).filter((value) => !Object.is(value, -0))
  fc.assert(fc.property(positive, (ms) => parseDuration(formatDuration(ms)) === ms))
  fc.assert(fc.property(positive, (perSec) => parseRate(formatRate(perSec)) === perSec))
  fc.assert(fc.property(positive, (count) => parseCount(formatCount(count)) === count))
  fc.assert(fc.property(fc.integer({ min: 0, max: 1e9 }), (ms) => parseDuration(formatDuration(ms)) === ms))
})

test('formatting picks the unit a person would', () => {
  expect([0, 250, 1500, 60_000, 90_000, 3_600_000].map(formatDuration)).toEqual(['0s', '250ms', '1.5s', '1m', '90s', '1h'])
  expect([20, 0.5, 5000 / 3600, 1 / 60].map(formatRate)).toEqual(['20/s', '0.5/s', '5000/h', '1/m'])
  expect([60_000, 0.5, 1e-7, 1e21].map(formatCount)).toEqual(['60000', '0.5', '0.0000001', `1${'0'.repeat(21)}`])
})

test('a share is a percentage, or a bare ratio up to 1, and nothing else', () => {
  expect([parseShare('2.5%'), parseShare('0.5')]).toEqual([0.025, 0.5])
  for (const text of ['2', '-1%', '%', '2 percent']) expect(() => parseShare(text)).toThrow('a share such as')
})
