// What `capacity` was asked for in numbers that agree with each other. Knows nothing of plans.
import type { CapacityAsked } from '@doorbuster/verdict'
import { UsageError } from '../usage.ts'

export type SearchFlags = {
  /** Arrivals per second, of the peak that is expected. */
  readonly forecast?: number
  readonly from?: number
  readonly max?: number
  /** ms */
  readonly level?: number
  readonly coolDown?: number
  readonly zones?: number
  readonly lost?: number
}

const defaultFromPerSec = 10
/** Long enough for a p99 from 20/s on, and to see a queue grow. */
const defaultLevelMs = 20_000
const defaultCoolDownMs = 5_000

export type SearchPace = Pick<CapacityAsked, 'fromPerSec' | 'levelMs' | 'coolDownMs' | 'zones'>

/** @throws UsageError */
export function paceOf(flags: SearchFlags): SearchPace {
  const { from = defaultFromPerSec, level = defaultLevelMs, coolDown = defaultCoolDownMs } = flags
  refuseOddSearch(flags, from, level)
  return { fromPerSec: from, levelMs: level, coolDownMs: coolDown, zones: zonesOf(flags) }
}

function refuseOddSearch({ max, zones, lost }: SearchFlags, from: number, level: number): void {
  if (max !== undefined && max < from) throw new UsageError('--max', `a rate of at least --from, ${from}/s`, `${max}/s`)
  if (level < 1_000) throw new UsageError('--level', 'at least 1s, since windows are a second long', `${level} ms`)
  if (lost !== undefined && zones === undefined) throw new UsageError('--lost', '--zones beside it', `${lost}`)
  if (zones !== undefined && (lost ?? 1) >= zones) throw new UsageError('--lost', `fewer than the ${zones} zones`, `${lost ?? 1}`)
}

/** One is lost unless it is said how many. */
function zonesOf({ zones, lost }: SearchFlags): CapacityAsked['zones'] {
  return zones === undefined ? null : { count: zones, lost: lost ?? 1 }
}
