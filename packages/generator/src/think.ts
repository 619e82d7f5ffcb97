// Draws how long a shopper thinks.
import type { ThinkTime } from '@doorbuster/plan'

/** ms ≥ 0. `random` is uniform in [0, 1). Exponential: −mean · ln(1 − u), cut at its cap. */
export function drawThinkMs(time: ThinkTime, random: () => number): number {
  switch (time.kind) {
    case 'fixed':
      return time.lastingMs
    case 'exponential':
      return Math.min(time.capMs, -time.meanMs * Math.log1p(-random()))
    case 'uniform':
      return time.fromMs + (time.toMs - time.fromMs) * random()
  }
}
