// One sending thread as the main thread sees it: from its start to its end or death. Knows nothing of the other threads.
import { Worker } from 'node:worker_threads'
import type { RunEvent, ShopperCounts, Window } from '@doorbuster/measurements'
import { noShoppers, unpackWindow } from '@doorbuster/measurements'
import type { Stripe } from '@doorbuster/schedule'
import type { Clock } from './clock.ts'
import type { Stop } from './stop.ts'
import type { FromThread, ThreadSeat, ToThread } from './thread-messages.ts'
import { textOf } from './thrown-text.ts'

export type SendingThreadOptions = {
  readonly entry: URL
  readonly execArgv: readonly string[] | undefined
  readonly own: unknown
  readonly clock: Clock
  readonly seat: ThreadSeat
  readonly onWindow: (window: Window) => void
  readonly onEvent: (event: RunEvent) => void
  readonly onStray: (text: string) => void
  readonly onStop: (by: Stop['by'], note: string) => void
  /** Called once; `died` says why it did not do all that it was started for. */
  readonly onEnd: (died: string | null) => void
}

export class SendingThread {
  readonly stripe: Stripe
  readonly name: string
  /** Each of these resolves at the thread's death at the latest. */
  readonly ready: Promise<void>
  readonly lastArrival: Promise<void>
  /** Ms from the run's zero; null when it died. */
  readonly end: Promise<number | null>
  /** What its windows said of its shoppers. */
  readonly handedIn: ShopperCounts = noShoppers()
  readonly #options: SendingThreadOptions
  readonly #worker: Worker
  readonly #heard = new Map<'ready' | 'last-arrival', () => void>()
  #died: string | null = null
  #lastSignMs = Number.NEGATIVE_INFINITY
  #hasHandedOutAll = false
  #endMs: number | null = null

  constructor(options: SendingThreadOptions) {
    const { entry, execArgv, own, seat } = options
    this.#options = options
    this.stripe = seat.stripe
    this.name = `sending thread ${seat.stripe.worker + 1} of ${seat.stripe.of}`
    this.ready = this.#hears('ready')
    this.lastArrival = this.#hears('last-arrival')
    this.#worker = new Worker(entry, { workerData: { seat, own }, ...(execArgv !== undefined && { execArgv: [...execArgv] }) })
    this.#worker.on('message', (message: FromThread) => this.#hear(message))
    this.#worker.on('error', (error) => this.#die(textOf(error)))
    this.end = new Promise((resolve) => {
      this.#worker.on('exit', (code) => {
        if (this.#endMs === null && this.#died === null) this.#die(`it left with exit code ${code}`)
        for (const resolveHeard of this.#heard.values()) resolveHeard()
        options.onEnd(this.#died)
        resolve(this.#endMs)
      })
    })
  }

  /** Why it did not do all that it was started for; null while it lives, and when it did. */
  get died(): string | null {
    return this.#died
  }

  /**
   * When it was heard of last, ms from the run's zero. Once its last arrival is handled only its end is waited for: then windows alone are
   * no sign that it gets there.
   */
  get lastSignMs(): number {
    return this.#lastSignMs
  }

  /** To a thread that is gone: nothing happens. */
  tell(message: ToThread): void {
    this.#worker.postMessage(message)
  }

  /** Ends it where it stands, unless it has ended: it died of that. */
  giveUp(why: string): void {
    if (this.#endMs !== null) return
    this.#die(why)
    void this.#worker.terminate()
  }

  /** Ends it before it was to send anything. */
  leave(): void {
    this.#endMs ??= 0
    void this.#worker.terminate()
  }

  #hears(kind: 'ready' | 'last-arrival'): Promise<void> {
    return new Promise((resolve) => this.#heard.set(kind, resolve))
  }

  #die(why: string): void {
    this.#died ??= why
  }

  #hear(message: FromThread): void {
    const { clock, onWindow, onEvent, onStray, onStop } = this.#options
    if (!this.#hasHandedOutAll) this.#lastSignMs = clock.now()
    switch (message.kind) {
      case 'last-arrival':
        this.#hasHandedOutAll = true
        return this.#heard.get(message.kind)?.()
      case 'ready':
        return this.#heard.get(message.kind)?.()
      case 'window':
        return onWindow(this.#count(unpackWindow(message.packed)))
      case 'event':
        return onEvent(message.event)
      case 'stop':
        return onStop(message.by, message.note)
      case 'stray':
        return onStray(message.text)
      case 'end':
        this.#endMs = message.durationMs
        // A journey may have left a handle open.
        return void this.#worker.terminate()
      case 'broken':
        this.#die(message.text)
        return void this.#worker.terminate()
    }
  }

  #count(window: Window): Window {
    for (const key of Object.keys(this.handedIn) as (keyof ShopperCounts)[]) this.handedIn[key] += window.shoppers[key]
    return window
  }
}
