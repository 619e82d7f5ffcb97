// One WebSocket or stream of events of a shopper: its handshake is a request of its step, its messages are counted and kept for the journey.
import type { Recorder } from '@doorbuster/measurements'
import type { Answer, LiveStream, ServerEvent } from '@doorbuster/plan'
import { parseDuration } from '@doorbuster/plan'
import type { Lane, Live, LiveConnection, LiveKind, LiveMessage } from '@doorbuster/wire'
import { patched } from '@doorbuster/wire'
import type { Clock } from '../clock.ts'
import { Inbox } from './inbox.ts'

export type SubscriptionOptions<Message> = {
  readonly live: Live
  readonly kind: LiveKind
  readonly clock: Clock
  readonly recorder: Recorder
  readonly read: (message: LiveMessage) => Message
  /** Called when nothing is left to be closed. */
  readonly onOver: () => void
}

export class Subscription<Message> implements LiveStream<Message> {
  readonly #options: SubscriptionOptions<Message>
  readonly #inbox: Inbox<Message>
  readonly #prefix: 'ws' | 'sse'
  #connection: LiveConnection | null = null
  #answer: Answer | null = null
  #dueMs = 0
  messages = 0
  closed: string | undefined

  constructor(options: SubscriptionOptions<Message>) {
    this.#options = options
    this.#inbox = new Inbox(options.clock)
    this.#prefix = options.kind.kind === 'socket' ? 'ws' : 'sse'
  }

  get answer(): Answer {
    if (this.#answer === null) throw new Error('a stream is handed out once it has its answer')
    return this.#answer
  }

  /** What the desk sends the handshake on. */
  get lane(): Lane {
    return {
      send: (prepared, patch, errand) => {
        const { live, kind } = this.#options
        const connection = live.open(kind, patched(prepared.request, patch), {
          landed: (answer) => errand.landed(answer),
          message: (message) => this.#take(message),
          ended: (cause, atMs) => this.#end(cause, atMs),
        })
        this.#connection = connection
        return connection === null ? null : { cancel: () => connection.close() }
      },
      close: () => {},
    }
  }

  /** The handshake is over. */
  opened(answer: Answer, dueMs: number): void {
    this.#answer = answer
    this.#dueMs = dueMs
    if (answer.ok) return
    this.closed = answer.cause
    this.#inbox.close()
    this.#options.onOver()
  }

  send(data: string | Uint8Array): boolean {
    return this.#connection?.send(data) ?? false
  }

  next(timeout?: string | number): Promise<Message | undefined> {
    return this.#inbox.next(timeout === undefined ? null : parseDuration(timeout, 'timeout'))
  }

  close(): void {
    this.#connection?.close()
  }

  /** The shopper is gone. */
  abandon(): void {
    this.#inbox.abandon()
    this.close()
  }

  #take(message: LiveMessage): void {
    const { recorder, read } = this.#options
    recorder.advance(message.atMs)
    if (this.messages++ === 0) recorder.trend(`${this.#prefix}.first-message`, message.atMs - this.#dueMs)
    recorder.number(`${this.#prefix}.messages`, 1)
    const lost = this.#inbox.put(read(message), message.data.length)
    if (lost > 0) recorder.number(`${this.#prefix}.lost`, lost)
  }

  #end(cause: string, atMs: number): void {
    const { recorder } = this.#options
    this.closed = cause
    recorder.advance(atMs)
    recorder.number(`${this.#prefix}.closed.${countedAs(cause)}`, 1)
    this.#inbox.close()
    this.#options.onOver()
  }
}

/** A server may close with any of thousands of codes; those that are its own are counted together, lest they crowd out other names. */
function countedAs(cause: string): string {
  if (cause === 'closed') return 'shopper'
  return /^\d+$/.test(cause) && !/^10(?:0\d|1[0-5])$/.test(cause) ? (/^[34]\d{3}$/.test(cause) ? `${cause[0]}xxx` : 'other') : cause
}

export const asReceived = ({ data }: LiveMessage): string | Uint8Array => data

export const asEvent = ({ data, event, id }: LiveMessage): ServerEvent => ({
  data: typeof data === 'string' ? data : '',
  event: event ?? 'message',
  id,
})
