import type { WireAnswer } from '@doorbuster/wire'
import { expect, test } from 'vitest'
import { outcomeOf } from '../src/outcome.ts'

const moments = { sentMs: 0, doneMs: 1, bytesIn: 0, bytesOut: 0, connectMs: null, handshakeMs: null, linkMs: 0 }
const answered = (status: number, headers: Readonly<Record<string, string>> = {}): WireAnswer => ({
  kind: 'answered',
  status,
  firstByteMs: 1,
  header: (name) => headers[name],
  headers: () => [],
  head: () => new Uint8Array(0),
  keep: () => {},
  body: null,
  ...moments,
})
const by = (answer: WireAnswer, statuses?: readonly number[]) => outcomeOf(answer, statuses, 'x-degraded')

test.each([
  [200, 'ok'],
  [302, 'ok'],
  [399, 'ok'],
  [400, 'failed'],
  [503, 'failed'],
])('status %i is %s when nothing else is expected', (status, kind) => expect(by(answered(status)).kind).toBe(kind))

test('what is expected counts, and only that', () => {
  expect(by(answered(409), [201, 409])).toEqual({ kind: 'ok' })
  expect(by(answered(200), [201, 409])).toEqual({ kind: 'failed', cause: 'status:200' })
})

test('an answer is degraded only when it says so itself', () => {
  expect(by(answered(200, { 'x-degraded': '1' }))).toEqual({ kind: 'degraded' })
  expect(by(answered(503, { 'x-degraded': '1' }))).toEqual({ kind: 'failed', cause: 'status:503' })
})

test('a request that never left for want of our own means is dropped, not failed', () => {
  expect(by({ kind: 'unsent', cause: 'descriptors', ...moments })).toEqual({ kind: 'dropped', cause: 'dropped:ours-descriptors' })
})

test('a broken exchange keeps its cause', () =>
  expect(by({ kind: 'broken', cause: 'timeout', ...moments })).toEqual({ kind: 'failed', cause: 'timeout' }))
