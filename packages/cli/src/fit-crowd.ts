// Does the crowd fit into what this process may open? Asked before the first packet.
import type { RunStart } from '@doorbuster/measurements'
import type { Plan } from '@doorbuster/plan'
import { outline } from '@doorbuster/schedule'
import { openFilesFor, socketLimit } from './machine.ts'
import { UsageError } from './usage.ts'

/**
 * What to say of a peak that does not fit; null when all is well, as far as anybody can tell before the first answer.
 * @throws UsageError for a closed crowd above the ceiling: it would only drop its own shoppers, as fast as it can.
 */
export function fitCrowd({ model }: Plan, { sockets, shoppers }: RunStart['ceiling']): string | null {
  if (model.kind === 'closed') {
    const most = Math.min(sockets, shoppers)
    if (model.shoppers <= most) return null
    const expected = `at most ${most} shoppers at once, the ceiling on sockets and shoppers here${cure(model.shoppers, sockets)}`
    throw new UsageError('--connections', expected, String(model.shoppers))
  }
  const perSec = Math.ceil(outline(model.traffic).peak?.perSec ?? 0)
  if (perSec <= sockets) return null
  const staysMs = Math.floor((1e3 * sockets) / perSec)
  return `the busiest second brings ${perSec} arrivals, but only ${sockets} sockets may be open at once: when answers take longer than ${staysMs} ms, arrivals are dropped and the run is invalid${cure(perSec, sockets)}`
}

/** Empty where the limit on open files is not what stands in the way. */
function cure(wanted: number, sockets: number): string {
  const openFiles = openFilesFor(wanted)
  return sockets < socketLimit() || openFiles === null ? '' : ` (\`ulimit -n ${openFiles}\` raises it)`
}
