// Whether a waiting room kept its order, as far as one sending thread can be sure of it. Somebody joins between sending a request and
// reading a page of the queue, and is let in between the last poll that said no and the first that said yes: only what is certain in spite
// of that counts. Knows no requests.
//
//   overtaken   X was told to wait; Y, who had not even asked by then, was in before X asked for the last time and was told no
//   bypassed    while X was told to wait, and was told again afterwards, a newcomer asked and was in without having waited at all

/** Somebody in the queue; ms. */
export type Waiting = {
  /** When the request was sent that a page of the queue came back for, and when that page was there. */
  readonly sentMs: number
  readonly joinedMs: number
  /** When the latest request was sent that was told to wait. */
  refusedMs: number
}

type Mark = { readonly admittedMs: number; readonly sentMs: number }
type Newcomer = { readonly sentMs: number; readonly doneMs: number }

/** Older ones only answer for somebody who has not polled for a long time: he then goes for not overtaken. */
const mostMarks = 1_000
const mostNewcomers = 1_000

export class QueueOrder {
  /** The latest sender among all let in so far, each time it became a later one: both rise. */
  readonly #marks: Mark[] = []
  #newcomers: Newcomer[] = []
  #waiting = 0

  joins(): void {
    this.#waiting++
  }

  leaves(): void {
    if (--this.#waiting === 0) this.#newcomers = []
  }

  /** Somebody is let in who had waited; true when somebody who came later surely was before. */
  admits({ sentMs, joinedMs, refusedMs }: Waiting, admittedMs: number): boolean {
    const before = this.#marks.findLast((mark) => mark.admittedMs < refusedMs)
    this.#mark(sentMs, admittedMs)
    return before !== undefined && before.sentMs > joinedMs
  }

  /** A newcomer is in without having waited. Whether he passed somebody only the next poll of that one can tell. */
  letsThrough(sentMs: number, doneMs: number): void {
    if (this.#waiting === 0) return
    this.#mark(sentMs, doneMs)
    if (this.#newcomers.length < mostNewcomers) this.#newcomers.push({ sentMs, doneMs })
  }

  /** Somebody is told to wait once more; returns how many newcomers are now known to have passed the queue, each once. */
  refuses({ joinedMs, refusedMs }: Waiting): number {
    if (this.#newcomers.length === 0) return 0
    const left = this.#newcomers.filter(({ sentMs, doneMs }) => sentMs <= joinedMs || doneMs >= refusedMs)
    const passed = this.#newcomers.length - left.length
    this.#newcomers = left
    return passed
  }

  #mark(sentMs: number, admittedMs: number): void {
    const latest = this.#marks.at(-1)
    if (latest !== undefined && (latest.sentMs >= sentMs || latest.admittedMs > admittedMs)) return
    this.#marks.push({ sentMs, admittedMs })
    if (this.#marks.length > mostMarks) this.#marks.shift()
  }
}
