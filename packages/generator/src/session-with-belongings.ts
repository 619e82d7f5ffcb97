// The part of a session that is more than single requests: pages with what belongs to them, sockets, streams of events. Sends by what its
// belongings send.
import type { LiveOptions, LiveStream, Page, PageOptions, ServerEvent, ShopperSocket, SocketOptions } from '@doorbuster/plan'
import { Belongings } from './belongings.ts'
import { defaultStep } from './journey-request.ts'
import { observed } from './observed.ts'
import { never, SessionBase } from './session-base.ts'
import type { SessionOptions } from './session-options.ts'

export abstract class SessionWithBelongings extends SessionBase {
  readonly #given: SessionOptions
  #belongings: Belongings | null = null

  constructor(options: SessionOptions) {
    super(options)
    this.#given = options
  }

  /** Nothing goes on any more. */
  protected abstract readonly isOver: boolean
  /** The journey goes on to what it does next; returns the moment at which that was owed. */
  protected abstract takeOwed(): number | null
  /** `1`: the visit waits for something that is no request of its own; `-1`: no longer. */
  protected abstract busy(change: 1 | -1): void

  page(path: string, options: PageOptions = {}): Promise<Page> {
    const step = this.#stepOf(path, options)
    return this.#lasting(() => this.#own.page(path, options, step, (asked) => this.get(path, asked)))
  }

  socket(path: string, options: SocketOptions = {}): Promise<ShopperSocket> {
    const owedMs = this.takeOwed()
    return this.#lasting(() => this.#own.socket(path, options, this.#stepOf(path, options), owedMs))
  }

  events(path: string, options: LiveOptions = {}): Promise<LiveStream<ServerEvent>> {
    const owedMs = this.takeOwed()
    return this.#lasting(() => this.#own.events(path, options, this.#stepOf(path, options), owedMs))
  }

  /** The visit is over, and what it left open with it. */
  end(): void {
    this.#belongings?.end()
  }

  get #own(): Belongings {
    this.#belongings ??= new Belongings({ ...this.#given, worn: this.layers })
    return this.#belongings
  }

  #stepOf(path: string, { step }: LiveOptions): string {
    return step ?? this.currentStep ?? defaultStep('GET', path)
  }

  /** The visit waits for it, and it does not come once the shopper is gone. */
  #lasting<T>(work: () => Promise<T>): Promise<T> {
    if (this.isOver) return never
    this.busy(1)
    const lasting = work().finally(() => this.busy(-1))
    return observed(lasting.then((value) => (this.isOver ? never : value)))
  }
}
