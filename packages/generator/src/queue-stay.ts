// A shopper's stay in a waiting room, from the page of the queue that came in place of what was wanted until he is let in. That first request
// stays open meanwhile: what it was for counts under its own step once it has come, and every page of the queue under `<step> (queue)`.
import type { Attempt } from '@doorbuster/measurements'
import type { RequestOptions } from '@doorbuster/plan'
import { queueSuffix } from '@doorbuster/plan'
import type { Answered } from '@doorbuster/wire'
import type { LookedAt } from './answer-rules.ts'
import type { Hearer, JourneyErrand } from './journey-errand.ts'
import type { NextPoll, Place, WaitingRoom } from './waiting-room.ts'
import { notToldMs, sameOrigin } from './waiting-room.ts'
import type { Wish, Wisher } from './wisher.ts'

/** The intent that a stay is for. */
export interface Queueing extends Hearer {
  readonly wish: Wish
  /** Outlives a reload, as a place in a queue should. */
  place: Place | null
  send(method: string, path: string, options: RequestOptions, attempt: Attempt, owedMs: number | null): void
  /** Does it at a moment of its own, from which on it is due. */
  later(afterMs: number, work: (atMs: number) => void): void
  /** The answer to what was wanted: a failure may be tried again. */
  conclude(errand: JourneyErrand): void
  /** The shop's no is for good. */
  turnAway(errand: JourneyErrand): void
}

export class QueueStay {
  readonly #intent: Queueing
  readonly #by: Wisher
  readonly #room: WaitingRoom
  readonly #first: JourneyErrand
  #next: NextPoll = { url: null, afterMs: notToldMs }
  /** Let in by something else than what was wanted, which is asked for once more. */
  #isLetIn = false
  /** What was wanted itself is asked for once more, and nobody knows yet who answers. */
  #isAsking = false
  /** It was answered by nobody whom the rules know as the queue: the shop may have heard of it. */
  #mayHaveArrived = false

  constructor(intent: Queueing, by: Wisher, room: WaitingRoom, first: JourneyErrand) {
    this.#intent = intent
    this.#by = by
    this.#room = room
    this.#first = first
  }

  enter(look: LookedAt): void {
    this.#refused(this.#first, look)
    this.#pollLater(look)
    // Thousands wait at once, and none of them reads the first page again.
    this.#first.answer = withoutBody(look.answer)
  }

  landed(errand: JourneyErrand): void {
    const wasAsking = this.#isAsking
    this.#isAsking = false
    const look = this.#room.look(errand)
    const isThere = this.#isLetIn && errand.outcome?.kind !== 'dropped' && this.#room.first(errand, look) === 'admitted'
    if (isThere) return this.#arrive(errand)
    this.#isLetIn = false
    const said = this.#room.polled(errand, look)
    if (said === 'closed') return this.#turnedAway(errand)
    if (said === 'admitted') return this.#by.asks.follows(errand, this.#intent) ? undefined : this.#admitted(errand, look)
    if (wasAsking && said === 'failed' && errand.outcome?.kind !== 'dropped') this.#mayHaveArrived = true
    if (said === 'queued' && look !== null) {
      this.#refused(errand, look)
      errand.outcome = { kind: 'ok' }
    }
    errand.group = null
    errand.settleAsIs()
    this.#pollLater(look)
  }

  /** It ends without having led anywhere; `cause`: what has become of what was wanted. */
  end(cause: 'gave-up' | 'queued'): void {
    // An order that only the queue has seen was never asked for.
    if (!this.#isAsking && !this.#mayHaveArrived) this.#first.orderTeller = null
    this.#first.outcome = { kind: 'failed', cause }
    this.#first.settle()
  }

  #refused(errand: JourneyErrand, look: LookedAt): void {
    const { place, wish } = this.#intent
    if (place === null) this.#intent.place = this.#room.joins(wish.step, errand, look)
    else this.#room.refuses(place, errand, look)
  }

  #admitted(errand: JourneyErrand, look: LookedAt | null): void {
    const { place, wish } = this.#intent
    this.#by.letIn(wish.step)
    if (place !== null && errand.answer !== null) this.#room.admits(place, errand.answer.doneMs)
    this.#intent.place = null
    if (this.#next.url === null) return this.#arrive(errand)
    errand.outcome = { kind: 'ok' }
    errand.settleAsIs()
    this.#isLetIn = true
    // A pass may stand in the URL that one is sent back with.
    const onward = wish.method === 'GET' && look !== null ? sameOrigin(look.redirectsTo, look.asked) : null
    this.#poll(onward, wish.options.redirects, null)
  }

  /** What was wanted is there. */
  #arrive(errand: JourneyErrand): void {
    this.#trade(errand)
    this.#intent.conclude(this.#first)
  }

  #turnedAway(errand: JourneyErrand): void {
    this.#trade(errand)
    if (this.#mayHaveArrived) this.#first.tellOrder('unknown')
    this.#intent.turnAway(this.#first)
  }

  /** The page of the queue counts among its like, what came at last where it was wanted. */
  #trade(errand: JourneyErrand): void {
    this.#first.tradeAnswers(errand)
    errand.outcome = { kind: 'ok' }
    errand.settleAsIs()
  }

  #pollLater(look: LookedAt | null): void {
    if (look !== null) this.#next = this.#room.next(look, this.#next, this.#by.random)
    this.#intent.later(this.#next.afterMs, (atMs) => {
      this.#poll(this.#next.url, 0, atMs)
      this.#room.polls()
    })
  }

  /** `redirects`: how many are followed from another URL; undefined: as the plan has it. */
  #poll(url: string | null, redirects: number | undefined, owedMs: number | null): void {
    const { method, path, options, step } = this.#intent.wish
    // What is asked for once more is one order all the same, and told of when it is there.
    const { check: _, order: _order, ...rest } = options
    this.#isAsking = url === null
    const queued: RequestOptions = { ...(url === null ? rest : forGet(options, redirects)), step: step + queueSuffix }
    this.#intent.send(url === null ? method : 'GET', url ?? path, queued, 'none', owedMs)
  }
}

const nothing = new Uint8Array(0)

/** What is left to be counted of it. */
function withoutBody({ status, sentMs, firstByteMs, doneMs, bytesIn, bytesOut, connectMs, handshakeMs, linkMs }: Answered): Answered {
  const moments = { sentMs, firstByteMs, doneMs, bytesIn, bytesOut, connectMs, handshakeMs, linkMs }
  const views = { header: () => undefined, headers: () => [], head: () => nothing, keep: () => {} }
  return { kind: 'answered', status, ...moments, ...views, body: null }
}

/** What a GET of another URL takes over. */
function forGet({ headers, timeout }: RequestOptions, redirects: number | undefined): RequestOptions {
  return {
    ...(redirects !== undefined && { redirects }),
    ...(headers !== undefined && { headers }),
    ...(timeout !== undefined && { timeout }),
  }
}
