// The cookies of one shopper, as a browser would keep them: domain, path, Secure and expiry are tough-cookie's to judge (RFC 6265bis).
// Secure cookies go to 127.0.0.1, ::1 and localhost over plain http too, as in browsers, which trust this machine.
//
// Nothing is looked up for a request as long as no answer has set a cookie since: the header stands ready by origin, or by origin and path
// where a cookie is bound to one.
import type { Headers } from '@doorbuster/wire'
import type { Cookie } from 'tough-cookie'
import { CookieJar } from 'tough-cookie'
import type { Clock } from './clock.ts'

/** Of one shopper; the one that was set longest ago goes first. Chromium keeps 180 a site, and 4,096 bytes of a cookie. */
const mostCookies = 180
const mostCookieCharacters = 4_096
const mostPlacesReady = 50

type Kept = { readonly cookie: Cookie; readonly endsMs: number }

export class ShopperCookies {
  readonly #clock: Clock
  readonly #jar = new CookieJar()
  /** Every cookie there is, the one that was set longest ago first. */
  readonly #kept = new Map<string, Kept>()
  readonly #ready = new Map<string, Headers | undefined>()
  #isBoundToPaths = false
  /** When the next of the cookies ends, and what stands ready with it. */
  #endsMs = Number.POSITIVE_INFINITY

  constructor(clock: Clock) {
    this.#clock = clock
  }

  headersTo(origin: string, path: string): Headers | undefined {
    if (this.#clock.now() >= this.#endsMs) this.#changed()
    const place = this.#isBoundToPaths ? origin + path.replace(/[?#].*$/, '') : origin
    if (this.#ready.has(place)) return this.#ready.get(place)
    const text = this.#jar.getCookieStringSync(`${origin}${path}`)
    const headers = text === '' ? undefined : { cookie: text }
    if (this.#ready.size < mostPlacesReady) this.#ready.set(place, headers)
    return headers
  }

  /** On whatever path of that URL's host. */
  of(url: string): readonly Cookie[] {
    return this.#jar.getCookiesSync(url, { allPaths: true })
  }

  /** What a browser would refuse is left out without a word: a shop may send anything. */
  keep(lines: readonly string[], url: string): void {
    for (const line of lines.slice(0, mostCookies)) if (line.length <= mostCookieCharacters) this.#keep(line, url)
    this.#changed()
  }

  remove(cookies: readonly Cookie[]): void {
    for (const cookie of cookies) this.#remove(cookie)
    this.#changed()
  }

  #keep(line: string, url: string): void {
    const cookie = this.#jar.setCookieSync(line, url, { ignoreError: true })
    if (cookie === undefined) return
    const leftMs = cookie.TTL()
    this.#kept.delete(nameOf(cookie))
    this.#kept.set(nameOf(cookie), { cookie, endsMs: this.#clock.now() + leftMs })
    if (leftMs <= 0) return this.#remove(cookie)
    const [[, oldest] = []] = this.#kept
    if (this.#kept.size > mostCookies && oldest !== undefined) this.#remove(oldest.cookie)
  }

  #remove(cookie: Cookie): void {
    this.#kept.delete(nameOf(cookie))
    // The store is the jar's own, in memory: it has removed it when this returns.
    this.#jar.store.removeCookie(cookie.domain, cookie.path, cookie.key, () => {})
  }

  #changed(): void {
    const nowMs = this.#clock.now()
    this.#ready.clear()
    this.#isBoundToPaths = false
    this.#endsMs = Number.POSITIVE_INFINITY
    for (const { cookie, endsMs } of this.#kept.values()) {
      if (endsMs <= nowMs) continue
      if (cookie.path !== '/') this.#isBoundToPaths = true
      this.#endsMs = Math.min(this.#endsMs, endsMs)
    }
  }
}

const nameOf = ({ domain, path, key }: Cookie): string => `${domain} ${path} ${key}`
