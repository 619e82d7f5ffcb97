// What a target is given between two levels, so that one does not spoil the next. Knows nothing of how that is done.
import type { CapacityAsked, CapacityLevel } from './capacity-form.ts'

/** `load`: a small one, until it answers as it should. */
export type Rest =
  | { readonly kind: 'none' }
  | { readonly kind: 'idle'; readonly lastingMs: number }
  | { readonly kind: 'load'; readonly perSec: number; readonly lastingMs: number }

/** A run is at least so long, whatever was asked: windows are a second long. */
const shortestMs = 1_000

/** After the last of these levels. A target that was not driven too far, or that no rate is known to suit, is only left alone. */
export function restAfter(
  levels: readonly CapacityLevel[],
  { coolDownMs, fromPerSec }: Pick<CapacityAsked, 'coolDownMs' | 'fromPerSec'>,
): Rest {
  const held = levels.filter(({ standing }) => standing === 'met').map(({ ratePerSec }) => ratePerSec)
  if (coolDownMs === 0) return { kind: 'none' }
  if (levels.at(-1)?.standing === 'met' || held.length === 0) return { kind: 'idle', lastingMs: coolDownMs }
  return { kind: 'load', perSec: Math.min(...held, fromPerSec), lastingMs: Math.max(shortestMs, coolDownMs) }
}
