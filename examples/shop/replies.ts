// An answer as a value, before it becomes bytes on a socket.
import type { ServerResponse } from 'node:http'

export type Headers = Readonly<Record<string, string | string[]>>

export type Reply = {
  readonly status: number
  readonly type: 'text/html; charset=utf-8' | 'application/json' | 'text/plain; version=0.0.4; charset=utf-8'
  readonly body: string | Uint8Array
  readonly headers?: Headers
}

/** An answer that goes on: `stream` writes to the response, and stops by itself when that is closed. */
export type Streamed = { readonly status: 200; readonly type: 'text/event-stream'; readonly stream: (response: ServerResponse) => void }

/** What only its shopper may see: no cache keeps it. */
export const privately: Headers = { 'cache-control': 'private, no-store' }

export function html(body: string | Uint8Array, headers: Headers = {}): Reply {
  return { status: 200, type: 'text/html; charset=utf-8', body, headers }
}

export function json(status: number, value: object, headers: Headers = {}): Reply {
  return { status, type: 'application/json', body: JSON.stringify(value), headers }
}

/** `error` is for programs, `message` for people. */
export function refuse(status: number, error: string, message: string, headers: Headers = {}): Reply {
  return json(status, { error, message }, headers)
}
