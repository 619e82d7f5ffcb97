// Puts a shop together from its parts: database, manner, HTTP server. Knows nothing of the process it runs in.
import type { Server } from 'node:http'
import { createCatalogue } from './catalogue.ts'
import { inTransaction, openDatabase } from './database.ts'
import { hardenedManner } from './hardened.ts'
import type { MannerName, Stockroom } from './manner.ts'
import { naiveManner } from './naive.ts'
import type { Pay } from './payment.ts'
import { createSales } from './sales.ts'
import { createShopServer } from './server.ts'

export type ShopPlan = {
  readonly manner: MannerName
  readonly db: string
  readonly products: number
  readonly stockEach: number
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

export function openShop(plan: ShopPlan): OpenShop {
  const database = openDatabase(plan.db, plan)
  const stockroom: Stockroom = {
    catalogue: createCatalogue(database),
    sales: createSales(database),
    pay: plan.pay,
    inTransaction: (work) => inTransaction(database, work),
    onFailure: plan.onFailure,
  }
  const server = createShopServer({ ...stockroom, manner: manners[plan.manner](stockroom) }, plan.onFailure)
  return { server, close: () => database.close() }
}
