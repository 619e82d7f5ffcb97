// Puts a shop together from its parts: database, manner, faults, HTTP server. Knows nothing of the process it runs in.
import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import type { DatabaseSync } from 'node:sqlite'
import { createAccounts } from './accounts.ts'
import { createCarts } from './carts.ts'
import { createCatalogue, priceCentsOf } from './catalogue.ts'
import { inTransaction, openDatabase } from './database.ts'
import { watchExertion } from './exertion.ts'
import type { Faults } from './faults/faults.ts'
import { forgetful, overselling, repeatingIds, slowAnswer, yesterdaysCents } from './faults/faulty-parts.ts'
import { layersOf } from './faults/layers-of.ts'
import { readingRule } from './faults/reading-rule.ts'
import type { WaitingRoom } from './faults/waiting-room.ts'
import { fairRoom, unfairRoom } from './faults/waiting-room.ts'
import { hardenedManner } from './hardened.ts'
import { createLoginLimit, noLoginLimit } from './login-limit.ts'
import type { MannerName, Stockroom } from './manner.ts'
import { naiveManner } from './naive.ts'
import type { Pay } from './payment.ts'
import { serveQueueSocket } from './queue-socket.ts'
import type { Shop } from './route.ts'
import { createSales } from './sales.ts'
import { createShopServer } from './server.ts'
import { createSessions } from './sessions.ts'
import { createTraffic } from './traffic.ts'

export type ShopPlan = {
  readonly manner: MannerName
  readonly db: string
  readonly products: number
  readonly stockEach: number
  /** How long a cart holds its stock; 0 for not at all. */
  readonly holdMs: number
  /** Default: the manner's own number. */
  readonly workers?: number | undefined
  readonly faults: Faults
  readonly pay: Pay
  /** Hears of the shop's own mistakes; shoppers only get a 500. */
  readonly onFailure: (error: unknown) => void
}

export type OpenShop = {
  /** Not listening yet. */
  readonly server: Server
  /** Closes the database; requests still under way fail from here on. */
  readonly close: () => void
}

const manners = { naive: naiveManner, hardened: hardenedManner }
const nowMs = () => performance.now()

export function openShop(plan: ShopPlan): OpenShop {
  const { faults, onFailure } = plan
  const database = openDatabase(plan.db, plan)
  const exertion = watchExertion(database)
  const stockroom = stockroomOf(database, plan)
  const { catalogue } = stockroom
  const traffic = createTraffic(nowMs)
  const room = roomOf(faults)
  const delayMs = faults['slow-dependency']
  const shop: Shop = {
    ...stockroom,
    exertion,
    manner: manners[plan.manner](stockroom, { workers: plan.workers, neverRecovers: faults['no-recovery'] ?? false }),
    accounts: createAccounts(database),
    sessions: createSessions(faults['one-session-twice'] ? repeatingIds() : randomUUID),
    logins: faults['login-without-limit'] ? noLoginLimit : createLoginLimit(nowMs),
    traffic,
    tillCents: faults['price-drift'] ? yesterdaysCents : priceCentsOf,
    mayRead: readingRule(faults, traffic),
    recommend: delayMs === undefined ? atOnce : () => slowAnswer(delayMs),
  }
  const layers = layersOf(faults, { catalogue, traffic, room, nowMs, onFailure })
  const server = createShopServer(shop, { layers, onFailure })
  serveQueueSocket(server, room)
  const close = (): void => {
    exertion.stop()
    database.close()
  }
  return { server, close }
}

function stockroomOf(database: DatabaseSync, { faults, holdMs, pay, onFailure }: ShopPlan): Stockroom {
  const catalogue = createCatalogue(database)
  const honest = createSales(database)
  const unforgetting = faults.oversells ? overselling(honest, catalogue, nowMs) : honest
  const sales = faults['charges-twice'] ? forgetful(unforgetting) : unforgetting
  const keeps = faults['keeps-reserved'] ?? false
  const holding = { holdMs: keeps && holdMs === 0 ? Number.POSITIVE_INFINITY : holdMs, givesBack: !keeps }
  const carts = createCarts(database, sales, holding)
  return { catalogue, sales, carts, pay, inTransaction: (work) => inTransaction(database, work), onFailure }
}

function roomOf(faults: Faults): WaitingRoom | undefined {
  const { 'waiting-room': fair, 'waiting-room-unfair': unfair } = faults
  if (fair !== undefined) return fairRoom(fair, nowMs)
  return unfair === undefined ? undefined : unfairRoom(unfair, nowMs)
}

function atOnce(): Promise<void> {
  return Promise.resolve()
}
