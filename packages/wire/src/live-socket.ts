// One WebSocket: undici's class on a client of its own, with the handshake's head and errors overheard, which the class keeps to itself.
import type { Duplex } from 'node:stream'
import type { Dispatcher } from 'undici'
import { WebSocket } from 'undici'
import { causeOf, ownLack } from './causes.ts'
import type { IncomingHeaders, LiveOptions } from './handshake.ts'
import { Handshake } from './handshake.ts'
import type { LiveConnection } from './live.ts'
import { mostMessageBytes } from './live.ts'

/** A server that reads nothing must not make us hold what we send it. */
const mostUnsentBytes = 4 * mostMessageBytes
/** A closing handshake that the server does not answer is not waited for longer. */
const closingMs = 1_000

export class LiveSocket implements LiveConnection {
  readonly #options: LiveOptions
  readonly #protocols: readonly string[]
  readonly #handshake: Handshake
  #socket: WebSocket | null = null
  /** False: undici would not send it, as to a port that browsers keep away from. */
  #isSent = false
  #status = 0
  #headers: IncomingHeaders = {}
  #error: Error | null = null
  /** The connection, once it is no more HTTP: undici's client lets go of it. */
  #upgraded: Duplex | null = null
  #closing: NodeJS.Timeout | undefined

  constructor(options: LiveOptions, protocols: readonly string[]) {
    this.#options = options
    this.#protocols = protocols
    this.#handshake = new Handshake(options, (cause) => this.#give(cause))
  }

  start(): void {
    const { line, request } = this.#options
    const url = `${request.origin.replace(/^http/, 'ws')}/`
    try {
      const dispatcher = line.client.compose((dispatch) => (wanted, handler) => dispatch(this.#dressed(wanted), this.#overheard(handler)))
      const socket = new WebSocket(url, { protocols: [...this.#protocols], dispatcher })
      socket.binaryType = 'arraybuffer'
      socket.addEventListener('open', () => this.#handshake.answered(this.#status, this.#headers, true))
      socket.addEventListener('message', ({ data }) => this.#message(data as string | ArrayBuffer))
      socket.addEventListener('close', ({ code }) => this.#closed(code))
      this.#socket = socket
    } catch {
      setImmediate(() => this.#handshake.broke('unsendable'))
    }
  }

  send(data: string | Uint8Array): boolean {
    const socket = this.#socket
    if (socket === null || this.#handshake.state !== 'open' || socket.bufferedAmount > mostUnsentBytes) return false
    socket.send(data)
    return true
  }

  close(): void {
    if (this.#handshake.state === 'opening') return this.#give('cancelled')
    if (this.#handshake.state === 'over') return
    this.#handshake.ended('closed')
    this.#socket?.close(1000)
    this.#closing = setTimeout(() => this.#over(), closingMs).unref()
  }

  stop(): void {
    if (this.#handshake.state === 'opening') return this.#give('cancelled')
    this.#handshake.ended('cancelled')
    this.#over()
  }

  /** The path is the request's own as it stands, and its headers win over those that undici makes up. */
  #dressed(wanted: Dispatcher.DispatchOptions): Dispatcher.DispatchOptions {
    const { origin, path, headers } = this.#options.request
    const made = Object.fromEntries(Object.entries(wanted.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]))
    // As a browser says it; a journey that speaks for another page says so itself.
    return { ...wanted, path, headers: { ...made, origin, ...headers } }
  }

  #overheard(handler: Dispatcher.DispatchHandler): Dispatcher.DispatchHandler {
    this.#isSent = true
    return {
      onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
      onRequestUpgrade: (controller, status, headers, socket) => {
        this.#status = status
        this.#headers = headers
        this.#upgraded = socket
        handler.onRequestUpgrade?.(controller, status, headers, socket)
      },
      onResponseStart: (controller, status, headers, text) => {
        if (status >= 200) this.#handshake.answered(status, headers, false)
        handler.onResponseStart?.(controller, status, headers, text)
      },
      onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
      onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
      onResponseError: (controller, error) => {
        this.#error = error
        handler.onResponseError?.(controller, error)
      },
    }
  }

  #message(data: string | ArrayBuffer): void {
    if (this.#handshake.state !== 'open') return
    const { receiver, now } = this.#options
    const bytes = typeof data === 'string' ? data : new Uint8Array(data)
    receiver.message({ atMs: now(), data: bytes, event: undefined, id: undefined })
  }

  #closed(code: number): void {
    if (this.#handshake.state === 'opening') this.#broke()
    else this.#handshake.ended(this.#isOurDoing(code) ? 'unreadable' : String(code))
    this.#over()
  }

  /** undici does not say why it gave a connection up; that it was undici, and not the server, shows in that nothing had ended it before. */
  #isOurDoing(code: number): boolean {
    const upgraded = this.#upgraded
    return code === 1006 && upgraded !== null && !upgraded.readableEnded && upgraded.errored === null
  }

  /** Later: undici may refuse a request in the very call that makes it. */
  #broke(): void {
    const error = this.#error
    setImmediate(() => {
      if (!this.#isSent) this.#handshake.broke('unsendable')
      else if (error === null || this.#status === 101) this.#handshake.broke('malformed:handshake')
      else this.#handshake.broke(causeOf(error, false), ownLack(error))
    })
  }

  #give(cause: string): void {
    this.#handshake.broke(cause)
    this.#upgraded?.destroy()
  }

  #over(): void {
    clearTimeout(this.#closing)
    if (this.#handshake.state === 'opening') return
    this.#upgraded?.destroy()
    this.#options.onOver()
  }
}
