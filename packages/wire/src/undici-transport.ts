// The Transport contract over undici: one Client a socket, one request a socket at a time, so that nothing queues inside.
// Deadlines, moments and byte counts are ours: undici's own timers are good to about half a second.
import type { Socket } from 'node:net'
import type { Dispatcher } from 'undici'
import { Client } from 'undici'
import { causeOf, ownLack } from './causes.ts'
import { connect } from './connect.ts'
import type { Cancel, Lane, OnDone, Transport, TransportOptions, WireRequest } from './transport.ts'

/** An idle socket is kept this long unless the server asks for less. */
const idleSocketMs = 15_000
const defaultMostBodyBytes = 64 * 1024 * 1024

/** A socket and its client. `bytes…` are the socket's counters when the last exchange ended. */
type Line = {
  readonly origin: string
  client: Client
  socket: Socket | null
  connectMs: number | null
  bytesRead: number
  bytesWritten: number
  /** Takes it out of its lane's idle ones; set while it is idle. */
  leave: (() => void) | null
}

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
    const line: Omit<Line, 'client'> = { origin, socket: null, connectMs: null, bytesRead: 0, bytesWritten: 0, leave: null }
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
        connect({ origin, approved, timeoutMs: connectTimeoutMs, checkCertificates, turn }, (error, socket) => {
          if (socket === null) return done(error ?? new Error('no socket'), null)
          Object.assign(line, { socket, connectMs: now() - startMs, bytesRead: 0, bytesWritten: 0 })
          done(null, socket)
        })
      },
    })
    // Errors of an idle connection belong to no request.
    client.on('connectionError', () => {})
    const whole = Object.assign(line, { client })
    // An idle socket that its server closed, or that nobody used for long, neither counts against the ceiling nor keeps its memory.
    client.on('disconnect', () => {
      if (whole.leave === null) return
      whole.leave()
      this.#discard(whole)
    })
    this.#open.add(whole)
    return whole
  }

  #discard(line: Line): Promise<void> {
    this.#open.delete(line)
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

/** One request and its answer. Every way out goes through `#finish`, once. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #line: Line
  readonly #request: WireRequest
  readonly #now: () => number
  readonly #onDone: (answer: Parameters<OnDone>[0], isUsable: boolean) => void
  readonly #chunks: Buffer[] = []
  #sentMs = 0
  #firstByteMs = 0
  #status = 0
  #headers: Readonly<Record<string, string | string[] | undefined>> = {}
  #timer: NodeJS.Timeout | undefined
  #controller: Dispatcher.DispatchController | null = null
  #isDone = false

  constructor(line: Line, request: WireRequest, now: () => number, onDone: (answer: Parameters<OnDone>[0], isUsable: boolean) => void) {
    this.#line = line
    this.#request = request
    this.#now = now
    this.#onDone = onDone
  }

  start(): void {
    const { path, method, headers, body, timeoutMs } = this.#request
    this.#line.connectMs = null
    this.#sentMs = this.#now()
    this.#timer = setTimeout(() => this.stop('timeout'), timeoutMs)
    try {
      this.#line.client.dispatch({ path, method: method as Dispatcher.HttpMethod, headers, body, idempotent: false }, this)
    } catch (error) {
      queueMicrotask(() => this.#fail(causeOf(error as Error, false)))
    }
  }

  stop(cause: 'timeout' | 'cancelled'): void {
    if (this.#isDone) return
    this.#fail(cause)
    this.#controller?.abort(new Error(cause))
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#isDone) controller.abort(new Error('too late'))
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    if (this.#firstByteMs === 0) this.#firstByteMs = this.#now()
    if (status < 200) return
    this.#status = status
    this.#headers = headers
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#request.keepBody) this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    if (this.#isDone) return
    const { keepBody } = this.#request
    const header = (name: string): string | undefined => {
      const value = this.#headers[name]
      return typeof value === 'string' ? value : value?.[0]
    }
    const [first] = this.#chunks
    const body = keepBody ? (this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks)) : null
    const moments = this.#settle()
    this.#onDone({ kind: 'answered', status: this.#status, firstByteMs: this.#firstByteMs, header, body, ...moments }, true)
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#isDone) return
    const lack = ownLack(error)
    if (lack === null) return this.#fail(causeOf(error, this.#status > 0))
    this.#onDone({ kind: 'unsent', cause: lack, ...this.#settle() }, false)
  }

  #fail(cause: string): void {
    if (this.#isDone) return
    this.#onDone({ kind: 'broken', cause, ...this.#settle() }, false)
  }

  #settle(): { sentMs: number; doneMs: number; bytesIn: number; bytesOut: number; connectMs: number | null } {
    this.#isDone = true
    clearTimeout(this.#timer)
    const line = this.#line
    const bytesRead = line.socket?.bytesRead ?? 0
    const bytesWritten = line.socket?.bytesWritten ?? 0
    const moments = {
      sentMs: this.#sentMs,
      doneMs: this.#now(),
      bytesIn: bytesRead - line.bytesRead,
      bytesOut: bytesWritten - line.bytesWritten,
      connectMs: line.connectMs,
    }
    line.bytesRead = bytesRead
    line.bytesWritten = bytesWritten
    return moments
  }
}
