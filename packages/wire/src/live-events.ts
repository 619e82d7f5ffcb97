// One stream of server-sent events on an undici client of its own. undici's EventSource comes back by itself, follows redirects and hides why
// it failed; here each of these is the shopper's to see, so the stream is read from a plain request.
import type { Dispatcher } from 'undici'
import { causeOf, ownLack } from './causes.ts'
import { EventReader } from './event-reader.ts'
import type { IncomingHeaders, LiveOptions } from './handshake.ts'
import { Handshake } from './handshake.ts'
import type { LiveConnection } from './live.ts'
import { mostMessageBytes } from './live.ts'

export class LiveEvents implements LiveConnection, Dispatcher.DispatchHandler {
  readonly #options: LiveOptions
  readonly #handshake: Handshake
  readonly #text = new TextDecoder()
  readonly #reader: EventReader
  #controller: Dispatcher.DispatchController | null = null

  constructor(options: LiveOptions) {
    this.#options = options
    this.#handshake = new Handshake(options, (cause) => this.#give(cause))
    this.#reader = new EventReader((event) => {
      if (this.#handshake.state === 'open') options.receiver.message({ atMs: options.now(), ...event })
    })
  }

  start(): void {
    const { line, request } = this.#options
    const headers = { accept: 'text/event-stream', 'cache-control': 'no-cache', ...request.headers }
    try {
      line.client.dispatch({ path: request.path, method: 'GET', headers }, this)
    } catch (error) {
      setImmediate(() => this.#handshake.broke(causeOf(error as Error, false)))
    }
  }

  send(): boolean {
    return false
  }

  close(): void {
    this.#end('closed')
  }

  stop(): void {
    this.#end('cancelled')
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#handshake.state === 'over') controller.abort(new Error('too late'))
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHeaders): void {
    if (status < 200) return
    const type = String(headers['content-type'] ?? '')
    const isStream = /^text\/event-stream(?:\s*;|$)/i.test(type.trim())
    if (status === 200 && !isStream) this.#handshake.broke('malformed:content-type')
    else this.#handshake.answered(status, headers, status === 200)
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#handshake.state !== 'open') return
    this.#reader.feed(this.#text.decode(chunk, { stream: true }))
    if (this.#reader.pendingChars > mostMessageBytes) this.#end('too-large')
  }

  onResponseEnd(): void {
    this.#end('end')
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const isOpen = this.#handshake.state === 'open'
    const lack = isOpen ? null : ownLack(error)
    if (isOpen) this.#end(causeOf(error, true))
    // What undici refuses at once is told later, like everything else.
    else setImmediate(() => this.#handshake.broke(causeOf(error, false), lack))
  }

  #end(cause: string): void {
    if (this.#handshake.state === 'opening') return this.#give('cancelled')
    if (this.#handshake.state === 'over') return
    this.#handshake.ended(cause)
    this.#controller?.abort(new Error(cause))
    this.#options.onOver()
  }

  #give(cause: string): void {
    this.#controller?.abort(new Error(cause))
    this.#handshake.broke(cause)
  }
}
