// The waiting room of a plan, as one sending thread sees it: what an answer means, what is polled next and when, and what is counted of it.
// Sends nothing: who waits there does.
import type { Recorder } from '@doorbuster/measurements'
import type { WaitingRoom as Rules, ThinkTime } from '@doorbuster/plan'
import type { AnswerTest } from './answer-rules.ts'
import { answerTest, LookedAt } from './answer-rules.ts'
import type { JourneyErrand } from './journey-errand.ts'
import type { Waiting } from './queue-order.ts'
import { QueueOrder } from './queue-order.ts'
import { drawThinkMs } from './think.ts'
import { refreshOf, retryAfterMs } from './told-wait.ts'
import { answeredBy } from './witness.ts'

/** Where no page has said anything: as often as an impatient human would. */
export const notToldMs = 5e3
/** A page that says "at once" must not make a shopper into a flood. */
const shortestMs = 100
/** Order is looked at for so many steps; a name built from an id must not fill the memory. */
const mostOrders = 60

/** `queued`: wait on. `failed`: the poll went wrong, ask again. */
export type Said = 'queued' | 'failed' | 'admitted' | 'closed'

/** What to ask next, and how long from now; `url` null: the request itself once more. */
export type NextPoll = { readonly url: string | null; readonly afterMs: number }

/** One shopper's place in the queue, for one thing that he wants. */
export type Place = Waiting & { readonly order: QueueOrder | null; number: number | null }

export class WaitingRoom {
  readonly #rules: Rules
  readonly #recorder: Recorder
  readonly #isQueue: AnswerTest
  readonly #isAdmitted: AnswerTest | null
  readonly #isClosed: AnswerTest
  readonly #every: ThinkTime | null
  readonly #orders = new Map<string, QueueOrder>()

  constructor(rules: Rules, recorder: Recorder) {
    this.#rules = rules
    this.#recorder = recorder
    this.#isQueue = answerTest(rules.when)
    this.#isAdmitted = rules.admittedWhen === undefined ? null : answerTest(rules.admittedWhen)
    this.#isClosed = answerTest(rules.closedWhen ?? [])
    this.#every = rules.every ?? null
  }

  /** What the answer to a request says that nobody has been told to wait for yet. `admitted`: it is what was asked for, or a failure of it. */
  first({ answer }: JourneyErrand, look: LookedAt | null): Exclude<Said, 'failed'> {
    if (answer === null || look === null) return 'admitted'
    if (this.#isClosed(look)) return 'closed'
    return this.#isQueue(look) ? 'queued' : 'admitted'
  }

  /** What the answer to a poll says. */
  polled({ answer }: JourneyErrand, look: LookedAt | null): Said {
    if (answer?.kind !== 'answered' || look === null) return 'failed'
    if (this.#isClosed(look)) return 'closed'
    const { status } = answer
    const isFailure = status === 429 || status >= 500
    if (this.#isAdmitted !== null) {
      if (this.#isAdmitted(look)) return 'admitted'
      return isFailure && !this.#isQueue(look) ? 'failed' : 'queued'
    }
    if (this.#isQueue(look)) return 'queued'
    return isFailure ? 'failed' : 'admitted'
  }

  look({ answer, call, path }: JourneyErrand): LookedAt | null {
    return answer?.kind === 'answered' ? new LookedAt(answer, call.prepared.request.origin, path) : null
  }

  /** What an answer asks for: a page of the queue, a redirect to it, or a failed poll. Where it says nothing it goes on as it was: `before`. */
  next(look: LookedAt, before: NextPoll, random: () => number): NextPoll {
    const onward = look.redirectsTo
    const refresh = refreshOf(look)
    const saysUrl = onward ?? look.resolved(refresh?.url)
    // A browser follows a redirect at once.
    const saysMs = retryAfterMs(look.answer) ?? (onward === null ? (refresh?.afterMs ?? before.afterMs) : 0)
    const afterMs = this.#every === null ? saysMs : drawThinkMs(this.#every, random)
    return { url: this.#rules.poll ?? sameOrigin(saysUrl, look.asked) ?? before.url, afterMs: Math.max(shortestMs, afterMs) }
  }

  joins(step: string, errand: JourneyErrand, look: LookedAt): Place {
    this.#count('queued')
    const { sentMs, doneMs } = look.answer
    const order = this.#orderOf(step)
    order?.joins()
    const place = { sentMs, joinedMs: doneMs, refusedMs: sentMs, order, number: null }
    this.refuses(place, errand, look)
    return place
  }

  /** A page of the queue, the first one or a later one. */
  refuses(place: Place, errand: JourneyErrand, look: LookedAt): void {
    const { answer, answeredBy: seen } = errand
    // Whatever it looked like to whoever saw it first, where anybody did.
    if (seen !== null) errand.answeredBy = answeredBy(this.#recorder, 'queue', seen.phase)
    if (answer !== null) place.refusedMs = answer.sentMs
    // None is counted, too: an objective must be able to tell it from nobody having looked.
    this.#count('bypassed', place.order?.refuses(place) ?? 0)
    const number = this.#placeIn(look)
    if (number === null) return
    if (place.number !== null && number > place.number) this.#count('place-lost')
    place.number = number
  }

  admits(place: Place, admittedMs: number): void {
    this.#count('admitted')
    this.#recorder.trend('waiting-room.wait', admittedMs - place.joinedMs)
    this.#count('overtaken', place.order?.admits(place, admittedMs) === true ? 1 : 0)
    place.order?.leaves()
  }

  /** Who waited goes without having been let in. */
  leaves(place: Place, hasGivenUp: boolean): void {
    if (hasGivenUp) this.#count('gave-up')
    place.order?.leaves()
  }

  /** A newcomer was answered without having waited: one who had got nothing yet wherever there has been a queue. */
  letsThrough(step: string, { answer }: JourneyErrand): void {
    if (answer?.kind === 'answered') this.#orders.get(step)?.letsThrough(answer.sentMs, answer.doneMs)
  }

  hasQueued(step: string): boolean {
    return this.#orders.has(step)
  }

  polls(): void {
    this.#count('polls')
  }

  #count(what: string, times = 1): void {
    this.#recorder.number(`waiting-room.${what}`, times)
  }

  #orderOf(step: string): QueueOrder | null {
    const known = this.#orders.get(step)
    if (known !== undefined) return known
    if (this.#orders.size >= mostOrders) return null
    const order = new QueueOrder()
    this.#orders.set(step, order)
    return order
  }

  #placeIn(look: LookedAt): number | null {
    const { place } = this.#rules
    if (place === undefined) return null
    return 'header' in place ? numberIn(look.answer.header(place.header)) : numberIn(valueAt(look, place.json))
  }
}

/** Another host would have to be approved first, and a page must not be able to send the run there. */
export function sameOrigin(to: URL | null, asked: string): string | null {
  return to !== null && to.origin === URL.parse(asked)?.origin ? to.origin + to.pathname + to.search : null
}

function valueAt(look: LookedAt, keys: readonly string[]): unknown {
  let value: unknown
  try {
    value = JSON.parse(look.bytes.toString('utf8'))
  } catch {
    return undefined
  }
  for (const key of keys)
    value = typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined
  return value
}

function numberIn(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,12}$/.test(value.trim()) ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}
