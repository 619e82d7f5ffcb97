// Journeys of people and programs that mean harm, on the level of the application: ordinary requests, each of which a browser could send. No
// tricks with packets, and nothing that hides who sends them. They go into classes with `hostile: true`, which only hosts get that allow it.
import type { Json } from './json.ts'
import type { Journey, Session } from './session.ts'

/** What a shop may well say to them without anything being wrong: yes, or any polite no. A 5xx is what they are after, and counts as failed. */
const expected: readonly number[] = [...Array.from({ length: 200 }, (_, nth) => 200 + nth), 400, 401, 403, 404, 405, 409, 410, 422, 429]

const below = (session: Session, most: number): number => Math.floor(session.random() * most)

function oneOf<Item>(session: Session, list: readonly Item[], what: string): Item {
  const item = list[below(session, list.length)]
  if (item === undefined) throw new RangeError(`${what} needs at least one to choose from`)
  return item
}

function withQuery(path: string, name: string, value: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(value)}`
}

/** A number that no cache has seen: 10 digits from the shopper's own chance. */
const fresh = (session: Session): string => String(1e9 + below(session, 9e9))

export type Pace = {
  /** How many requests of its kind; each maker says its default. */
  readonly times?: number
  /** Pause between them, as `s.think` takes it. */
  readonly every?: string | number
}

/** Pages with a query that no cache has seen, so that each is made anew. 20 times, 200 ms apart. Step `cache-busting`. */
function cacheBusting(paths: readonly string[], { times = 20, every = '200ms' }: Pace = {}): Journey {
  return async (s) => {
    for (let i = 0; i < times; i++) {
      await s.get(withQuery(oneOf(s, paths, 'cacheBusting'), 'cb', fresh(s)), { step: 'cache-busting', expect: expected })
      await s.think(every)
    }
  }
}

/** Three words at once, rarely the same three: searches that nothing prepared for. 20 times, 500 ms apart. Step `expensive-search`. */
function expensiveSearch(path: string, words: readonly string[], { times = 20, every = '500ms' }: Pace = {}): Journey {
  return async (s) => {
    for (let i = 0; i < times; i++) {
      const wanted = Array.from({ length: 3 }, () => oneOf(s, words, 'expensiveSearch')).join(' ')
      await s.get(withQuery(path, 'q', wanted), { step: 'expensive-search', expect: expected })
      await s.think(every)
    }
  }
}

/** Puts the same goods into the cart again and again, and buys nothing: what is reserved is gone for others. 10 times, 1 s apart. Step `cart-hoarding`. */
function cartHoarding(path: string, body: Json, { times = 10, every = '1s' }: Pace = {}): Journey {
  return async (s) => {
    for (let i = 0; i < times; i++) {
      await s.post(path, { json: body, step: 'cart-hoarding', expect: expected })
      await s.think(every)
    }
  }
}

export type LoginFields = Pace & {
  readonly user?: string
  readonly password?: string
  /** One account of the rehearsal's own whose password is guessed; default: a made-up name each time. */
  readonly account?: string
  /** How the fields are sent; default `form`. */
  readonly as?: 'form' | 'json'
}

/** Logins with wrong passwords, by default under made-up names (`@example.invalid`, which belongs to nobody). 20 times, 500 ms apart. Step `login-abuse`. */
function loginAbuse(path: string, given: LoginFields = {}): Journey {
  const { user = 'email', password = 'password', account, as = 'form', times = 20, every = '500ms' } = given
  return async (s) => {
    for (let i = 0; i < times; i++) {
      const fields = { [user]: account ?? `nobody-${fresh(s)}@example.invalid`, [password]: `wrong-${fresh(s)}` }
      await s.post(path, { [as]: fields, step: 'login-abuse', expect: expected })
      await s.think(every)
    }
  }
}

export type Drop = Pace & {
  /** Page that is looked at until the goods are there. */
  readonly watch: string
  /** Text on that page that says they are; default: any answer that is ok. */
  readonly until?: string
  /** Where the order goes, and what it holds. */
  readonly buy: string
  readonly order: Json
  /** The product, in a plan with `orders`: what bots buy is in the shop's books as well, and would be a mismatch otherwise. */
  readonly sku?: string
}

/** Looks at a page every 50 ms until the goods are there (at most 200 times), and orders at once. Steps `drop-watch` and `drop-order`. */
function dropBot({ watch, until, buy, order, sku, times = 200, every = '50ms' }: Drop): Journey {
  return async (s) => {
    for (let i = 0; i < times; i++) {
      const page = await s.get(watch, { step: 'drop-watch', expect: expected })
      const isThere = page.status >= 200 && page.status < 300 && (until === undefined || page.text().includes(until))
      if (isThere) {
        const told = sku === undefined ? {} : { order: { sku } }
        await s.post(buy, { json: order, ...told, step: 'drop-order', expect: expected })
        return
      }
      await s.think(every)
    }
  }
}

/** Every page of a list in turn, from a place of its own in it, at the same pace day and night. As many as the list has, 1 s apart. Step `scraping`. */
function scraper(paths: readonly string[], { times = paths.length, every = '1s' }: Pace = {}): Journey {
  return async (s) => {
    const first = below(s, paths.length)
    for (let i = 0; i < times; i++) {
      const path = paths[(first + i) % paths.length]
      if (path === undefined) throw new RangeError('scraper needs at least one path')
      await s.get(path, { step: 'scraping', expect: expected })
      await s.think(every)
    }
  }
}

export const hostile = { cacheBusting, expensiveSearch, cartHoarding, loginAbuse, dropBot, scraper } as const
