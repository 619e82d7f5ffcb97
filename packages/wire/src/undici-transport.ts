// The Transport contract over undici: one Client a socket, one request a socket at a time, so that nothing queues inside.
// Deadlines, moments and byte counts are ours: undici's own timers are good to about half a second.
import { Client } from 'undici'
import { connect } from './connect.ts'
import type { Line } from './line.ts'
import type { Cancel, Lane, OnDone, Transport, TransportOptions, WireRequest } from './transport.ts'
import { Exchange } from './undici-exchange.ts'

/** An idle socket is kept this long unless the server asks for less. */
const idleSocketMs = 15_000
const defaultMostBodyBytes = 64 * 1024 * 1024

export function createUndiciTransport(options: TransportOptions): Transport {
  return new UndiciTransport(options)
}

class UndiciTransport implements Transport {
  readonly name = 'undici'
  readonly shared: Lane
  readonly #options: TransportOptions
  readonly #open = new Set<Line>()
  #turn = 0

  constructor(options: TransportOptions) {
    this.#options = options
    this.shared = this.lane()
  }

  get sockets(): number {
    return this.#open.size
  }

  lane(): Lane {
    const idle = new Map<string, Line[]>()
    let isClosed = false
    const giveBack = (line: Line, isUsable: boolean): void => {
      if (!isUsable || isClosed) this.#discard(line)
      else rest(idleLines(idle, line.origin), line)
    }
    return {
      send: (request, onDone) => {
        const line = idle.get(request.origin)?.pop() ?? this.#newLine(request)
        if (line === null) return null
        line.leave = null
        return this.#exchange(line, request, onDone, giveBack)
      },
      close: () => {
        isClosed = true
        for (const lines of idle.values()) for (const line of lines.splice(0)) this.#discard(line)
      },
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((line) => this.#discard(line)))
  }

  #newLine({ origin, connectTimeoutMs }: WireRequest): Line | null {
    const { approved, mostSockets, mostBodyBytes = defaultMostBodyBytes, checkCertificates = true, now } = this.#options
    if (this.#open.size >= mostSockets) return null
    const client = new Client(origin, {
      pipelining: 1,
      allowH2: false,
      headersTimeout: 0,
      bodyTimeout: 0,
      connectTimeout: 0,
      keepAliveTimeout: idleSocketMs,
      maxResponseSize: mostBodyBytes,
      connect: (_unused, done) => {
        const startMs = now()
        const turn = this.#turn++
        line.abandon = connect({ origin, approved, timeoutMs: connectTimeoutMs, checkCertificates, turn }, (error, socket) => {
          line.abandon = null
          if (socket === null) return done(error ?? new Error('no socket'), null)
          Object.assign(line, { socket, connectMs: now() - startMs, bytesRead: 0, bytesWritten: 0 })
          done(null, socket)
        })
      },
    })
    const line: Line = { origin, client, socket: null, connectMs: null, bytesRead: 0, bytesWritten: 0, leave: null, abandon: null }
    // Errors of an idle connection belong to no request.
    client.on('connectionError', () => {})
    // An idle socket that its server closed, or that nobody used for long, neither counts against the ceiling nor keeps its memory.
    client.on('disconnect', () => {
      if (line.leave === null) return
      line.leave()
      this.#discard(line)
    })
    this.#open.add(line)
    return line
  }

  #discard(line: Line): Promise<void> {
    this.#open.delete(line)
    line.leave = null
    // Else the socket would go on connecting, uncounted, until its own deadline.
    line.abandon?.()
    return line.client.destroy().catch(() => {})
  }

  #exchange(line: Line, request: WireRequest, onDone: OnDone, giveBack: (line: Line, isUsable: boolean) => void): Cancel {
    const exchange = new Exchange(line, request, this.#options.now, (answer, isUsable) => {
      giveBack(line, isUsable)
      onDone(answer)
    })
    exchange.start()
    return () => exchange.stop('cancelled')
  }
}

function rest(lines: Line[], line: Line): void {
  lines.push(line)
  line.leave = () => lines.splice(lines.indexOf(line), 1)
}

function idleLines(idle: Map<string, Line[]>, origin: string): Line[] {
  const known = idle.get(origin)
  if (known !== undefined) return known
  const lines: Line[] = []
  idle.set(origin, lines)
  return lines
}
