// The rate at which a stage ends, for a `ramp to …` or `decay to …` that goes on from there. Knows nothing of text.
import { lawDensity, lawWeight } from './arrival-law.ts'
import { totalMs } from './overlay.ts'
import type { Rush, Stage } from './stages.ts'

/** Where the stages end, per second: 0 when there are none, undefined when only an unread file knows. An instant burst changes no rate. */
export function endRatePerSec(stages: readonly Stage[]): number | undefined {
  const last = stages.findLast((stage) => stage.kind !== 'burst' || stage.lastingMs > 0)
  return last === undefined ? 0 : stageEndsAtPerSec(last)
}

function stageEndsAtPerSec(stage: Stage): number | undefined {
  switch (stage.kind) {
    case 'hold':
      return stage.ratePerSec
    case 'ramp':
    case 'decay':
      return stage.toPerSec
    case 'burst':
      return (stage.arrivals * 1e3) / stage.lastingMs
    case 'silence':
      return 0
    case 'rush':
      return rushRatePerSec(stage, stage.lastingMs)
    case 'curve':
      return stage.points.at(-1)?.ratePerSec
    case 'overlay':
      return overlayEndsAtPerSec(stage.shapes, stage.lastingMs)
  }
}

/** Rate of a rush `atMs` after its doors opened, inside its cut. */
function rushRatePerSec({ law, arrivals, lastingMs }: Rush, atMs: number): number {
  return (arrivals * 1e3 * lawDensity(law, atMs)) / lawWeight(law, lastingMs)
}

/** Only the shapes that last to the overlay's end still run there; a shape's own lengths may sum up to a rounding error less. */
function overlayEndsAtPerSec(shapes: readonly (readonly Stage[])[], lastingMs: number): number | undefined {
  const rates = shapes.filter((shape) => totalMs(shape) >= lastingMs * (1 - 1e-12)).map(endRatePerSec)
  return rates.reduce<number | undefined>((sum, rate) => (sum === undefined || rate === undefined ? undefined : sum + rate), 0)
}
