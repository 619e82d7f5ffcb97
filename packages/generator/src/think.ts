// Draws how long a shopper thinks or waits.
import type { ThinkTime } from '@doorbuster/plan'
import { normalQuantile } from '@doorbuster/plan'

/** ms ≥ 0. `random` is uniform in [0, 1). Exponential: −mean · ln(1 − u), log-normal: median · e^(σ·Φ⁻¹(u)); both cut at their caps. */
export function drawThinkMs(time: ThinkTime, random: () => number): number {
  switch (time.kind) {
    case 'fixed':
      return time.lastingMs
    case 'exponential':
      return Math.min(time.capMs, -time.meanMs * Math.log1p(-random()))
    case 'uniform':
      return time.fromMs + (time.toMs - time.fromMs) * random()
    case 'lognormal':
      return Math.min(time.capMs, time.medianMs * Math.exp(time.sigma * normalQuantile(random())))
  }
}
