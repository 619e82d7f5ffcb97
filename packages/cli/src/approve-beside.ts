// Asks the guard about a host that is told of a run and never loaded by it: a receiver of metrics. One request now and then.

import { judgeTarget } from '@doorbuster/plan'
import type { Grounds } from './approve.ts'
import { pass } from './approve.ts'

const mostPerSec = 1

/** The addresses that were judged, for the whole run. @throws Refused; UsageError for a name that does not resolve */
export async function approveBeside({ allow, todayIso, wanted: { lastingMs } }: Grounds, url: URL): Promise<readonly string[]> {
  const wanted = { peakPerSec: mostPerSec, lastingMs }
  const { addresses } = await pass(
    (href, known) => judgeTarget({ url: href, addresses: known, allow, todayIso, wanted }),
    url.origin,
    url.href,
  )
  return addresses
}
