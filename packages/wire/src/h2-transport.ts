// The Transport contract over HTTP/2. As a browser does it: one connection for each lane and origin carries up to 100 requests at once, or
// what the server allows when that is less; another is opened when all of them are full.

import { Deadlines } from './deadlines.ts'
import { Dialler } from './dialler.ts'
import type { H2Home, H2Pool } from './h2-connection.ts'
import { H2Connection } from './h2-connection.ts'
import type { Live, LiveTransport } from './live.ts'
import { LiveDoor } from './live-door.ts'
import { patched } from './patched.ts'
import type { Lane, Now, Patch, Prepared, Receiver, Sending, TransportOptions, WireRequest } from './transport.ts'

/** An idle connection is kept this long. */
const idleSocketMs = 15_000
const defaultMostBodyBytes = 64 * 1024 * 1024

export function createH2Transport(options: TransportOptions): LiveTransport {
  return new H2Transport(options)
}

class H2Transport implements LiveTransport, H2Home {
  readonly name = 'http/2'
  readonly shared: Lane
  readonly now: Now
  readonly deadlines: Deadlines
  readonly dialler: Dialler
  readonly mostBodyBytes: number
  readonly idleMs = idleSocketMs
  readonly #budget: TransportOptions['budget']
  readonly #open = new Set<H2Connection>()
  readonly #door: LiveDoor
  #isOpen = true

  constructor(options: TransportOptions) {
    this.#door = new LiveDoor(options)
    this.now = options.now
    this.deadlines = new Deadlines(options.now)
    this.dialler = new Dialler(options)
    this.mostBodyBytes = options.mostBodyBytes ?? defaultMostBodyBytes
    this.#budget = options.budget
    this.shared = this.lane()
  }

  get sockets(): number {
    return this.#open.size + this.#door.sockets
  }

  prepare(request: WireRequest): Prepared {
    return { request }
  }

  lane(): Lane {
    return new H2Lane(this)
  }

  /** Null: the ceiling is reached, or the transport closed. */
  connection(pool: H2Pool, { origin, connectTimeoutMs }: WireRequest): H2Connection | null {
    if (!this.#isOpen || !this.#budget.take()) return null
    const connection = new H2Connection(this, pool, origin, connectTimeoutMs)
    this.#open.add(connection)
    return connection
  }

  closed(connection: H2Connection): void {
    if (this.#open.delete(connection)) this.#budget.give()
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

class H2Lane implements Lane, H2Pool {
  readonly #transport: H2Transport
  readonly #byOrigin = new Map<string, H2Connection[]>()
  isOpen = true

  constructor(transport: H2Transport) {
    this.#transport = transport
  }

  send({ request }: Prepared, patch: Patch | null, receiver: Receiver): Sending | null {
    const connection = this.#connectionTo(request)
    return connection === null ? null : connection.send(patched(request, patch), receiver)
  }

  leave(connection: H2Connection): void {
    for (const connections of this.#byOrigin.values()) {
      const at = connections.indexOf(connection)
      if (at >= 0) connections.splice(at, 1)
    }
  }

  close(): void {
    this.isOpen = false
    for (const connections of this.#byOrigin.values()) {
      for (const connection of [...connections]) if (connection.isIdle) connection.close()
    }
  }

  #connectionTo(request: WireRequest): H2Connection | null {
    const connections = this.#byOrigin.get(request.origin) ?? []
    this.#byOrigin.set(request.origin, connections)
    const known = connections.find(({ hasRoom }) => hasRoom)
    if (known !== undefined) return known
    const made = this.#transport.connection(this, request)
    if (made !== null) connections.push(made)
    return made
  }
}
