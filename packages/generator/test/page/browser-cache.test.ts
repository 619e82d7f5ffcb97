import { expect, test } from 'vitest'
import { BrowserCache } from '../../src/page/browser-cache.ts'

const head = (headers: Readonly<Record<string, string>>) => ({ header: (name: string) => headers[name] })

/** What is kept of one answer at 1,000 ms. */
function kept(headers: Readonly<Record<string, string>>) {
  const cache = new BrowserCache()
  cache.keep('/a', head(headers), [], 1_000)
  return cache.find('/a')
}

test.each([
  ['max-age', { 'cache-control': 'public, max-age=60' }, 61_000],
  ['max-age less the age it came with', { 'cache-control': 'max-age="60"', age: '20' }, 41_000],
  [
    'max-age before Expires',
    { 'cache-control': 'max-age=0', expires: 'Fri, 20 Nov 2026 00:01:00 GMT', date: 'Fri, 20 Nov 2026 00:00:00 GMT' },
    1_000,
  ],
  ['Expires by the clock of the server', { expires: 'Fri, 20 Nov 2026 00:01:00 GMT', date: 'Fri, 20 Nov 2026 00:00:00 GMT' }, 61_000],
  ['no-cache whatever its age', { 'cache-control': 'no-cache, max-age=60' }, 1_000],
  ['immutable without a lifetime', { 'cache-control': 'immutable' }, 1_000],
  ['an answer that varies by everything', { 'cache-control': 'max-age=60', vary: '*' }, 1_000],
  ['a shared lifetime, which is not ours', { 'cache-control': 's-maxage=60' }, 1_000],
  ['nonsense', { 'cache-control': 'max-age=-5', expires: 'soon' }, 1_000],
])('how long an asset is fresh: %s', (_, headers, freshUntilMs) => expect(kept(headers)?.freshUntilMs).toBe(freshUntilMs))

test('what must not be stored is not, and what was is gone', () => {
  const cache = new BrowserCache()
  cache.keep('/a', head({ 'cache-control': 'max-age=60' }), [], 0)
  cache.keep('/a', head({ 'cache-control': 'no-store, max-age=60' }), [], 0)
  expect(cache.find('/a')).toBeUndefined()
})

test('an answer is asked for again with what it said of itself, also after a 304 that says nothing of it', () => {
  const cache = new BrowserCache()
  cache.keep('/a', head({ etag: 'W/"1"', 'last-modified': 'then' }), ['/b'], 0)
  expect(cache.find('/a')?.validators).toEqual({ 'if-none-match': 'W/"1"', 'if-modified-since': 'then' })
  cache.keep('/a', head({ 'cache-control': 'max-age=1' }), ['/b'], 0)
  expect(cache.find('/a')).toEqual({
    freshUntilMs: 1_000,
    links: ['/b'],
    validators: { 'if-none-match': 'W/"1"', 'if-modified-since': 'then' },
  })
})
