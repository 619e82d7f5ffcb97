// A drop at noon: what "3,000 shoppers today" means when a fifth of them waits at the doors. People do not come at even
// gaps, so the arrivals are spaced at random (the same ones each time: the seed decides).
//
//   doorbuster demo --serve hardened --port 4000     (in another terminal)
//   doorbuster run examples/poisson-drop.ts
import { forecast, hold, launch, shopper } from 'doorbuster'

const drop = forecast({
  shoppers: 3_000,
  over: '24h',
  law: 'lognormal',
  median: '45s',
  sigma: 1,
  // 600 people with a finger on the button, all within five seconds.
  watchers: 0.2,
  watcherSpread: '5s',
  // The first half minute holds the peak; the rest of the day is left out.
  lasting: '30s',
  phase: 'doors',
})

// Total, peak and concentration in one sentence. On stderr, where it is in nobody's way.
console.error(drop.line)

export default launch({
  name: 'poisson-drop',
  target: 'http://127.0.0.1:4000',
  spacing: 'poisson',
  seed: 12,
  traffic: [hold('10/s', '10s', { phase: 'baseline' }), drop.stages, hold('10/s', '10s', { phase: 'aftershock' })],
  shoppers: [
    shopper('visitor', { weight: 1 }, [
      { step: 'landing', get: '/', think: 'exp 1s' },
      { step: 'product', get: '/p/tv-55' },
    ]),
  ],
  objectives: ['p(95) < 500ms in doors', 'errors < 0.1%', 'recovery < 10s'],
})
