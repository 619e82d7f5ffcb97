// The planned peak: how high it was, and what became of the requests that fell due in it. Knows nothing of verdicts.
import type { Pct } from '@doorbuster/measurements'
import { sayCount } from '../format.ts'
import type { Report } from '../report.ts'

/** `1,200 shoppers a second`; null in a closed loop, which plans no rate. */
export function peakText({ start: { peak }, summary: { shoppers, totals } }: Report): string | null {
  if (peak === null) return null
  const what = shoppers.due === totals.due ? 'request' : 'shopper'
  const count = sayCount(Math.max(1, Math.round(peak.perSec)))
  return `${count} ${count === '1' ? what : `${what}s`} a second`
}

/** Failed and dropped ÷ ended, in the seconds of the peak; null when none of them was recorded. */
export function lostAtPeak({ start: { peak }, timeline }: Report): number | null {
  if (peak === null) return null
  const rows = timeline.filter(({ startMs, lastingMs }) => startMs + lastingMs > peak.startMs && startMs < peak.startMs + peak.lastingMs)
  const lost = rows.reduce((sum, { failed, dropped }) => sum + failed + dropped, 0)
  const ended = rows.reduce((sum, { ok, degraded }) => sum + ok + degraded, lost)
  return ended === 0 ? null : lost / ended
}

/** Times of the phase that holds the peak; null where no phase does, or nothing was answered in it. */
export function answeredAtPeak({ start: { peak }, summary: { phases } }: Report): Pct | null {
  const phase = phases.find(({ startMs, lastingMs }) => peak !== null && startMs <= peak.startMs && peak.startMs < startMs + lastingMs)
  return phase === undefined || phase.responseMs.count === 0 ? null : phase.responseMs
}
