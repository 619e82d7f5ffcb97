// The shopper's own line between its device and the server: what its round trips and its rate of reading add to an exchange. One for each
// connection that has such a line. Knows nothing of requests and sockets.
//
//   asked ──½ trip (new: + 1 trip for TCP, + 1 for TLS 1.3)──▶ written … read, as fast as the line is ──½ trip──▶ seen
import { timerMs } from './timers.ts'
import type { Link, Now } from './transport.ts'

/** A pause shorter than this costs more than it is worth; it is kept for the next one. */
const shortestPauseMs = 1

export class SlowLink {
  readonly #link: Link
  readonly #now: Now
  #timer: NodeJS.Timeout | undefined
  /** What has been read so far is through the line at this moment. */
  #throughMs = 0
  #addedMs = 0
  #arriving: 'nothing' | 'whole' | 'spoilt' = 'nothing'

  constructor(link: Link, now: Now) {
    this.#link = link
    this.#now = now
  }

  get halfTripMs(): number {
    return this.#link.roundTripMs / 2
  }

  /** How long a request is on its way. */
  outMs(isNew: boolean, isSecure: boolean): number {
    const { roundTripMs } = this.#link
    return roundTripMs / 2 + (isNew ? roundTripMs : 0) + (isSecure ? roundTripMs : 0)
  }

  /** So many bytes were read: how long nothing more should be; 0: go on. */
  readPauseMs(bytes: number, nowMs: number): number {
    this.#throughMs = Math.max(this.#throughMs, nowMs) + (bytes * 1e3) / this.#link.readBytesPerSec
    const pauseMs = this.#throughMs - nowMs
    return pauseMs < shortestPauseMs ? 0 : pauseMs
  }

  /** An answer was read; `seen` is called when its last byte has come through. `isReusable` false: meanwhile the socket was spoilt. */
  arrive(nowMs: number, seen: (isReusable: boolean) => void): void {
    this.#arriving = 'whole'
    this.after(Math.max(0, this.#throughMs - nowMs) + this.halfTripMs, () => {
      const isReusable = this.#arriving === 'whole'
      this.#arriving = 'nothing'
      seen(isReusable)
    })
  }

  /** Something happened to the socket. True: while an answer arrives, which it does not change. */
  spoil(): boolean {
    if (this.#arriving === 'nothing') return false
    this.#arriving = 'spoilt'
    return true
  }

  /** Does `work` so much later, in place of what it was about to do. */
  after(waitMs: number, work: () => void): void {
    clearTimeout(this.#timer)
    if (waitMs <= 0) return work()
    const fromMs = this.#now()
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#addedMs += this.#now() - fromMs
      work()
    }, timerMs(waitMs))
  }

  get isWaiting(): boolean {
    return this.#timer !== undefined
  }

  /** What the line has added since this was asked last. */
  takeAddedMs(): number {
    const addedMs = this.#addedMs
    this.#addedMs = 0
    return addedMs
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
