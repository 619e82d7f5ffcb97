import { describe, expect, test } from 'vitest'
import type { Amendments } from '../src/amend.ts'
import { amend } from '../src/amend.ts'
import { launch } from '../src/launch.ts'
import { problemsOf } from './problems-of.ts'

const plan = launch({
  name: 'drop',
  target: 'http://127.0.0.1:4000',
  traffic: 'doors: hold 20/s for 1m',
  headers: { Accept: 'text/html', 'X-Api-Key': 'hunter2' },
  objectives: ['p(95) < 500ms'],
  timeout: '7s',
})
const wrong = (amendments: object): readonly string[] => problemsOf(() => Reflect.apply(amend, undefined, [plan, amendments]))

describe('an amended plan', () => {
  test('is the same when nothing is amended', () => expect(amend(plan, {})).toEqual(plan))

  test('has what was said anew, and keeps the rest', () => {
    const amendments: Amendments = { name: 'eve', seed: 0, limits: { drainMs: 0 }, headers: { 'x-api-key': 'b', 'X-New': 'c' } }
    expect(amend(plan, { ...amendments, shape: 'hold 5/s for 1s', spacing: 'poisson', objectives: ['errors < 1%'] })).toEqual({
      ...plan,
      name: 'eve',
      seed: 0,
      limits: { timeoutMs: 7_000, connectTimeoutMs: 5_000, drainMs: 0 },
      headers: { accept: 'text/html', 'x-api-key': 'b', 'x-new': 'c' },
      model: { kind: 'open', spacing: 'poisson', traffic: [{ kind: 'hold', ratePerSec: 5, lastingMs: 1_000 }] },
      objectives: [...plan.objectives, expect.objectContaining({ text: 'errors < 1%' })],
    })
  })

  test('takes the last of two headers of one name', () => {
    expect(amend(plan, { headers: { ACCEPT: 'a', accept: 'b' } }).headers).toEqual({ accept: 'b', 'x-api-key': 'hunter2' })
  })

  test('is frozen all the way down', () => {
    const { limits, headers } = amend(plan, { limits: { drainMs: 1 }, headers: { a: 'b' } })
    expect([limits, headers].every(Object.isFrozen)).toBe(true)
  })
})

describe('an amendment is read as a plan is, and its mistakes name the flag', () => {
  test.each<[object, string]>([
    [{ limits: { timeoutMs: 0 } }, '--timeout: a duration above zero | 0'],
    [{ limits: { timeoutMs: Number.NaN } }, '--timeout: a duration such as "10s" or "500ms" | NaN'],
    [{ limits: { timeoutMs: 2 ** 31 } }, '--timeout: at most 24 days, the longest that a timer can wait | 2147483648'],
    [{ limits: { connectTimeoutMs: 0 } }, '--connect-timeout: a duration above zero | 0'],
    [{ limits: { firstByteTimeoutMs: 0 } }, '--first-byte-timeout: a duration above zero | 0'],
    [{ http: 2 }, '--http: 1, or an https target: HTTP/2 goes over TLS | 2'],
    [{ limits: { drainMs: -1 } }, '--drain: a duration such as "90s", "250ms" or "5m" | -1'],
    [{ limits: { drainMs: Number.POSITIVE_INFINITY } }, '--drain: a duration such as "10s" or "500ms" | Infinity'],
    [{ seed: 2 ** 32 }, '--seed: a whole number from 0 to 4294967295 | 4294967296'],
    [{ seed: 1.5 }, '--seed: a whole number from 0 to 4294967295 | 1.5'],
    [{ name: '' }, '--name: a name of 1 to 80 characters on one line | ""'],
    [{ name: 'a\nb' }, '--name: a name of 1 to 80 characters on one line | "a\\nb"'],
    [{ spacing: 'odd' }, '--spacing: "even" or "poisson" | "odd"'],
    [{ headers: { TE: 'x' } }, '--header.te: no "te" header: the transport says it itself | "te"'],
    [
      { headers: { cookie: 'sid=hunter2\n' } },
      '--header.cookie: a header value: one line of Latin-1 without control characters | several lines',
    ],
    [{ shape: 'silence for 1m' }, '--shape: a shape that owes at least one arrival | 0'],
    [{ shape: 'hold 1/s for 25d' }, '--shape: a shape that lasts at most 24 days, the longest that a timer can wait | "600h"'],
  ])('%j', (amendments, message) => expect(wrong(amendments)).toEqual([message]))

  test('all at once', () => {
    const amendments = {
      name: ' ',
      seed: -1,
      limits: { timeoutMs: 0, drainMs: -1 },
      headers: { te: '' },
      shape: 'hold',
      objectives: ['p(95) <'],
    }
    expect(wrong(amendments).map((line) => line.split(/[.:[ ]/)[0])).toEqual([
      ...['--header', '--name', '--seed', '--timeout', '--drain', '--shape', '--slo'],
    ])
  })

  test('and a closed loop still has no shape', () => {
    const closed = launch({ name: 'drop', target: plan.target, closed: { shoppers: 1, lasting: '1s' } })
    expect(problemsOf(() => amend(closed, { shape: 'hold 1/s for 1s', spacing: 'even' })).map((line) => line.split(':')[0])).toEqual([
      '--shape',
      '--spacing',
    ])
  })
})
