// Messages that nobody has taken yet, and who waits for the next. Knows nothing of where they come from.
import { Alarm } from '../alarm.ts'
import type { Clock } from '../clock.ts'

type Waiting<Message> = { readonly resolve: (message: Message | undefined) => void; readonly alarm: Alarm | null }
type Kept<Message> = { readonly message: Message; readonly bytes: number }

/** As the Session promises. */
const mostKept = 1_000
const mostKeptBytes = 4 * 1024 * 1024

export class Inbox<Message> {
  readonly #clock: Clock
  #kept: Kept<Message>[] = []
  #keptBytes = 0
  #waiting: readonly Waiting<Message>[] = []
  #isClosed = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Returns how many older messages had to go for it. */
  put(message: Message, bytes: number): number {
    const [first, ...others] = this.#waiting
    if (first !== undefined) {
      this.#waiting = others
      this.#answer(first, message)
      return 0
    }
    this.#kept.push({ message, bytes })
    this.#keptBytes += bytes
    let lost = 0
    while (this.#kept.length > mostKept || (this.#keptBytes > mostKeptBytes && this.#kept.length > 1)) {
      this.#take()
      lost++
    }
    return lost
  }

  /** Undefined: none came within `timeoutMs`, or none will. Null: waits as long as it takes. */
  next(timeoutMs: number | null): Promise<Message | undefined> {
    const kept = this.#take()
    if (kept !== undefined) return Promise.resolve(kept.message)
    if (this.#isClosed) return Promise.resolve(undefined)
    return new Promise((resolve) => {
      const giveUp = (): void => {
        this.#waiting = this.#waiting.filter((each) => each !== waiting)
        resolve(undefined)
      }
      const alarm = timeoutMs === null ? null : new Alarm(this.#clock, this.#clock.now() + timeoutMs, giveUp)
      const waiting = { resolve, alarm }
      this.#waiting = [...this.#waiting, waiting]
    })
  }

  /** No more will come: those who wait are told, and what is kept can still be taken. */
  close(): void {
    this.#isClosed = true
    for (const waiting of this.#waiting) this.#answer(waiting, undefined)
    this.#waiting = []
  }

  /** Nobody is there any more: those who wait are told nothing. */
  abandon(): void {
    for (const { alarm } of this.#waiting) alarm?.cancel()
    this.#waiting = []
    this.#kept = []
  }

  #take(): Kept<Message> | undefined {
    const kept = this.#kept.shift()
    if (kept !== undefined) this.#keptBytes -= kept.bytes
    return kept
  }

  #answer({ resolve, alarm }: Waiting<Message>, message: Message | undefined): void {
    alarm?.cancel()
    resolve(message)
  }
}
