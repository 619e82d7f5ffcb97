// Areas of the counters and trends that doorbuster keeps itself, as `waiting-room.admitted`. Knows nothing of what is counted in them.

const ownAreas: ReadonlySet<string> = new Set([
  'canary',
  'device',
  'doorbuster',
  'events',
  'gave-up',
  'hostile',
  'legitimate',
  'link',
  'loop',
  'orders',
  'origin',
  'page',
  'patience',
  'privacy',
  'retries',
  'sse',
  'stopped',
  'waiting-room',
  'watchers',
  'ws',
])

/** Null: the name is nobody's, and a journey may give it. */
export function areaOf(name: string): string | null {
  const dot = name.indexOf('.')
  const area = dot > 0 ? name.slice(0, dot) : ''
  return ownAreas.has(area) ? area : null
}
