// One request on one undici client, from dispatch to its single answer. Deadlines, moments and byte counts are ours.
import type { Dispatcher } from 'undici'
import { causeOf, ownLack } from './causes.ts'
import type { Line } from './line.ts'
import type { OnDone, WireRequest } from './transport.ts'

/** Every way out goes through `#settle`, once. */
export class Exchange implements Dispatcher.DispatchHandler {
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
  #isStarting = false
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
    this.#isStarting = true
    try {
      this.#line.client.dispatch({ path, method: method as Dispatcher.HttpMethod, headers, body, idempotent: false }, this)
    } catch (error) {
      setImmediate(() => this.#fail(causeOf(error as Error, false)))
    }
    this.#isStarting = false
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
    // What undici refuses at once is told like everything else: after `send` has returned, and not in the same turn.
    if (this.#isStarting) return void setImmediate(() => this.#fail(causeOf(error, false)))
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
