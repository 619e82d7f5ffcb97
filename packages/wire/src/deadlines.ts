// Deadlines of thousands of requests for the price of one timer a duration. Knows nothing of sockets.
//
//   all of one duration end in the order they began, so each duration is a queue whose head is due first
//
//     10 s: head ⇄ … ⇄ tail      one timer, for the head; begin and end are a change of two links
//      1 s: head ⇄ … ⇄ tail      one timer
import { timerMs } from './timers.ts'
import type { Now } from './transport.ts'

/** Something with at most one deadline at a time. The links belong to Deadlines. */
export abstract class Timed {
  dueMs = 0
  before: Timed | null = null
  after: Timed | null = null
  queue: Queue | null = null
  /** Its deadline passed. It is off the queue by then. */
  abstract expire(): void
}

type Queue = { readonly durationMs: number; head: Timed | null; tail: Timed | null; timer: NodeJS.Timeout | null }

export class Deadlines {
  readonly #now: Now
  readonly #queues = new Map<number, Queue>()

  constructor(now: Now) {
    this.#now = now
  }

  /** How many durations are kept a queue for. */
  get queues(): number {
    return this.#queues.size
  }

  /** `fromMs` must not lie before that of an earlier call with the same duration. Infinity never ends. */
  begin(timed: Timed, durationMs: number, fromMs: number): void {
    if (durationMs === Number.POSITIVE_INFINITY) return
    const queue = this.#queueOf(durationMs)
    const { tail } = queue
    timed.dueMs = fromMs + durationMs
    timed.queue = queue
    timed.before = tail
    if (tail === null) queue.head = timed
    else tail.after = timed
    queue.tail = timed
    if (queue.timer === null) this.#arm(queue, durationMs)
  }

  end(timed: Timed): void {
    const { queue, before, after } = timed
    if (queue === null) return
    if (before === null) queue.head = after
    else before.after = after
    if (after === null) queue.tail = before
    else after.before = before
    timed.queue = null
    timed.before = null
    timed.after = null
  }

  /** Nothing expires any more. */
  close(): void {
    for (const queue of this.#queues.values()) if (queue.timer !== null) clearTimeout(queue.timer)
    this.#queues.clear()
  }

  #queueOf(durationMs: number): Queue {
    const known = this.#queues.get(durationMs)
    if (known !== undefined) return known
    const queue: Queue = { durationMs, head: null, tail: null, timer: null }
    this.#queues.set(durationMs, queue)
    return queue
  }

  #arm(queue: Queue, inMs: number): void {
    // A deadline is no reason for a process to live on; what is under way has a socket.
    queue.timer = setTimeout(() => this.#fire(queue), timerMs(inMs)).unref()
  }

  /** Usually the head of then is long done, and the timer just moves on to the head of now. */
  #fire(queue: Queue): void {
    queue.timer = null
    const nowMs = this.#now()
    for (let { head } = queue; head !== null && head.dueMs <= nowMs; { head } = queue) {
      this.end(head)
      head.expire()
    }
    if (queue.timer !== null) return
    if (queue.head !== null) this.#arm(queue, queue.head.dueMs - nowMs)
    // Whoever makes up a duration for each request must not leave a queue behind for each.
    else this.#queues.delete(queue.durationMs)
  }
}
