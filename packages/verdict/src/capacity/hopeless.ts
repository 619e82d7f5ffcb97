// Whether a level is certain to miss an objective, however well the rest of it goes: then it need not be sent. Judged from counts alone; knows
// nothing of what stops a run.
import type { Tally } from '@doorbuster/measurements'
import type { Objective } from '@doorbuster/plan'
import { shareFigure } from '../figures.ts'

/** Before this share of the arrivals nothing is certain: what they will ask for is not known yet. */
const leastShare = 0.2
/** Shoppers under way have steps to go: so much more than foreseen may still be asked for. */
const mostMore = 1.5
/** A level of which less than this is left is sent to its end. */
const fewestLeftShare = 0.1

/** A plain sentence; null while there is hope. `plannedArrivals` of the whole level. */
export function hopelessBecause(objectives: readonly Objective[], tally: Tally, plannedArrivals: number): string | null {
  const share = tally.shoppers.due / Math.max(1, plannedArrivals)
  if (share < leastShare || share > 1 - fewestLeftShare) return null
  const lost = objectives.find((objective) => isLost(objective, tally, share))
  return lost === undefined ? null : `After ${shareFigure(share)} of its arrivals "${lost.text}" was certain to be missed.`
}

function isLost({ metric, step, of, op, limit, span, onBreach }: Objective, tally: Tally, share: number): boolean {
  const allowed =
    metric.kind === 'errors' ? limit : metric.kind === 'response' && typeof metric.at === 'number' ? 1 - metric.at / 100 : null
  if (allowed === null || of !== undefined || span !== undefined || onBreach.kind === 'warn' || !op.startsWith('<')) return false
  const { counts, response } = tally.scope(step === undefined ? {} : { step })
  const mostInAll = (counts.due / share) * mostMore
  // 1 − 0.99 is a little more than a hundredth.
  const mostBad = Math.ceil(allowed * mostInAll - 1e-6)
  const failed = counts.failed + counts.dropped
  if (failed > mostBad || metric.kind === 'errors') return failed > mostBad
  // So many of the answers may be slow; the one before them tells whether more are.
  const rank = response.count - (mostBad - failed)
  return rank >= 1 && response.valueAtRankMs(rank) > limit
}
