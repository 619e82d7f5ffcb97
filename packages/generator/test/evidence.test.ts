import { expect, test } from 'vitest'
import { sampler } from '../src/evidence.ts'

type Headers = Readonly<Record<string, string>>

/** What is kept of a failed answer's body, when the plan and the request sent these headers. */
function kept(body: Buffer, plan: Headers, own: Headers = {}): string | undefined {
  const moments = { sentMs: 0, doneMs: 1, firstByteMs: 1, bytesIn: 0, bytesOut: 0, connectMs: null, handshakeMs: null, linkMs: 0 }
  const views = { header: () => undefined, headers: () => [], head: () => new Uint8Array(0), keep: () => {} }
  return sampler(plan)('x', 'status:500', { kind: 'answered', status: 500, body, ...views, ...moments }, own).body
}

test('a sample never holds the value of a secret header, not even when the server repeats it', () => {
  const body = Buffer.from('you sent Bearer s3cr3t-token (s3cr3t-token) and visible')
  expect(kept(body, { authorization: 'Bearer s3cr3t-token', 'x-plain': 'visible' })).toBe('you sent ••• (•••) and visible')
})

test('a sample is short, however long the body', () => expect(kept(Buffer.alloc(1_000_000, 'x'), {})?.length).toBe(300))

test('secrets of the request itself, single cookies and long ones are masked too', () => {
  const token = `eyJ${'x'.repeat(2_000)}`
  const own = { cookie: `theme=dark; sid=${token}`, 'x-signature': 'sig-1234' }
  expect(kept(Buffer.from(`${'.'.repeat(200)}${token} and sig-1234`), {}, own)).toBe(`${'.'.repeat(200)}••• and •••`)
})

test('a sample shows nobody’s address, card or phone number, and no canary', () => {
  const canary = `czqj${'a'.repeat(16)}`
  const body = `Sorry Robin Czqj${'B'.repeat(16)}, jo.doe@shop.test and x%40shop.test: 4111 1111 1111 1111, +61 400 123 456, token=${canary}, line 1234567890`
  expect(kept(Buffer.from(body), {})).toBe('Sorry Robin •••, ••• and •••: •••, •••, token=•••, line 1234567890')
})
