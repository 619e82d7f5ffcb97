// The shop's books beside one run: opened when the plan says where they are, and closed with it.
import type { RunEnd, RunStart } from '@doorbuster/measurements'
import type { Plan } from '@doorbuster/plan'
import type { Approval } from './approve.ts'
import type { ShopBooksOptions } from './shop-books.ts'
import { ShopBooks } from './shop-books.ts'
import { openShopReader } from './shop-reader.ts'
import type { WayOut } from './transport-of-run.ts'

export type OpenBooks = {
  /** Before the first arrival: what is there to be sold; and from then on a look now and then. */
  readonly before: () => Promise<void>
  readonly after: (end: RunEnd) => Promise<void>
  readonly close: () => Promise<void>
}

type Given = Pick<Approval, 'approved' | 'caps'> & { readonly plan: Plan; readonly way: WayOut }
type Beside = Pick<ShopBooksOptions, 'now' | 'tell' | 'open'> & { readonly start: RunStart }

/** Null: the plan names no books. */
export async function openBooks({ plan, approved, caps, way }: Given, { start, ...beside }: Beside): Promise<OpenBooks | null> {
  const { orders } = plan
  if (orders === undefined || !hasBooks(plan)) return null
  const reader = await openShopReader(plan, approved, way)
  const books = new ShopBooks({ ...beside, orders, reader, maxRatePerSec: caps.maxRatePerSec })
  return {
    before: async () => {
      await books.before()
      if (socketsOfBooks(plan, caps) > 0 && hasRoom(caps, start)) books.start()
    },
    // Who was stopped for what he asked of whom asks nothing more.
    after: (end) => (end.stoppedBy === 'guard' ? books.stop() : books.after()),
    close: async () => {
      await books.stop()
      await reader.close()
    },
  }
}

/** How many sockets of a capped run are left to the shop's books while shoppers come: none where that would be the only one. */
export function socketsOfBooks(plan: Plan, { maxSockets }: Approval['caps']): 0 | 1 {
  return hasBooks(plan) && (maxSockets === null || maxSockets > 1) ? 1 : 0
}

function hasBooks({ orders }: Plan): boolean {
  return orders?.count !== undefined || orders?.order !== undefined
}

/** One request a second more must fit under the hard cap, if there is one. */
function hasRoom({ maxRatePerSec }: Approval['caps'], { peak }: RunStart): boolean {
  return maxRatePerSec === null || (peak !== null && peak.perSec + 1 <= maxRatePerSec)
}
