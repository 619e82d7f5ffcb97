// The faults that stand between shoppers and shop, in the order in which a request meets them.
import type { Catalogue } from '../catalogue.ts'
import type { Layer } from '../layers.ts'
import type { Traffic } from '../traffic.ts'
import { degraded } from './degraded.ts'
import type { Faults } from './faults.ts'
import { ipLimit } from './ip-limit.ts'
import { leakyErrors } from './leaky-errors.ts'
import { queuePages } from './queue-pages.ts'
import { sharedCache } from './shared-cache.ts'
import type { WaitingRoom } from './waiting-room.ts'

type Around = {
  readonly catalogue: Catalogue
  readonly traffic: Traffic
  readonly room: WaitingRoom | undefined
  readonly nowMs: () => number
  readonly onFailure: (error: unknown) => void
}

/** None when every switch is off: then a request pays nothing for them. */
export function layersOf(faults: Faults, { catalogue, traffic, room, nowMs, onFailure }: Around): readonly Layer[] {
  const { 'ip-limit': perSec, degraded: overPerSec } = faults
  return [
    ...(faults['leaks-in-errors'] ? [leakyErrors(onFailure)] : []),
    ...(perSec === undefined ? [] : [ipLimit(perSec, nowMs)]),
    ...(room === undefined ? [] : [queuePages(room)]),
    ...(overPerSec === undefined ? [] : [degraded(() => traffic.perSec() > overPerSec, catalogue)]),
    ...(faults['shared-cache'] ? [sharedCache(nowMs)] : []),
  ]
}
