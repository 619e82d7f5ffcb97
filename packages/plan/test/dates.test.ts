import fc from 'fast-check'
import { expect, test } from 'vitest'
import { daysAfter, isDay, parseMoment } from '../src/dates.ts'

test.each([
  ['2026-11-20', true],
  ['2024-02-29', true],
  ['2026-02-29', false],
  ['2000-02-29', true],
  ['1900-02-29', false],
  ['2026-04-31', false],
  ['2026-00-10', false],
  ['2026-13-01', false],
  ['2026-11-00', false],
  ['2026-1-1', false],
  ['20 November', false],
])('%s is a day of the calendar: %s', (text, answer) => {
  expect(isDay(text)).toBe(answer)
})

test('days are added as the calendar of the platform adds them', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1900-01-01'), max: new Date('2999-01-01'), noInvalidDate: true }),
      fc.nat({ max: 1000 }),
      (date, days) => {
        const expected = new Date(date.getTime() + days * 86_400e3).toISOString().slice(0, 10)
        expect(daysAfter(date.toISOString().slice(0, 10), days)).toBe(expected)
      },
    ),
  )
})

const at = (text: string): string => new Date(parseMoment(text, Date.UTC(2026, 0, 1))).toISOString()

test('a moment is a date and time with its offset, or a time from now', () => {
  expect(at('2026-11-27T08:00:00+11:00')).toBe('2026-11-26T21:00:00.000Z')
  expect(at('2026-11-27T08:00Z')).toBe('2026-11-27T08:00:00.000Z')
  expect(at('2026-11-27T08:00:00.250-03:30')).toBe('2026-11-27T11:30:00.250Z')
  expect(at('+1m30s')).toBe('2026-01-01T00:01:30.000Z')
})

test.each([
  // Later than any Date.
  '+99999999d',
  '2026-11-27T08:00:00',
  '2026-02-30T08:00Z',
  '2026-11-27T24:00Z',
  '2026-11-27 08:00Z',
  '2026-11-27T08:00+99:99',
  '30s',
  '+',
  '+-3s',
  'now',
  '',
])('%j is no moment', (text) => expect(() => at(text)).toThrow(/expected a (?:moment to come|duration)/))
