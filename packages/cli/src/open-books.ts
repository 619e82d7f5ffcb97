// The shop's books beside one run, and the count of what its origin did: opened when the plan says where they are, and closed with it.
import type { Clock } from '@doorbuster/generator'
import type { RunEnd, RunStart, TargetFigure } from '@doorbuster/measurements'
import type { Plan } from '@doorbuster/plan'
import { herdSpans } from '@doorbuster/plan'
import type { Approval } from './approve.ts'
import { OriginBooks } from './origin-books.ts'
import { originCount } from './origin-count.ts'
import type { ShopBooksOptions } from './shop-books.ts'
import { ShopBooks } from './shop-books.ts'
import { openShopReader } from './shop-reader.ts'
import { openTargetPages } from './target/target-pages.ts'
import type { WayOut } from './transport-of-run.ts'

export type OpenBooks = {
  /** Before the first arrival: what is there to be sold; and from then on a look now and then. */
  readonly before: () => Promise<void>
  /** When the run's zero is put where it belongs. */
  readonly begin: () => void
  readonly after: (end: RunEnd) => Promise<void>
  readonly close: () => Promise<void>
}

type Given = Pick<Approval, 'approved' | 'caps' | 'grounds'> & { readonly plan: Plan; readonly way: WayOut }
type Beside = Pick<ShopBooksOptions, 'now' | 'tell' | 'open'> & {
  readonly start: RunStart
  readonly clock: Clock
  readonly tellTarget: (figure: TargetFigure) => void
  /** What every request says of the run. */
  readonly headers: Readonly<Record<string, string>>
}

/** What the plan names, the shop's books first. */
export async function openBooks(given: Given, beside: Beside): Promise<readonly OpenBooks[]> {
  const all = [await openShopBooks(given, beside), await openOriginBooks(given, beside), openPages(given, beside)]
  return all.filter((books) => books !== null)
}

async function openShopBooks({ plan, approved, caps, way }: Given, { start, ...beside }: Beside): Promise<OpenBooks | null> {
  const { orders } = plan
  if (orders === undefined || !hasBooks(plan)) return null
  const reader = await openShopReader(plan, approved, way)
  const books = new ShopBooks({ ...beside, orders, reader, maxRatePerSec: caps.maxRatePerSec })
  return {
    before: async () => {
      await books.before()
      if (socketsOfBooks(plan, caps) > 0 && hasRoom(caps, start)) books.start()
    },
    begin: () => {},
    // Who was stopped for what he asked of whom asks nothing more.
    after: (end) => (end.stoppedBy === 'guard' ? books.stop() : books.after()),
    close: async () => {
      await books.stop()
      await reader.close()
    },
  }
}

async function openOriginBooks({ plan, approved, caps, way }: Given, { now, tell }: Beside): Promise<OpenBooks | null> {
  const { origin, model } = plan
  const herds = model.kind === 'open' ? herdSpans(model.traffic) : []
  if (origin === undefined || herds.length === 0) return null
  if (socketsOfBooks(plan, caps) === 0) {
    const because = 'the hard cap of sockets leaves none to read the count with'
    const before = async (): Promise<void> => tell({ kind: 'origin', atMs: 0, herd: 1, before: null, after: null, because })
    return { before, begin: () => {}, after: async () => {}, close: async () => {} }
  }
  const reader = await openShopReader(plan, approved, way)
  const books = new OriginBooks({ herds, read: () => originCount(reader, origin), now, tell })
  return {
    before: () => books.before(),
    begin: () => books.begin(),
    after: (end) => (end.stoppedBy === 'guard' ? books.stop() : books.after(end)),
    close: async () => {
      await books.stop()
      await reader.close()
    },
  }
}

function openPages({ plan, caps, grounds, way }: Given, { start, clock, headers, tellTarget: tell }: Beside): OpenBooks | null {
  const { metrics: pages = [], target } = plan
  if (pages.length === 0) return null
  const atTarget = pages.filter(({ url }) => new URL(url).host === new URL(target).host).length
  const hasSockets = socketsOfBooks(plan, caps) > 0
  if (hasSockets && (atTarget === 0 || hasRoom(caps, start, atTarget)))
    return openTargetPages({ pages, grounds, way, clock, headers, tell })
  const because = `the hard cap of ${hasSockets ? 'requests a second' : 'sockets'} leaves none to read the page with`
  const before = (): Promise<void> => {
    for (const { name } of pages) tell({ kind: 'silence', atMs: 0, page: name, because })
    return Promise.resolve()
  }
  return { before, begin: () => {}, after: async () => {}, close: async () => {} }
}

/** How many sockets of a capped run are left to what is read beside it: one for each reader, none where shoppers would have none. */
export function socketsOfBooks(plan: Plan, { maxSockets }: Approval['caps']): number {
  const readers = (hasBooks(plan) ? 1 : 0) + (plan.origin === undefined ? 0 : 1) + (plan.metrics?.length ?? 0)
  return maxSockets === null || maxSockets > readers ? readers : 0
}

function hasBooks({ orders }: Plan): boolean {
  return orders?.count !== undefined || orders?.order !== undefined
}

/** So many requests a second more must fit under the hard cap, if there is one. */
function hasRoom({ maxRatePerSec }: Approval['caps'], { peak }: RunStart, more = 1): boolean {
  return maxRatePerSec === null || (peak !== null && peak.perSec + more <= maxRatePerSec)
}
