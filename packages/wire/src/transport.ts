// The Transport contract: one request in, exactly one answer out. Knows nothing of plans, shoppers or statistics.
//
//   now()     send       connected    greeted (TLS)   first byte       last byte
//     ├─────────┼────────────┼─────────────┼──────────────┼──────────────┤
//            sentMs      connectMs    handshakeMs    firstByteMs      doneMs
//
// Laws (transport-laws.ts holds them against every implementation):
//  1. The receiver is told exactly once for every `send` that returned something, after `send` has returned; never when it returned null.
//  2. `send` never waits: a socket is idle, or a new one may be opened, or null says that the ceiling is reached.
//  3. Nothing is thrown: whatever a server does is an answer with a cause.
//  4. Deadlines are kept to a few ms; a request that ran out of time or was cancelled closes its socket.
//  5. No answer is ever given to another request.
//  6. An answer's header and body are views: they hold until `landed` returns, and for good once `keep` was called in it.

/** Milliseconds on one monotonic clock; handed in, so that all moments of a run share one zero. */
export type Now = () => number

/** A body read from a file while it is sent, so that its size costs no memory. `bytes` is its length, told to the server beforehand. */
export type FileBody = { readonly file: string; readonly bytes: number }

export type Body = string | Uint8Array | FileBody | null

export type Headers = Readonly<Record<string, string>>

export type WireRequest = {
  /** Scheme, host and port, as `URL.origin` writes it. */
  readonly origin: string
  readonly method: string
  /** Path and query, starting with `/`. */
  readonly path: string
  readonly headers: Headers
  readonly body: Body
  /** From `send` to the last byte, ms above 0. */
  readonly timeoutMs: number
  /** From `send` to a usable socket (TLS included), ms above 0. */
  readonly connectTimeoutMs: number
  /** From `send` to the first byte of the answer, ms above 0; Infinity: only the whole counts. */
  readonly firstByteTimeoutMs: number
  /** `errors`: at most 64 KiB, of statuses from 400 on. What is not kept is counted and thrown away. */
  readonly keepBody: 'whole' | 'errors' | 'none'
}

/** What one sending has differently from what was prepared. Its headers replace prepared ones of the same name. */
export type Patch = { readonly path?: string; readonly headers?: Headers; readonly body?: Body }

/** A request whose bytes are worked out, for any number of sendings on any lane of the transport that prepared it. */
export interface Prepared {
  readonly request: WireRequest
}

export type Moments = {
  readonly sentMs: number
  readonly doneMs: number
  /** Bytes of this exchange, heads included; with TLS, what went through it. */
  readonly bytesIn: number
  readonly bytesOut: number
  /** Time it took to open the socket, and to greet over TLS; inside the response time. Null when an open socket was used, or no TLS. */
  readonly connectMs: number | null
  readonly handshakeMs: number | null
  /** What the lane's link added between `sentMs` and `doneMs`; 0 without a link. The rest is the server's time and the wire's. */
  readonly linkMs: number
}

export interface Answered extends Moments {
  readonly kind: 'answered'
  readonly status: number
  readonly firstByteMs: number
  /** First value of a header by lower-case name. */
  header(name: string): string | undefined
  /** Every value of a header by lower-case name, in order: one a line, never split at commas. */
  headers(name: string): readonly string[]
  /** Status line and headers as bytes, for a search; as they came, or as HTTP/1 would write them. It keeps the answer. */
  head(): Uint8Array
  /** Null unless it was kept; as it came, not unpacked. */
  readonly body: Uint8Array | null
  /** Makes header and body outlive the call of `landed`. */
  keep(): void
}

/**
 * Stable causes: `dns`, `refused`, `unreachable`, `reset`, `connect-timeout`, `tls:<code>`, `first-byte-timeout`, `timeout`, `truncated`,
 * `malformed:<why>`, `too-large`, `cancelled`, `guard` (the host was never approved), `unsendable` (no HTTP request can carry it),
 * `proxy:<why>` (there was no way through the proxy), `socket:<code>`.
 */
export interface Broken extends Moments {
  readonly kind: 'broken'
  readonly cause: string
}

/** This machine had no descriptor, port or memory for a socket: our limit, not the target's. */
export interface Unsent extends Moments {
  readonly kind: 'unsent'
  readonly cause: 'descriptors' | 'ports' | 'memory'
}

export type WireAnswer = Answered | Broken | Unsent

export interface Receiver {
  landed(answer: WireAnswer): void
}

/** A request under way. Cancelling it twice, or after it has landed, does nothing. */
export interface Sending {
  cancel(): void
}

/** A set of sockets that one shopper, or everybody, uses again and again. */
export interface Lane {
  /** Null: the ceiling on sockets is reached and nothing was sent. */
  send(prepared: Prepared, patch: Patch | null, receiver: Receiver): Sending | null
  /** Closes its idle sockets; requests under way end as they would, and their sockets with them. */
  close(): void
}

/**
 * The shopper's own line to the shop, as a phone has it. A request goes out half a round trip after `send` (a new connection costs one more for
 * TCP and one for TLS 1.3), its answer is seen half a round trip after its last byte was read. Bytes are read no faster than the line carries
 * them; what it does not read waits in the server's buffers.
 */
export type Link = {
  /** ms ≥ 0. */
  readonly roundTripMs: number
  /** Above 0; Infinity: as fast as they come. */
  readonly readBytesPerSec: number
}

export interface Transport {
  readonly name: string
  /** Never throws: a request that cannot be sent ends as `unsendable`. */
  prepare(request: WireRequest): Prepared
  /** The lane that everybody shares. */
  readonly shared: Lane
  /** A new lane without a socket yet: a new shopper. Only HTTP/1.1 of our own knows links; elsewhere a lane has none. */
  lane(link?: Link): Lane
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

/** What an origin is reached through. */
export type HttpProxy = {
  /** Scheme (http or https), host and port. */
  readonly origin: string
  /** Where it may be connected at, as `Approved` has it. */
  readonly addresses: readonly string[]
  /** Value of `Proxy-Authorization`; it goes to the proxy alone. */
  readonly authorization: string | undefined
}

/** How many sockets may be open; one for all transports that share it. */
export interface Budget {
  /** False: none is left, and none was taken. */
  take(): boolean
  give(): void
}

export type TlsOptions = {
  /** False: certificates are not checked. Default true. */
  readonly checkCertificates?: boolean
  /** Certificates (PEM) of authorities that are trusted in place of the usual ones. */
  readonly authorities?: string
  /** Our own certificate and its key, PEM. */
  readonly certificate?: string
  readonly key?: string
  readonly passphrase?: string
  /** True: a new connection takes up the session of an earlier one to the same origin. Default false: every handshake is a whole one. */
  readonly resumes?: boolean
  /** The one version that is offered. Default: what Node offers. */
  readonly only?: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'
}

export type TransportOptions = {
  readonly now: Now
  readonly approved: Approved
  readonly budget: Budget
  /** Bodies above this many bytes fail as `too-large`. Default 64 MiB. */
  readonly mostBodyBytes?: number
  readonly tls?: TlsOptions
  /** Addresses of this machine that connections leave from, in turn. None: the system chooses. */
  readonly localAddresses?: readonly string[]
  /** The port that an origin is connected at, where that is not its own. */
  readonly portOf?: (origin: string) => number | undefined
  /** Null: that origin is connected to directly, like all of them when this is not given. Only transports over undici know proxies. */
  readonly proxyOf?: (origin: string) => HttpProxy | null
}
