// The Transport contract over undici: one Client a socket, one request a socket at a time, so that nothing queues inside.
// Deadlines, moments and byte counts are ours: undici's own timers are good to about half a second.
import type { Line } from './line.ts'
import type { Live, LiveTransport } from './live.ts'
import { LiveDoor } from './live-door.ts'
import { patched } from './patched.ts'
import { throughProxy } from './through-proxy.ts'
import type { Lane, Prepared, Receiver, Sending, TransportOptions, WireRequest } from './transport.ts'
import { UndiciExchange } from './undici-exchange.ts'
import { Lines } from './undici-line.ts'

export function createUndiciTransport(options: TransportOptions): LiveTransport {
  return new UndiciTransport(options)
}

class UndiciTransport implements LiveTransport {
  readonly name = 'undici'
  readonly shared: Lane
  readonly #options: TransportOptions
  readonly #lines: Lines
  readonly #door: LiveDoor

  constructor(options: TransportOptions) {
    this.#options = options
    this.#lines = new Lines(options)
    this.#door = new LiveDoor(options)
    this.shared = this.lane()
  }

  get sockets(): number {
    return this.#lines.count + this.#door.sockets
  }

  prepare(request: WireRequest): Prepared {
    return { request }
  }

  lane(): Lane {
    const idle = new Map<string, Line[]>()
    let isClosed = false
    const giveBack = (line: Line, isUsable: boolean): void => {
      if (!isUsable || isClosed) void this.#lines.discard(line)
      else rest(idleLines(idle, line.origin), line)
    }
    return {
      send: ({ request }, patch, receiver) => {
        const line = idle.get(request.origin)?.pop() ?? this.#lines.open(request.origin, request.connectTimeoutMs)
        if (line === null) return null
        line.leave = null
        return this.#exchange(line, patched(request, patch), receiver, giveBack)
      },
      close: () => {
        isClosed = true
        for (const lines of idle.values()) for (const line of lines.splice(0)) void this.#lines.discard(line)
      },
    }
  }

  live(): Promise<Live> {
    return this.#door.open()
  }

  async close(): Promise<void> {
    await Promise.all([this.#lines.close(), this.#door.close()])
  }

  #exchange(line: Line, request: WireRequest, receiver: Receiver, giveBack: (line: Line, isUsable: boolean) => void): Sending {
    const { now } = this.#options
    const proxy = this.#lines.dialler.tellsProxy(request.origin)
    const onEnd = (isUsable: boolean): void => giveBack(line, isUsable)
    const exchange = new UndiciExchange({ line, request: proxy === null ? request : throughProxy(request, proxy), now, receiver, onEnd })
    exchange.start()
    return exchange
  }
}

function rest(lines: Line[], line: Line): void {
  lines.push(line)
  line.leave = () => {
    const at = lines.indexOf(line)
    if (at >= 0) lines.splice(at, 1)
  }
}

function idleLines(idle: Map<string, Line[]>, origin: string): Line[] {
  const known = idle.get(origin)
  if (known !== undefined) return known
  const lines: Line[] = []
  idle.set(origin, lines)
  return lines
}
