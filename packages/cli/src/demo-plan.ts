// The demo's launch: a Click Frenzy-style opening in half a minute, the same for both shops.
import type { Plan } from '@doorbuster/plan'
import { hold, launch, ramp, rush, shopper } from '@doorbuster/plan'

/** Peak of about 327 shoppers a second, twenty-seven times the baseline, in the second second after the doors open. Most of them want the bargain. */
export function demoPlan(name: string, target: string): Plan {
  return launch({
    name: `demo-${name}`,
    target,
    traffic: [
      hold('12/s', '6s', { phase: 'baseline' }),
      ramp('12/s', '40/s', '3s', { phase: 'countdown' }),
      rush({ arrivals: 1_300, law: 'lognormal', median: '3s', sigma: 0.7, lasting: '9s', phase: 'doors' }),
      hold('12/s', '6s', { phase: 'aftershock' }),
    ],
    shoppers: [
      shopper('looker', { weight: 40 }, async (s) => {
        const landing = await s.get('/', { step: 'landing' })
        if (landing.ok) await s.get('/p/tv-55', { step: 'product' })
      }),
      shopper('buyer', { weight: 60 }, async (s) => {
        const landing = await s.get('/', { step: 'landing' })
        if (!landing.ok) return
        await s.get('/p/tv-55', { step: 'product' })
        await s.post('/cart', { json: { sku: 'tv-55', qty: 1 }, step: 'cart' })
        // Sold out (409) is an honest answer.
        const order = { sku: 'tv-55', qty: 1, key: s.key() }
        await s.post('/orders', { json: order, order, step: 'checkout', expect: [201, 409] })
      }),
    ],
    objectives: ['p(95) < 500ms', 'p(95) of landing < 500ms in doors', 'errors < 1%', 'recovery < 5s'],
    orders: { stock: ['tv-55'], count: { get: '/stock/{sku}', sold: 'sold', stock: 'stock' } },
    timeout: '5s',
    drain: '5s',
  })
}
