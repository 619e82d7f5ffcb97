// Each fault of the demo's shop that makes its sale wrong is found by a rehearsal, and named first among the reasons, on however busy a machine.
import { expect, test } from 'vitest'
import { expectCertain, expectFound, looksAround, rehearseShop, statuses } from '../support/shop-rehearsal.ts'

const stockOf = (pieces: number, more = '') =>
  `orders: { stock: { 'tv-55': ${pieces} }, count: { get: '/stock/{sku}', sold: 'sold', stock: 'stock' }, settleWithin: '300ms', ${more} },`
const buys = "await s.post('/orders', { step: 'checkout', json: { sku: 'tv-55', qty: 1 }, order: { sku: 'tv-55' }, expect: [201, 409] })"
const allMet = { 'oversold == 0': 'met', 'duplicates == 0': 'met', 'mismatches == 0': 'met' }

test.concurrent('a shop that checks first and writes then sells more than it has', async () => {
  const ran = await rehearseShop('--stock 10 --fault oversells', { journey: buys, more: stockOf(10) })
  // All 60 believe that there are ten, or as many of them as come while the number is old.
  expectCertain(ran, 'oversold == 0', /^Oversold was \d+ over \d+ orders \(tv-55: \d+ sold of 10, \d+ too many/)
})

test.concurrent('a shop that forgets its keys charges twice for a replay', async () => {
  const journey = `const key = s.key()
    await s.twice(() => s.post('/orders', { step: 'checkout', json: { sku: 'tv-55', qty: 1, key }, order: { sku: 'tv-55', key }, expect: [200, 201] }), 'after')`
  const ran = await rehearseShop('--fault charges-twice', { journey, more: stockOf(500) })
  expectCertain(ran, 'duplicates == 0', /^Duplicates was 60 over 120 orders/)
})

/** The bank takes longer than the client waits, who then sends the same order again, up to twice. */
const hasty = {
  shoppers: `[shopper('buyer', { timeout: '150ms', retries: { most: 2, base: '200ms', jitter: 'none' } }, async (s) => {
    const key = s.key()
    await s.post('/orders', { step: 'checkout', json: { sku: 'tv-55', qty: 1, key }, order: { sku: 'tv-55', key }, expect: [200, 201] }) })]`,
  traffic: 'hold 20/s for 1s',
  more: stockOf(500, "order: { get: '/orders?key={key}', id: 'id' },"),
}

test.concurrent('a client that tries again is charged twice by it, and though it never saw an answer the shop tells', async () => {
  const ran = await rehearseShop('--pay-ms 300 --fault charges-twice', hasty)
  expectCertain(ran, 'duplicates == 0', /^Duplicates was \d+ over \d+ orders/)
})

test.concurrent('the same client is charged once by a shop that knows its keys', async () => {
  const ran = await rehearseShop('--pay-ms 300', hasty)
  expect(statuses(ran)).toMatchObject(allMet)
})

test.concurrent('a till with prices of its own is told with what the cart had said', async () => {
  const journey = `const cart = await s.post('/cart', { step: 'cart', json: { sku: 'tv-55', qty: 1 } })
    const answer = await s.post('/orders', { step: 'checkout', json: { sku: 'tv-55', qty: 1, cart: cart.json('$.cart') } })
    s.ordered({ answer, sku: 'tv-55', cartPriceCents: cart.json('$.priceCents'), priceCents: answer.json('$.priceCents') })`
  const [drifting, honest] = await Promise.all([
    rehearseShop('--fault price-drift', { journey, more: stockOf(500) }),
    rehearseShop('', { journey, more: stockOf(500) }),
  ])
  expectFound(drifting, 'mismatches == 0', /mismatches was 60 .*19,?960.*49,?900|mismatches was 60 .*49,?900.*19,?960/i)
  expect(statuses(honest)).toMatchObject(allMet)
})

test.concurrent('what abandoned carts keep is missing from the shelf', async () => {
  const journey = `const cart = await s.post('/cart', { step: 'cart', json: { sku: 'tv-55', qty: 1 } })
    await s.delete('/cart/' + cart.json('$.cart'), { step: 'give up' })`
  const flags = '--hold-ms 60000'
  const [keeping, returning] = await Promise.all([
    rehearseShop(`${flags} --fault keeps-reserved`, { journey, more: stockOf(500) }),
    rehearseShop(flags, { journey: `${journey}\n${buys}`, more: stockOf(500) }),
  ])
  expectFound(keeping, 'mismatches == 0', /tv-55: 440 left of 500 after 0 sold, where 500 should be: 60 pieces never came back/)
  expect(statuses(returning)).toMatchObject(allMet)
})

test.concurrent('a sound shop is found guilty of nothing, by a crowd that does everything there is to do', async () => {
  const journey = `${looksAround}
    const cart = await s.post('/cart', { step: 'cart', json: { sku: 'tv-55', qty: 1 } })
    const order = { sku: 'tv-55', qty: 1, key: s.key() }
    const answer = await s.post('/orders', { step: 'checkout', json: { ...order, cart: cart.json('$.cart') }, expect: [201, 409] })
    s.ordered({ answer, ...order, ...(answer.status === 201 && { cartPriceCents: cart.json('$.priceCents'), priceCents: answer.json('$.priceCents') }) })
    if (answer.status === 201) {
      s.own('order-id', String(answer.json('$.id')))
      await s.get('/orders/' + answer.json('$.id'), { step: 'order' })
    }`
  const privacy = `privacy: { probes: [{ get: '/account' }, { get: '/orders/{order-id}', as: 'another shopper' }] },`
  const ran = await rehearseShop('--stock 200 --pay-ms 10', {
    traffic: 'hold 150/s for 2s',
    journey,
    more: stockOf(200, "order: { get: '/orders?key={key}', id: 'id' }, perShopper: 1,") + privacy,
  })
  const told = { 'leaks == 0, abort': 'met', 'shared-sessions == 0': 'met', 'open-doors == 0': 'met' }
  expect(statuses(ran)).toEqual({ 'errors <= 100%': 'met', ...allMet, ...told })
  expect(ran.summary.findings).toEqual([])
  // A shop that sheds load on a busy machine leaves orders unknown; it is asked for them by their keys.
  expect(ran.summary.ledger).toMatchObject({ duplicates: 0, mismatches: [], products: [{ oversold: { least: 0, most: 0 } }] })
  expect(ran.summary.ledger?.orders.confirmed).toBeGreaterThan(100)
  expect(['go', 'invalid']).toContain(ran.summary.verdict)
})
