// Opens undici's client of one socket over our own dialling, and counts that socket. Knows nothing of requests.
import type { buildConnector } from 'undici'
import { Client } from 'undici'
import { Dialler } from './dialler.ts'
import type { Line } from './line.ts'
import type { TransportOptions } from './transport.ts'

/** An idle socket is kept this long unless the server asks for less. */
const idleSocketMs = 15_000
const defaultMostBodyBytes = 64 * 1024 * 1024

export class Lines {
  readonly dialler: Dialler
  readonly #options: TransportOptions
  readonly #open = new Set<Line>()

  readonly #mostMessageBytes: number

  constructor(options: TransportOptions, mostMessageBytes = 0) {
    this.#options = options
    this.#mostMessageBytes = mostMessageBytes
    this.dialler = new Dialler(options)
  }

  get count(): number {
    return this.#open.size
  }

  /** Null: the ceiling is reached. */
  open(origin: string, connectTimeoutMs: number): Line | null {
    const { budget, mostBodyBytes = defaultMostBodyBytes } = this.#options
    if (!budget.take()) return null
    const client = new Client(origin, {
      pipelining: 1,
      allowH2: false,
      headersTimeout: 0,
      bodyTimeout: 0,
      connectTimeout: 0,
      keepAliveTimeout: idleSocketMs,
      maxResponseSize: mostBodyBytes,
      webSocket: { maxPayloadSize: this.#mostMessageBytes },
      connect: (_unused, done) => this.#dial(line, connectTimeoutMs, done),
    })
    const line: Line = { origin, client, ...unopened }
    // Errors of an idle connection belong to no request.
    client.on('connectionError', () => {})
    // An idle socket that its server closed, or that nobody used for long, neither counts against the ceiling nor keeps its memory.
    client.on('disconnect', () => {
      if (line.leave !== null) void this.discard(line)
    })
    this.#open.add(line)
    return line
  }

  discard(line: Line): Promise<void> {
    if (this.#open.delete(line)) this.#options.budget.give()
    line.leave?.()
    line.leave = null
    // Else the socket would go on connecting, uncounted, until its own deadline.
    line.abandon?.()
    return line.client.destroy().catch(() => {})
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((line) => this.discard(line)))
  }

  #dial(line: Line, timeoutMs: number, done: buildConnector.Callback): void {
    line.abandon = this.dialler.open(line.origin, timeoutMs, ['http/1.1'], (error, dialled) => {
      line.abandon = null
      if (dialled === null) return done(error ?? new Error('no socket'), null)
      Object.assign(line, { ...dialled, bytesRead: 0, bytesWritten: 0 })
      done(null, dialled.socket)
    })
  }
}

const unopened = { socket: null, connectMs: null, handshakeMs: null, bytesRead: 0, bytesWritten: 0, leave: null, abandon: null }
