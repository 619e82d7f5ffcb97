import type { RetryPolicy } from '@doorbuster/plan'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoffMs, isRetried } from '../src/backoff.ts'

const policy = { baseMs: 200, capMs: 1_000, jitter: 'none' } as const
const jitters: readonly RetryPolicy['jitter'][] = ['full', 'equal', 'none']

test('without jitter each wait is twice the one before, up to the cap', () => {
  const waits = [0, 1, 2, 3, 4].map((k) => backoffMs(k, policy, () => Number.NaN))
  expect(waits).toEqual([200, 400, 800, 1_000, 1_000])
})

test('full jitter draws from all of the wait, equal jitter from its later half', () => {
  const draw = (jitter: RetryPolicy['jitter'], random: number) => backoffMs(1, { ...policy, jitter }, () => random)
  expect([draw('full', 0), draw('full', 0.5), draw('equal', 0), draw('equal', 0.5)]).toEqual([0, 200, 200, 300])
})

test('no wait is below zero or above the cap, however many retries there have been', () => {
  const numbers = { baseMs: fc.double({ min: 0.1, max: 1e5, noNaN: true }), times: fc.double({ min: 1, max: 1e4, noNaN: true }) }
  fc.assert(
    fc.property(
      fc.nat(2_000),
      fc.record(numbers),
      fc.constantFrom(...jitters),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (k, { baseMs, times }, jitter, u) => {
        const capMs = baseMs * times
        const waitMs = backoffMs(k, { baseMs, capMs, jitter }, () => u)
        expect(waitMs).toBeGreaterThanOrEqual(0)
        expect(waitMs).toBeLessThanOrEqual(capMs * (1 + 1e-12))
      },
    ),
  )
})

test('what comes without a whole answer is the network, and neither our own doing nor a refused fact is', () => {
  const retried = ['timeout', 'refused', 'reset', 'truncated', 'tls:CERT_HAS_EXPIRED', 'malformed:head']
  const final = ['cancelled', 'guard', 'unsendable', 'gave-up', 'check:price', 'status:503', 'dropped:ours-no-socket']
  expect(retried.filter((cause) => !isRetried(cause, ['network']))).toEqual([])
  expect(final.filter((cause) => isRetried(cause, ['network']))).toEqual([])
})

test('statuses and single causes are tried again only where they are named', () => {
  expect([isRetried('status:503', [503]), isRetried('status:500', [503, 'network'])]).toEqual([true, false])
  expect([isRetried('timeout', ['timeout']), isRetried('tls:X', ['tls']), isRetried('reset', ['timeout'])]).toEqual([true, true, false])
})
