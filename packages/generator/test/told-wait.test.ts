import fc from 'fast-check'
import { expect, test } from 'vitest'
import { longestToldMs, refreshOf, retryAfterMs } from '../src/told-wait.ts'
import { answered, lookedAt } from './support/answers.ts'

const told = (headers: Readonly<Record<string, string>>): number | null => retryAfterMs(answered({ headers }))

test('Retry-After is seconds, or a date that counts from the answer’s own', () => {
  expect(told({ 'retry-after': '120' })).toBe(120_000)
  const date = 'Sun, 06 Nov 1994 08:49:37 GMT'
  expect(told({ date, 'retry-after': 'Sun, 06 Nov 1994 08:50:07 GMT' })).toBe(30_000)
  expect(told({ date, 'retry-after': 'Sun, 06 Nov 1994 08:49:00 GMT' })).toBe(0)
})

test('what cannot be read asks for nothing, and nothing asks for more than an hour', () => {
  expect([
    told({}),
    told({ 'retry-after': 'soon' }),
    told({ 'retry-after': '-3' }),
    told({ 'retry-after': 'Sun, 06 Nov 1994 08:50:07 GMT' }),
  ]).toEqual([null, null, null, null])
  expect(told({ 'retry-after': '9'.repeat(40) })).toBe(longestToldMs)
  expect(told({ 'retry-after': '9'.repeat(400) })).toBeNull()
})

const refresh = (given: Parameters<typeof lookedAt>[0]) => refreshOf(lookedAt(given))

test('a Refresh header says when, and where', () => {
  expect(refresh({ headers: { refresh: '5' } })).toEqual({ afterMs: 5_000, url: undefined })
  expect(refresh({ headers: { refresh: '0; url=/shop?t=1' } })).toEqual({ afterMs: 0, url: '/shop?t=1' })
  expect(refresh({ headers: { refresh: 'later' } })).toBeNull()
})

test('a page says it in its meta element, whatever the case and the order of attributes', () => {
  const page = (meta: string) =>
    refresh({ headers: { 'content-type': 'text/html; charset=utf-8' }, body: `<html><head><meta charset="utf-8">${meta}` })
  expect(page('<meta http-equiv="refresh" content="3">')).toEqual({ afterMs: 3_000, url: undefined })
  expect(page(`<META CONTENT="2;URL='/queue?n=7'" HTTP-EQUIV=Refresh>`)).toEqual({ afterMs: 2_000, url: '/queue?n=7' })
  expect(page('<meta name="refresh" content="3">')).toBeNull()
  expect(refresh({ headers: { 'content-type': 'application/json' }, body: '<meta http-equiv="refresh" content="3">' })).toBeNull()
})

test('whatever a target writes is read at once, and never above the cap', () => {
  const text = fc.oneof(
    fc.string(),
    fc.stringMatching(/^[0-9;, \n=url'"/<>a-z-]*$/),
    fc.constant(`5;${' '.repeat(1e3)}a${' '.repeat(1e3)}\nb`),
  )
  const html = { 'content-type': 'text/html' }
  fc.assert(
    fc.property(text, (written) => {
      const found = [
        retryAfterMs(answered({ headers: { 'retry-after': written, date: written } })),
        refresh({ headers: { refresh: written } })?.afterMs ?? null,
        refresh({ headers: html, body: `<meta http-equiv=refresh content="${written}">` })?.afterMs ?? null,
      ]
      for (const ms of found) expect(ms === null || (ms >= 0 && ms <= longestToldMs)).toBe(true)
    }),
  )
})
