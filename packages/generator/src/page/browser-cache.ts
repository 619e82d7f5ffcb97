// One shopper's browser cache, as far as it decides what is asked for: RFC 9111 without bodies. Knows no sockets and reads no clock.
//
// `max-age` (less `Age`) and `Expires` make an answer fresh, `no-cache` never, `no-store` is not kept at all. What is not fresh is asked again, with
// its ETag or Last-Modified where it has one. Freshness is never guessed from Last-Modified. `immutable` says nothing without a lifetime.
// `Vary` is not looked at, since one shopper sends the same headers for an asset each time; `Vary: *` is never fresh.
import type { Headers } from '@doorbuster/wire'

export type Cached = {
  readonly freshUntilMs: number
  /** What asks whether it is still the same; undefined: nothing can. */
  readonly validators: Headers | undefined
  /** What a style sheet names. */
  readonly links: readonly string[]
}

export type Head = { header(name: string): string | undefined }

/** A shopper that looks at more than this in one visit starts over. */
const mostEntries = 500
/** RFC 9111 §1.2.2: as far as a number of seconds can say. */
const mostSeconds = 2_147_483_648

export class BrowserCache {
  readonly #entries = new Map<string, Cached>()

  find(url: string): Cached | undefined {
    return this.#entries.get(url)
  }

  /** After a whole answer, or a 304 that renews what was kept. */
  keep(url: string, head: Head, links: readonly string[], nowMs: number): void {
    const directives = directivesIn(head.header('cache-control'))
    if (directives.has('no-store')) return void this.#entries.delete(url)
    if (this.#entries.size >= mostEntries && !this.#entries.has(url)) this.#entries.clear()
    const validators = validatorsOf(head) ?? this.#entries.get(url)?.validators
    this.#entries.set(url, { freshUntilMs: nowMs + lifetimeMs(head, directives), validators, links })
  }
}

function lifetimeMs(head: Head, directives: ReadonlyMap<string, string>): number {
  if (directives.has('no-cache') || head.header('vary')?.trim() === '*') return 0
  const maxAge = directives.get('max-age')
  const seconds = maxAge === undefined ? expiresInSec(head) : Math.min(mostSeconds, digits(maxAge) ?? 0)
  return Math.max(0, seconds - (digits(head.header('age') ?? '') ?? 0)) * 1e3
}

/** Seen from the server's own clock; without it nobody can tell. */
function expiresInSec(head: Head): number {
  const seconds = (Date.parse(head.header('expires') ?? '') - Date.parse(head.header('date') ?? '')) / 1e3
  return Number.isFinite(seconds) ? Math.min(mostSeconds, Math.max(0, seconds)) : 0
}

function validatorsOf(head: Head): Headers | undefined {
  const etag = head.header('etag')
  const lastModified = head.header('last-modified')
  if (etag === undefined && lastModified === undefined) return undefined
  return {
    ...(etag !== undefined && { 'if-none-match': etag }),
    ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
  }
}

function directivesIn(cacheControl: string | undefined): ReadonlyMap<string, string> {
  const pairs = (cacheControl ?? '').split(',').map((part) => part.split('=', 2))
  return new Map(pairs.map(([name = '', value = '']) => [name.trim().toLowerCase(), value.trim().replace(/^"|"$/g, '')]))
}

const digits = (text: string): number | undefined => (/^\d{1,15}$/.test(text.trim()) ? Number(text) : undefined)
