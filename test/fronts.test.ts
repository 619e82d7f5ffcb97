// Real parts in front of the demo's shop: each does to its shoppers what it is there for.
import type { TestContext } from 'vitest'
import { expect, test } from 'vitest'
import { startLimitingNginx } from './support/nginx.ts'
import { shopHere } from './support/open-shop.ts'
import { startVarnish } from './support/varnish.ts'
import { loggedIn } from './support/visitor.ts'

/** The started program; without one the test is skipped, and the reason printed. */
function present<T extends object>(started: T | { readonly missing: string }, skip: TestContext['skip']): T {
  if ('missing' in started) skip(started.missing)
  return started as T
}

test('Varnish with a rule that ignores the session shows one shopper the account page of another', async ({ skip }) => {
  await using shop = await shopHere('')
  await using varnish = present(await startVarnish({ target: shop.url, keeps: ['/account'] }), skip)
  const [ada, bob] = [await loggedIn(varnish.url, 'Ada'), await loggedIn(varnish.url, 'Bob')]
  expect(await (await ada.get('/account')).text()).toContain('1 Ada Street')
  const seen = await bob.get('/account')
  expect(await seen.text()).toContain('1 Ada Street')
  expect(['x-cache', 'cache-control'].map((name) => seen.headers.get(name))).toEqual(['HIT', 'public, max-age=3'])
  expect(Number(seen.headers.get('age'))).toBeLessThan(3)
  expect(seen.headers.get('via')).toContain('varnish')
})

test('Varnish without that rule shows every shopper the page of their own', async ({ skip }) => {
  await using shop = await shopHere('')
  await using varnish = present(await startVarnish({ target: shop.url, keeps: [] }), skip)
  const [ada, bob] = [await loggedIn(varnish.url, 'Ada'), await loggedIn(varnish.url, 'Bob')]
  await ada.get('/account')
  const seen = await bob.get('/account')
  expect(await seen.text()).toContain('1 Bob Street')
  expect(['x-cache', 'cache-control'].map((name) => seen.headers.get(name))).toEqual(['MISS', 'private, no-store'])
})

test.for([429, 503] as const)(
  'nginx lets one address through 1 + 5 times at once, and answers the seventh %d',
  async (status, { skip }) => {
    await using shop = await shopHere('')
    await using nginx = present(await startLimitingNginx({ target: shop.url, perSec: 1, burst: 5, status }), skip)
    const answers = await Promise.all(Array.from({ length: 40 }, () => fetch(`${nginx.url}p/tv-55`)))
    const passed = answers.filter((answer) => answer.status === 200)
    // One more for every second that forty requests take.
    expect(passed.length).toBeGreaterThanOrEqual(6)
    expect(passed.length).toBeLessThan(40)
    expect(await passed[0]?.text()).toContain('Television')
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200, status]))
  },
)
