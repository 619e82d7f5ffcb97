import { expect, test } from 'vitest'
import { contactToFill, parseAllowList } from '../src/allow-list.ts'
import { PlanError } from '../src/problems.ts'

const entry = { host: 'shop.example', from: '2026-11-20', until: '2026-11-28', maxRate: '500/s', contact: 'Ada, ada@shop.example' }

function problemsOf(data: unknown): string[] {
  try {
    parseAllowList(data)
    return []
  } catch (error) {
    if (error instanceof PlanError) return error.message.split('\n')
    throw error
  }
}

test('an entry is read in the units of the rest of the product', () => {
  expect(parseAllowList({ allow: [{ ...entry, maxRate: '1200/m', maxSockets: 200, maxDuration: '10m' }] })).toEqual([
    {
      host: 'shop.example',
      from: '2026-11-20',
      until: '2026-11-28',
      maxRatePerSec: 20,
      contact: 'Ada, ada@shop.example',
      maxSockets: 200,
      maxLastingMs: 600_000,
    },
  ])
})

test.each([
  ['Shop.Example', { host: 'shop.example' }],
  ['shop.example.', { host: 'shop.example' }],
  ['shop.example:8080', { host: 'shop.example', port: 8080 }],
  ['shop.example:80', { host: 'shop.example', port: 80 }],
  ['[2001:DB8:0::1]:443', { host: '[2001:db8::1]', port: 443 }],
  ['169.254.169.254', { host: '169.254.169.254' }],
])('the host %s is kept as URLs spell it', (host, expected) => {
  expect(parseAllowList({ allow: [{ ...entry, host }] })[0]).toMatchObject(expected)
})

test.each([
  [[], 'ALLOW_INVALID : expected { "allow": [ … ] }, received []'],
  [{ allow: {} }, 'allow: expected a list of entries'],
  [{ alow: [] }, 'alow: expected no such key (did you mean "allow"?)'],
])('%j is no allow list', (data, message) => {
  expect(problemsOf(data).join('\n')).toContain(message)
})

test.each([
  [{ host: '*.shop.example' }, 'host: expected an exact host'],
  [{ host: 'https://shop.example' }, 'host: expected an exact host'],
  [{ host: 'shop.example/sale' }, 'host: expected an exact host'],
  [{ host: 'shop.example:99999' }, 'host: expected an exact host'],
  [{ host: 'user@shop.example' }, 'host: expected an exact host'],
  [{ host: undefined }, 'host: expected an exact host'],
  [{ from: '2026-02-30' }, 'from: expected a day such as "2026-11-20", received "2026-02-30"'],
  [{ until: '2026-11-19' }, 'until: expected a day not before "from" (2026-11-20), received "2026-11-19"'],
  [{ maxRate: '500' }, 'maxRate: expected a rate'],
  [{ maxRate: '0/s' }, 'maxRate: expected a rate above zero'],
  [{ maxRate: undefined }, 'maxRate: expected a rate'],
  [{ contact: ' ' }, 'contact: expected who at the target agreed'],
  [{ contact: contactToFill }, 'contact: expected who at the target agreed'],
  [{ maxSockets: 0 }, 'maxSockets: expected a whole number above zero'],
  [{ maxDuration: '0s' }, 'maxDuration: expected a duration above zero'],
  [{ maxRates: '1/s' }, 'maxRates: expected no such key (did you mean "maxRate"?)'],
])('an entry with %j is refused there', (wrong, message) => {
  const problems = problemsOf({ allow: [entry, { ...entry, ...wrong }] })
  expect(problems).toHaveLength(1)
  expect(problems[0]).toContain(`ALLOW_INVALID allow[1].${message}`)
})

test('all mistakes of a file are told at once', () => {
  expect(
    problemsOf({
      allow: [
        { ...entry, host: '*', from: 'today' },
        { ...entry, contact: '' },
      ],
    }),
  ).toHaveLength(3)
})
