// Journeys that throw: tells the first few, and stops a run in which no journey works at all.
import type { RunEvent } from '@doorbuster/measurements'
import type { Mask, Shopper } from '@doorbuster/plan'
import type { Clock } from './clock.ts'
import type { RunLimits } from './run-limits.ts'
import { Stop } from './stop.ts'

/** When the first this many shoppers have all thrown, the journey is broken and the run is stopped. */
const hopelessThrows = 20
const mostThrowsTold = 5

export type ThrowsOptions = {
  readonly clock: Clock
  readonly limits: Pick<RunLimits, 'threw' | 'finished'>
  readonly onEvent: (event: RunEvent) => void
  readonly stop: AbortController
  readonly mask: Mask
}

export function watchThrows({ clock, limits, onEvent, stop, mask }: ThrowsOptions): (shopper: Shopper, error: unknown) => void {
  return (shopper, error) => {
    const threw = limits.threw.add()
    const text = mask(thrownWords(error))
    if (threw <= mostThrowsTold) onEvent({ atMs: clock.now(), kind: 'note', text: `the journey of ${shopper.name} threw ${text}` })
    if (threw < hopelessThrows || limits.finished.count > 0 || stop.signal.aborted) return
    stop.abort(new Stop('journey', `the journeys of the first ${threw} shoppers all threw; the last: ${text}`))
  }
}

/** What was thrown, and where. */
export function thrownWords(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}${placeOf(error)}` : String(error)
}

/** File and line of the journey's own code: the first frame of the stack that is not ours or Node's. */
function placeOf({ stack = '' }: Error): string {
  const frame = stack.split('\n').find((line) => /^\s+at /.test(line) && !/node:|node_modules|packages\/generator/.test(line))
  return frame === undefined ? '' : ` (${frame.trim()})`
}
