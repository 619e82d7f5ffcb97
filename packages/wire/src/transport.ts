// The Transport contract: one request in, exactly one answer out. Knows nothing of plans, shoppers or statistics.
//
//   now()     send          connect     first byte       last byte
//     ├─────────┼──────────────┼────────────┼───────────────┤
//             sentMs        connectMs   firstByteMs       doneMs
//
// Laws (transport-laws.ts holds them against every implementation):
//  1. `onDone` is called exactly once for every `send` that returned a cancel function, and never when it returned null.
//  2. `send` never waits: a socket is idle, or a new one may be opened, or null says that the ceiling is reached.
//  3. Nothing is thrown: whatever a server does is an answer with a cause.
//  4. Deadlines are kept to a few ms; a request that ran out of time or was cancelled closes its socket.
//  5. No answer is ever given to another request.

/** Milliseconds on one monotonic clock; handed in, so that all moments of a run share one zero. */
export type Now = () => number

export type WireRequest = {
  /** Scheme, host and port, as `URL.origin` writes it. */
  readonly origin: string
  readonly method: string
  /** Path and query, starting with `/`. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | null
  /** From `send` to the last byte, ms above 0. */
  readonly timeoutMs: number
  /** From `send` to a usable socket (TLS included), ms above 0. */
  readonly connectTimeoutMs: number
  /** False: the body is counted and thrown away. */
  readonly keepBody: boolean
}

export type Moments = {
  readonly sentMs: number
  readonly doneMs: number
  /** Bytes on the socket for this exchange, TLS framing included where there is TLS. */
  readonly bytesIn: number
  readonly bytesOut: number
  /** Time it took to open the socket, inside the response time; null when an open one was used. */
  readonly connectMs: number | null
}

export type Answered = Moments & {
  readonly kind: 'answered'
  readonly status: number
  readonly firstByteMs: number
  /** First value of a header by lower-case name. */
  readonly header: (name: string) => string | undefined
  /** Null unless `keepBody` was asked for. */
  readonly body: Uint8Array | null
}

/**
 * Stable causes: `dns`, `refused`, `reset`, `connect-timeout`, `tls:<code>`, `timeout`, `truncated`, `malformed:<why>`, `too-large`,
 * `unreachable`, `cancelled`, `guard` (the host was never approved), `socket:<code>`.
 */
export type Broken = Moments & { readonly kind: 'broken'; readonly cause: string }

/** This machine had no descriptor, port or memory for a socket: our limit, not the target's. */
export type Unsent = Moments & { readonly kind: 'unsent'; readonly cause: 'descriptors' | 'ports' | 'memory' }

export type WireAnswer = Answered | Broken | Unsent
export type OnDone = (answer: WireAnswer) => void
export type Cancel = () => void

/** A set of sockets that one shopper, or everybody, uses again and again. */
export interface Lane {
  /** Null: the ceiling on sockets is reached and nothing was sent. */
  send(request: WireRequest, onDone: OnDone): Cancel | null
  /** Closes its idle sockets; requests under way end as they would. */
  close(): void
}

export interface Transport {
  readonly name: string
  /** The lane that everybody shares. */
  readonly shared: Lane
  /** A new lane without a socket yet: a new shopper. */
  lane(): Lane
  /** Sockets open or being opened, now. */
  readonly sockets: number
  /** Cancels what is under way and closes every socket. */
  close(): Promise<void>
}

/**
 * Addresses that an origin may be connected at, in order of preference; undefined: it was never approved. Names are not looked up
 * anywhere else, so that what was judged is what is connected to.
 */
export type Approved = (origin: string) => readonly string[] | undefined

export type TransportOptions = {
  readonly now: Now
  readonly approved: Approved
  /** Most sockets at once. */
  readonly mostSockets: number
  /** Bodies and header sections above this many bytes fail as `too-large`. Default 64 MiB. */
  readonly mostBodyBytes?: number
  /** False: certificates are not checked. Default true. */
  readonly checkCertificates?: boolean
}
