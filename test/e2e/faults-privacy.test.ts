// Each fault of the demo's shop that shows somebody what is another's is found by a rehearsal, and named by it.
import { expect, test } from 'vitest'
import { testFolder } from '../support/folders.ts'
import { runInProcess } from '../support/in-process.ts'
import { shopHere } from '../support/open-shop.ts'
import { expectCertain, logsIn, looksAround, rehearseAt, rehearseShop, statuses } from '../support/shop-rehearsal.ts'
import { startVarnish } from '../support/varnish.ts'

const orders = `const order = await s.post('/orders', { step: 'checkout', json: { sku: 'tv-55', qty: 1 } })
  s.own('order-id', String(order.json('$.id')))
`
const probes = (as: string) => `privacy: { probes: [{ step: 'order', get: '/orders/{order-id}', as: '${as}' }] },`

test.concurrent('a shared cache shows accounts to others: a leak, named with its step and its cache, that stops the run', async () => {
  const ran = await rehearseShop('--fault shared-cache', { traffic: 'hold 40/s for 8s', journey: looksAround })
  expectCertain(
    ran,
    'leaks == 0, abort',
    /^Shoppers were shown other shoppers' data: .* account, in body, .*cache-control: public, max-age=3/,
  )
  expect(ran.summary.finished).toBe(false)
})

test.concurrent('one session for two shoppers is found where it is handed out, before anybody is shown anything', async () => {
  const ran = await rehearseShop('--fault one-session-twice', { journey: logsIn.split('\n')[0] ?? '' })
  expectCertain(
    ran,
    'shared-sessions == 0',
    /^Sessions handed to two shoppers: 6 found in 60 looks, .* most often sid in header set-cookie of login/,
  )
})

test.concurrent.each(['nobody', 'another shopper'])('an order that %s may read is an open door', async (as) => {
  const ran = await rehearseShop('--fault open-orders', { journey: logsIn + orders, more: probes(as) })
  expectCertain(ran, 'open-doors == 0', new RegExp(`^Doors that should have been shut: 2 found in 2 looks.*asked as ${as}`))
})

test.concurrent('a door that opens under load alone is found at the peak, and shut again after it', async () => {
  const ran = await rehearseShop('--fault fails-open=60', {
    traffic: 'hold 4/s for 1s; doors: hold 60/s for 2s; hold 2/s for 2s',
    journey: logsIn + orders,
    more: probes('nobody'),
  })
  expectCertain(
    ran,
    'open-doors == 0',
    /^Doors that should have been shut: 1 found in 2 looks, .*order at the peak \(.*received 200 at the peak; 404 after the drain: it fails open\)/,
  )
})

test.concurrent('orders and sessions of a shop without these faults are found shut, and each apart', async () => {
  const ran = await rehearseShop('', { journey: looksAround + orders, more: probes('another shopper') })
  expect(statuses(ran)).toMatchObject({ 'leaks == 0, abort': 'met', 'shared-sessions == 0': 'met', 'open-doors == 0': 'met' })
  expect(ran.summary.findings).toEqual([])
  expect(ran.reasons).not.toContain('Warning')
})

test.concurrent('errors that tell of the machine are found before the sale, by a preflight', async () => {
  using folder = testFolder()
  await using leaky = await shopHere('--fault leaks-in-errors')
  await using tight = await shopHere('')
  const found = async (url: string) => {
    const { stdout } = await runInProcess(['preflight', url, '--only', 'errors', '--json', '-'], folder.path)
    const { findings } = JSON.parse(stdout) as { findings: readonly { severity: string; says: string }[] }
    return findings.map(({ severity, says }) => `${severity}: ${says}`).join('\n')
  }
  expect(await found(leaky.url)).toMatch(/^(?:must|should): /)
  expect(await found(tight.url)).toBe('')
})

test('the shop behind a cache whose rule ignores the session shows accounts to others, as in 2015: the cache is named', async (context) => {
  await using shop = await shopHere('')
  const varnish = await startVarnish({ target: shop.url, keeps: ['/account'] })
  if ('missing' in varnish) return context.skip(varnish.missing)
  await using front = varnish
  const ran = await rehearseAt(front.url, { traffic: 'hold 40/s for 8s', journey: looksAround })
  expectCertain(ran, 'leaks == 0, abort', /^Shoppers were shown other shoppers' data: .* account, in body, /)
  expect(ran.reasons).toMatch(/x-cache: HIT|age: \d/i)
})
