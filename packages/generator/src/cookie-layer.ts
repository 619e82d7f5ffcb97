// The layer that sends a shopper's cookies and keeps those that answers set; also what a journey sees of them.
import type { Cookies, Plan } from '@doorbuster/plan'
import type { Answered, Headers } from '@doorbuster/wire'
import type { Clock } from './clock.ts'
import type { JourneyErrand } from './journey-errand.ts'
import type { Destination, Layer, LayerMaker } from './layers.ts'
import { ShopperCookies } from './shopper-cookies.ts'

/** Null where a plan keeps none: a cookie header of the plan's own is what it wants sent. */
export function cookieLayers({ cookies, headers, target }: Plan, clock: Clock): LayerMaker | null {
  if (!cookies || headers.cookie !== undefined) return null
  return () => new CookieLayer(clock, target)
}

/** @throws Error where the plan keeps none */
export function cookiesIn(layers: readonly Layer[]): Cookies {
  const found = layers.find((layer) => layer instanceof CookieLayer)
  if (found === undefined) throw new Error('this plan keeps no cookies: it says cookies: false, or sends a cookie header of its own')
  return found
}

class CookieLayer implements Layer, Cookies {
  readonly #clock: Clock
  readonly #target: string
  /** Null until there is one: many shops set none. */
  #cookies: ShopperCookies | null = null

  constructor(clock: Clock, target: string) {
    this.#clock = clock
    this.#target = target
  }

  sending({ origin, path }: Destination): Headers | undefined {
    return this.#cookies?.headersTo(origin, path)
  }

  answered(answer: Answered, { to }: JourneyErrand): void {
    const lines = answer.headers('set-cookie')
    if (lines.length > 0) this.#keep(lines, `${to.origin}${to.path}`)
  }

  get(name: string): string | undefined {
    return this.#cookies?.of(this.#target).find(({ key }) => key === name)?.value
  }

  set(name: string, value: string): void {
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name) || !/^[!#-+\--:<-[\]-~]*$/.test(value))
      throw new TypeError(
        `a cookie that HTTP can carry has a name of letters and digits, and a value without blanks, quotes, "," and ";": ${name}`,
      )
    this.#keep([`${name}=${value}; Path=/`], this.#target)
  }

  delete(name: string): void {
    const found = this.#cookies?.of(this.#target).filter(({ key }) => key === name)
    if (found !== undefined) this.#cookies?.remove(found)
  }

  clear(): void {
    this.#cookies = null
  }

  #keep(lines: readonly string[], url: string): void {
    this.#cookies ??= new ShopperCookies(this.#clock)
    this.#cookies.keep(lines, url)
  }
}
