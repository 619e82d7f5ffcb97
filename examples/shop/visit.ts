// What a request says of itself before anybody has read its body.
import type { IncomingMessage } from 'node:http'

export type Visit = {
  readonly method: string
  readonly path: string
  /** After the question mark, still encoded; empty when there is none. */
  readonly query: string
  /** The Cookie header as it came. */
  readonly cookie: string
  readonly ip: string
}

export function visitOf({ method = 'GET', url = '/', headers, socket }: IncomingMessage): Visit {
  const queryAt = url.indexOf('?')
  return {
    method,
    path: queryAt < 0 ? url : url.slice(0, queryAt),
    query: queryAt < 0 ? '' : url.slice(queryAt + 1),
    cookie: headers.cookie ?? '',
    ip: socket.remoteAddress ?? '',
  }
}

export function queryOf({ query }: Visit, name: string): string | undefined {
  return new URLSearchParams(query).get(name) ?? undefined
}

/** The first cookie of that name. */
export function cookieOf({ cookie }: Visit, name: string): string | undefined {
  for (const pair of cookie.split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return undefined
}
