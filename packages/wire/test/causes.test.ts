// What is told of an error, code by code.
import { expect, test } from 'vitest'
import { causeOf, isOfAddress, moreTelling, ownLack } from '../src/causes.ts'

const failed = (code: string): Error => Object.assign(new Error(code), { code })

test.each([
  ['EMFILE', 'descriptors'],
  ['ENFILE', 'descriptors'],
  ['EADDRNOTAVAIL', 'ports'],
  ['EADDRINUSE', 'ports'],
  ['ENOBUFS', 'memory'],
  ['ENOMEM', 'memory'],
  ['ECONNREFUSED', null],
  ['ENETUNREACH', null],
  ['EACCES', null],
])('%s is a lack of our own: %s', (code, lack) => {
  expect(ownLack(failed(code))).toBe(lack)
})

test('a family of addresses that is switched off here leaves the addresses of the other', () => {
  for (const code of ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'ENETUNREACH']) expect([code, isOfAddress(failed(code))]).toEqual([code, true])
  // Every address would fare like the first.
  for (const code of ['EMFILE', 'ENOMEM', 'EADDRINUSE', 'CERT_HAS_EXPIRED'])
    expect([code, isOfAddress(failed(code))]).toEqual([code, false])
})

test('of several failed addresses, one where the target failed is told before one that we cannot reach out to, in any order', () => {
  const [ours, refused, unreachable] = [failed('EADDRNOTAVAIL'), failed('ECONNREFUSED'), failed('ENETUNREACH')]
  expect([moreTelling(ours, refused), moreTelling(refused, ours)]).toEqual([refused, refused])
  expect(moreTelling(refused, failed('EAFNOSUPPORT'))).toBe(refused)
  expect([moreTelling(ours, ours), moreTelling(refused, unreachable)]).toEqual([ours, unreachable])
  expect(causeOf(moreTelling(refused, ours), false)).toBe('refused')
})
