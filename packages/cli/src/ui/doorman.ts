// Who may ask the live page's server for what. Pure: a request's head in, an answer or a permission out.
import { timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

export type Asked = { readonly method: string; readonly url: string; readonly headers: IncomingHttpHeaders }
export type Wanted = 'page' | 'events' | 'stop' | 'report'
export type Decision = Wanted | { readonly refused: 403 | 404 | 405 }

const places: Readonly<Record<string, { readonly wanted: Wanted; readonly method: 'GET' | 'POST' }>> = {
  '': { wanted: 'page', method: 'GET' },
  events: { wanted: 'events', method: 'GET' },
  stop: { wanted: 'stop', method: 'POST' },
  'report.html': { wanted: 'report', method: 'GET' },
}

/** `port` is the one that is listened on. */
export function admit({ method, url, headers }: Asked, token: string, port: number): Decision {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  // A page elsewhere can make its own name lead to this machine; the browser then says that name as host.
  if (!hosts.includes(headers.host ?? '')) return { refused: 403 }
  const [, given = '', place = ''] = /^\/([^/?#]*)\/([^/?#]*)$/.exec(url) ?? []
  if (!isSame(given, token)) return { refused: 403 }
  const known = Object.hasOwn(places, place) ? places[place] : undefined
  if (known === undefined) return { refused: 404 }
  if (method !== known.method) return { refused: 405 }
  if (known.method === 'POST' && !isOwnOrigin(headers, hosts)) return { refused: 403 }
  return known.wanted
}

/** A browser says where a POST comes from; what says nothing is no browser, and has the token. */
function isOwnOrigin({ origin }: IncomingHttpHeaders, hosts: readonly string[]): boolean {
  return origin === undefined || hosts.some((host) => origin === `http://${host}`)
}

function isSame(given: string, token: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(token)]
  return one.length === other.length && timingSafeEqual(one, other)
}
