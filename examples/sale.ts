// A flash sale of about half a minute: what shoppers are told of their orders is held against the shop's books, and no answer may show what
// is another's.
//
//   doorbuster demo --serve hardened --port 4000     (in another terminal; try `naive` as well)
//   doorbuster run examples/sale.ts
import { hold, launch, ramp, rush, shopper } from 'doorbuster'

export default launch({
  name: 'sale',
  target: 'http://127.0.0.1:4000',
  traffic: [
    hold('10/s', '8s', { phase: 'baseline' }),
    ramp('10/s', '40/s', '4s', { phase: 'countdown' }),
    rush({ arrivals: 600, law: 'lognormal', median: '3s', sigma: 0.8, lasting: '10s', phase: 'doors' }),
    hold('10/s', '10s', { phase: 'aftershock' }),
  ],
  shoppers: [
    shopper('looker', { weight: 80 }, [
      { step: 'landing', get: '/', think: 'exp 1s' },
      { step: 'product', get: '/p/tv-55' },
    ]),
    shopper('buyer', { weight: 20, patience: true }, async (s) => {
      await s.get('/p/tv-55', { step: 'product' })
      await s.think('exp 500ms')
      // Canaries: an answer that shows them to anybody else ends the run.
      await s.post('/login', { json: { email: s.me.email, password: s.me.token }, step: 'login' })
      await s.post('/cart', { json: { sku: 'tv-55', qty: 1 }, step: 'cart' })
      // Sold out (409) is an honest answer. `order` tells the ledger what came of it.
      const order = { sku: 'tv-55', qty: 1, key: s.key() }
      await s.post('/orders', { json: order, order, step: 'checkout', expect: [201, 409] })
      await s.get('/account', { step: 'account', check: { 'it is mine': (page) => page.text().includes(s.me.email) } })
    }),
  ],
  objectives: ['p(95) < 500ms', 'p(99) of checkout < 1s in doors', 'errors < 0.1%', 'recovery < 10s'],
  // The shop's own books: more sold than there was, or other than its shoppers were told, is a no-go.
  orders: { stock: ['tv-55'], count: { get: '/stock/{sku}', sold: 'sold', stock: 'stock' } },
})
