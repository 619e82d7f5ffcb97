// What a route is, and what of the shop it may use.
import type { Accounts } from './accounts.ts'
import type { Carts } from './carts.ts'
import type { Catalogue, Product } from './catalogue.ts'
import type { Exertion } from './exertion.ts'
import type { LoginLimit } from './login-limit.ts'
import type { Kind, Manner } from './manner.ts'
import type { Reply, Streamed } from './replies.ts'
import type { OwnedOrder, Sales } from './sales.ts'
import type { Sessions } from './sessions.ts'
import type { Traffic } from './traffic.ts'
import type { Visit } from './visit.ts'

export type Shop = {
  readonly exertion: Exertion
  readonly manner: Manner
  readonly catalogue: Catalogue
  readonly sales: Sales
  readonly carts: Carts
  readonly accounts: Accounts
  readonly sessions: Sessions
  readonly logins: LoginLimit
  readonly traffic: Traffic
  /** What one piece costs when it is paid for. */
  readonly tillCents: (product: Product) => number
  readonly mayRead: (order: OwnedOrder, account: number | undefined) => boolean
  /** Asks another system what goes with a product; the product page waits for it. */
  readonly recommend: () => Promise<void>
}

/** `part`: what stands in the path where the route has a gap, decoded. `body`: empty for all but a POST. */
export type Request = { readonly part: string; readonly body: string; readonly visit: Visit }

export type Route = {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: RegExp
  /** What the request waits for; `nothing` is answered at once in either manner. */
  readonly waitsAs: Kind | 'nothing'
  readonly answer: (shop: Shop, request: Request) => Reply | Streamed | Promise<Reply>
}
