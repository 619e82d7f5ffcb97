// The opening of Click Frenzy, 20 November 2012, pressed into a minute and scaled down to a shop on one machine.
//
//   doorbuster demo --serve hardened --port 4000     (in another terminal; try `naive` as well)
//   doorbuster run examples/click-frenzy.ts
import { launch, reenact, shopper } from 'doorbuster'

const looker = shopper('looker', { weight: 60 }, async (s) => {
  await s.get('/', { step: 'landing' })
  await s.think('exp 2s cap 10s')
  await s.get('/p/tv-55', { step: 'product' })
})

const buyer = shopper('buyer', { weight: 40 }, async (s) => {
  // A network failure is an answer that is not ok: this shopper goes home when there is no page to look at.
  const landing = await s.get('/', { step: 'landing' })
  if (!landing.ok) return
  const product = await s.get('/p/tv-55', { step: 'product' })
  s.check('the page shows the television', product.text().includes('Television'))
  await s.think('uniform 500ms 2s')
  await s.step('basket', async () => {
    await s.post('/cart', { json: { sku: 'tv-55', qty: 1 } })
  })
  // Sold out (409) is an honest answer. A 503 is not: then only the shop knows whether the order stands, and it is asked after the run.
  const order = { sku: 'tv-55', qty: 1, key: s.key() }
  const answer = await s.post('/orders', { json: order, order, step: 'checkout', expect: [201, 409] })
  if (answer.status === 201) s.check('one was sold', (answer.json() as { qty?: number } | undefined)?.qty === 1)
})

export default launch({
  name: 'click-frenzy',
  target: 'http://127.0.0.1:4000',
  // The peak that its planners would have forecast: the crowd that came was twice that. Its people press refresh before the doors, come by
  // phone, and reload when they lose patience.
  ...reenact('click-frenzy-2012', { peak: '50/s', within: '1m', shoppers: [looker, buyer] }),
  // The shop's own figures, each second: the report says which of them came to its end first.
  metrics: [{ url: 'http://127.0.0.1:4000/metrics', name: 'shop', series: { workers: 'shop_workers_busy / shop_workers' } }],
  objectives: [
    'p(95) < 500ms',
    'p(95) of checkout < 1s in doors',
    'errors < 0.1%',
    'errors < 20% within 5s, abort after 10s',
    'recovery < 10s',
    'degraded < 5%, warn',
  ],
  // Sold at most once, and never more than there is: judged without another word.
  orders: { stock: ['tv-55'], count: { get: '/stock/{sku}', sold: 'sold', stock: 'stock' }, perShopper: 1 },
  timeout: '5s',
})
