// The contract of connections that stay open and bring messages: WebSockets and server-sent events. Knows nothing of shoppers or statistics.
//
//   open() ──▶ landed: the handshake, as an answer of its own ──▶ message … message ──▶ ended
//                └── not 101 (a socket) or no 200 of text/event-stream (events): nothing follows
//
// Laws (live-laws.ts holds them):
//  1. `landed` is told exactly once for every `open` that returned something, after `open` has returned; never when it returned null.
//  2. Messages come only between an answer that opened it and `ended`, which is told exactly once for each such answer.
//  3. Nothing is thrown: whatever a server does is an answer or an end with a cause.
//  4. A redirect is an answer, never followed: nothing is connected to that was not approved.
//  5. Each has a socket of its own, which counts against the ceiling from `open` until it is closed.
//  6. No message is longer than a cap; one that is ends the connection.
import type { Receiver, Transport, WireRequest } from './transport.ts'

export type LiveKind = { readonly kind: 'socket'; readonly protocols: readonly string[] } | { readonly kind: 'events' }

/** One message of a socket, or one event of a stream; `event` and `id` are the server's, of events alone. */
export type LiveMessage = {
  readonly atMs: number
  readonly data: string | Uint8Array
  readonly event: string | undefined
  readonly id: string | undefined
}

export interface LiveReceiver extends Receiver {
  message(message: LiveMessage): void
  /**
   * `cause` of a socket: the code it was closed with (`1006`: without a word), or `unreadable`: a message above the cap, or a frame that breaks
   * the protocol; of events: `end`, `truncated`, `too-large` or another of the wire's causes; of both `closed` where we closed it, and
   * `cancelled` where the transport did.
   */
  ended(cause: string, atMs: number): void
}

export interface LiveConnection {
  /** Sends a message over an open socket. False: it is not open, or the server does not read what was sent before. */
  send(data: string | Uint8Array): boolean
  /** Ends it, open or not yet: `cancelled` before it landed, `closed` after. Twice does nothing. */
  close(): void
}

export interface Live {
  /** Null: the ceiling on sockets is reached and nothing was sent. The request's body is not looked at. */
  open(kind: LiveKind, request: WireRequest, receiver: LiveReceiver): LiveConnection | null
  /** Sockets open or being opened, now. */
  readonly sockets: number
  close(): Promise<void>
}

/** A transport whose shoppers may hold live connections too; they are opened the same way and closed with it. */
export interface LiveTransport extends Transport {
  /** Loaded when it is first asked for. */
  live(): Promise<Live>
}

/** Longest message or event, in bytes. A queue ticker sends some hundred. */
export const mostMessageBytes = 1024 * 1024
