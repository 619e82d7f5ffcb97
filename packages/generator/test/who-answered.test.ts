import type { AnsweredByRule } from '@doorbuster/plan'
import type { Answered } from '@doorbuster/wire'
import { expect, test } from 'vitest'
import { whoAnswers } from '../src/who-answered.ts'

const answer = (status: number, headers: Readonly<Record<string, string>> = {}, body = ''): Answered => ({
  kind: 'answered',
  status,
  body: Buffer.from(body),
  header: (name) => headers[name],
  headers: () => [],
  head: () => new Uint8Array(0),
  keep: () => {},
  sentMs: 0,
  firstByteMs: 1,
  doneMs: 2,
  bytesIn: 0,
  bytesOut: 0,
  connectMs: null,
  handshakeMs: null,
  linkMs: 0,
})
const who = whoAnswers([])

test.each<[who: string, answer: Answered]>([
  ['application', answer(200, { server: 'nginx', 'x-powered-by': 'Express' }, '<h1>Shop</h1>')],
  ['application', answer(503, {}, '{"error":"busy"}')],
  ['application', answer(200, { 'x-cache': 'MISS', age: '0' })],
  ['application', answer(200, { 'x-varnish': '32770', age: '0' })],
  ['application', answer(200, { 'cf-ray': '1', 'cf-cache-status': 'DYNAMIC', age: '7' })],
  ['cache', answer(200, { 'x-varnish': '32772 32770', age: '0', via: '1.1 varnish' })],
  ['cache', answer(200, { 'x-cache': 'HIT from squid' })],
  ['cache', answer(200, { 'x-cache': 'TCP_MEM_HIT' })],
  ['cache', answer(200, { 'x-cache-status': 'STALE' })],
  ['application', answer(200, { 'x-cache-status': 'BYPASS' })],
  ['cache', answer(200, { 'cache-status': 'edge; hit; ttl=30', age: '3' })],
  ['cache', answer(304, { age: '12' })],
  ['cache', answer(503, {}, '<title>503 Backend fetch failed</title><p>Guru Meditation:</p>')],
  ['cdn', answer(200, { 'cf-ray': '1', 'cf-cache-status': 'HIT', age: '0' })],
  ['cdn', answer(200, { 'x-cache': 'Hit from cloudfront', 'x-amz-cf-id': 'x', age: '1' })],
  ['cdn', answer(522, { server: 'cloudflare' })],
  ['waf', answer(403, { 'cf-mitigated': 'challenge' })],
  ['waf', answer(202, { 'x-amzn-waf-action': 'challenge' })],
  ['waf', answer(403, { server: 'CloudFront' }, '<h1>403 ERROR</h1>The request could not be satisfied. Request blocked.')],
  ['waf', answer(403, {}, '<iframe src="/_Incapsula_Resource?x=1">')],
  ['queue', answer(302, { location: 'https://shop.queue-it.net/?c=shop' })],
  ['balancer', answer(502, { server: 'awselb/2.0' })],
  ['balancer', answer(503, {}, '<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.')],
  ['balancer', answer(504, { server: 'nginx' }, '<hr><center>nginx</center>')],
])('%s answered (case %#)', (expected, given) => expect(who(given)).toBe(expected))

test("the plan's own rules come first, and each of their conditions must hold", () => {
  const rules: AnsweredByRule[] = [
    { who: 'edge', statuses: [200], headers: [{ name: 'age', contains: null }], body: null },
    { who: 'queue', statuses: null, headers: [{ name: 'server', contains: 'line' }], body: 'you are next' },
  ]
  const own = whoAnswers(rules)
  expect(own(answer(200, { age: '3' }))).toBe('edge')
  expect(own(answer(304, { age: '3' }))).toBe('cache')
  expect(own(answer(200, { server: 'LineKeeper' }, 'You are NEXT'))).toBe('queue')
  expect(own(answer(200, { server: 'LineKeeper' }, 'welcome'))).toBe('application')
})

test('a body is looked at for its first 4 KiB, and not when it came packed', () => {
  const marker = 'no healthy upstream'
  expect(who(answer(503, {}, ' '.repeat(4_096 - marker.length) + marker))).toBe('balancer')
  expect(who(answer(503, {}, ' '.repeat(4_097 - marker.length) + marker))).toBe('application')
  expect(who(answer(503, { 'content-encoding': 'gzip' }, marker))).toBe('application')
})
