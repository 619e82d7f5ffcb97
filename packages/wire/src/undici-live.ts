// Live connections over undici, on sockets of our own dialling: one client a connection, so that it goes where the guard approved and nowhere else.

import type { Live, LiveConnection, LiveKind, LiveReceiver } from './live.ts'
import { mostMessageBytes } from './live.ts'
import { LiveEvents } from './live-events.ts'
import { LiveSocket } from './live-socket.ts'
import { throughProxy } from './through-proxy.ts'
import type { TransportOptions, WireRequest } from './transport.ts'
import { Lines } from './undici-line.ts'

export function createLive(options: TransportOptions): Live {
  return new UndiciLive(options)
}

interface Held extends LiveConnection {
  start(): void
  stop(): void
}

class UndiciLive implements Live {
  readonly #options: TransportOptions
  readonly #lines: Lines
  readonly #held = new Set<Held>()
  #isOpen = true

  constructor(options: TransportOptions) {
    this.#options = options
    // A stream of events has no end that a cap on its whole could stand for.
    this.#lines = new Lines({ ...options, mostBodyBytes: -1 }, mostMessageBytes)
  }

  get sockets(): number {
    return this.#lines.count
  }

  open(kind: LiveKind, wanted: WireRequest, receiver: LiveReceiver): LiveConnection | null {
    const line = this.#isOpen ? this.#lines.open(wanted.origin, wanted.connectTimeoutMs) : null
    if (line === null) return null
    const onOver = (): void => {
      this.#held.delete(held)
      void this.#lines.discard(line)
    }
    const proxy = this.#lines.dialler.tellsProxy(wanted.origin)
    const request = proxy === null ? wanted : throughProxy(wanted, proxy)
    const options = { line, request, receiver, now: this.#options.now, onOver }
    const held: Held = kind.kind === 'socket' ? new LiveSocket(options, kind.protocols) : new LiveEvents(options)
    this.#held.add(held)
    held.start()
    return held
  }

  close(): Promise<void> {
    this.#isOpen = false
    for (const held of [...this.#held]) held.stop()
    return this.#lines.close()
  }
}
