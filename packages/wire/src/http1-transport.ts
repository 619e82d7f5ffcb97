// The Transport contract over our own HTTP/1.1: sockets that read into one shared buffer, requests as prepared bytes, a parser that reads in place.

import type { Home, Pool } from './connection.ts'
import { Connection } from './connection.ts'
import { Deadlines } from './deadlines.ts'
import type { DialOptions } from './dial.ts'
import { usualTls } from './dial.ts'
import { Exchange } from './exchange.ts'
import { KnownHeads } from './known-heads.ts'
import type { Live, LiveTransport } from './live.ts'
import { LiveDoor } from './live-door.ts'
import { PreparedRequest } from './request-bytes.ts'
import type { Route } from './route.ts'
import { router } from './route.ts'
import type { Lane, Link, Now, Patch, Prepared, Receiver, Sending, TransportOptions, WireRequest } from './transport.ts'

/** An idle socket is kept this long unless the server asks for less. */
const idleSocketMs = 15_000
const defaultMostBodyBytes = 64 * 1024 * 1024
/** What one read takes at most. */
const bufferBytes = 65_536

export function createHttp1Transport(options: TransportOptions): LiveTransport {
  return new Http1Transport(options)
}

class Http1Transport implements LiveTransport, Home {
  readonly name = 'http/1.1'
  readonly shared: Lane
  readonly now: Now
  readonly deadlines: Deadlines
  readonly buffer = Buffer.allocUnsafeSlow(bufferBytes)
  readonly mostBodyBytes: number
  readonly knownHeads = new KnownHeads()
  readonly idleMs = idleSocketMs
  readonly #options: TransportOptions
  readonly #origins = new Map<string, number>()
  readonly #sessions = new Map<string, Buffer>()
  readonly #open = new Set<Connection>()
  readonly #routeTo: (origin: string) => Route | null
  readonly #door: LiveDoor
  #isOpen = true

  constructor(options: TransportOptions) {
    this.#door = new LiveDoor(options)
    this.#options = options
    this.now = options.now
    this.mostBodyBytes = options.mostBodyBytes ?? defaultMostBodyBytes
    this.#routeTo = router(options)
    this.deadlines = new Deadlines(options.now)
    this.shared = this.lane()
  }

  get sockets(): number {
    return this.#open.size + this.#door.sockets
  }

  prepare(request: WireRequest): Prepared {
    const { origin } = request
    const known = this.#origins.get(origin)
    if (known === undefined) this.#origins.set(origin, this.#origins.size)
    return new PreparedRequest(request, known ?? this.#origins.size - 1)
  }

  lane(link?: Link): Lane {
    return new Http1Lane(this, link ?? null)
  }

  /** Null: the ceiling is reached, or the transport closed. */
  connection(pool: Pool): Connection | null {
    if (!this.#isOpen || !this.#options.budget.take()) return null
    const connection = new Connection(this, pool)
    this.#open.add(connection)
    return connection
  }

  closed(connection: Connection): void {
    if (this.#open.delete(connection)) this.#options.budget.give()
  }

  dialOptions(origin: string, timeoutMs: number, onBytes: (length: number) => boolean): DialOptions | null {
    const { now, tls = usualTls } = this.#options
    const route = this.#routeTo(origin)
    if (route === null) return null
    return {
      ...route,
      now,
      timeoutMs,
      tls,
      protocols: ['http/1.1'],
      session: this.#sessions.get(origin),
      onSession: tls.resumes === true ? (session) => this.#sessions.set(origin, session) : undefined,
      onread: { buffer: this.buffer, callback: onBytes },
    }
  }

  live(): Promise<Live> {
    return this.#door.open()
  }

  close(): Promise<void> {
    this.#isOpen = false
    for (const connection of [...this.#open]) connection.fail('cancelled')
    this.deadlines.close()
    return this.#door.close()
  }
}

class Http1Lane implements Lane {
  readonly #transport: Http1Transport
  /** By the place of the origin in the transport's list. */
  readonly #pools: (IdlePool | undefined)[] = []
  readonly #link: Link | null
  #isOpen = true

  constructor(transport: Http1Transport, link: Link | null) {
    this.#transport = transport
    this.#link = link
  }

  send(prepared: Prepared, patch: Patch | null, receiver: Receiver): Sending | null {
    const request = prepared as PreparedRequest
    const pool = this.#pools[request.originIndex] ?? this.#newPool(request)
    const idle = pool.take(this.#transport)
    const connection = idle ?? this.#transport.connection(pool)
    if (connection === null) return null
    const exchange = new Exchange(request, patch, receiver, connection)
    connection.begin(exchange)
    if (idle === null) connection.open(request.request.connectTimeoutMs)
    return exchange
  }

  close(): void {
    this.#isOpen = false
    for (const pool of this.#pools) pool?.close()
  }

  #newPool({ originIndex, request }: PreparedRequest): IdlePool {
    const pool = new IdlePool(request.origin, this.#link)
    this.#pools[originIndex] = pool
    if (!this.#isOpen) pool.close()
    return pool
  }
}

/** Used last, taken first: few connections stay warm, the others grow old and are closed. */
class IdlePool implements Pool {
  readonly origin: string
  readonly link: Link | null
  readonly #idle: Connection[] = []
  isOpen = true

  constructor(origin: string, link: Link | null) {
    this.origin = origin
    this.link = link
  }

  take({ now, deadlines }: Home): Connection | null {
    for (let connection = this.#idle.pop(); connection !== undefined; connection = this.#idle.pop()) {
      deadlines.end(connection)
      if (!connection.mayBeGone || connection.isKeptAt(now())) return connection
      connection.close()
    }
    return null
  }

  rest(connection: Connection): void {
    this.#idle.push(connection)
  }

  leave(connection: Connection): void {
    const at = this.#idle.indexOf(connection)
    if (at >= 0) this.#idle.splice(at, 1)
  }

  close(): void {
    this.isOpen = false
    for (const connection of this.#idle.splice(0)) connection.close()
  }
}
