// One thing that a shopper wants, until it has come or is given up: a load of the page, the client's own retries under it, a stay in a waiting
// room, and reloads of a shopper who has lost patience.
//
//   load ──▶ try ──▶ answer ─────────────────────▶ delivered to the journey
//    ▲        ▲        ├── failed, tried again ──▶ backoff ──▶ try
//    │        └────────┘
//    │                 └── page of the queue ────▶ stay ──▶ poll … ──▶ answer
//    └── gap ◀── out of patience ──▶ leaves
import type { Attempt } from '@doorbuster/measurements'
import type { Answer, RequestOptions } from '@doorbuster/plan'
import { Alarm } from './alarm.ts'
import type { LookedAt } from './answer-rules.ts'
import { backoffMs, isRetried } from './backoff.ts'
import type { Hearer, JourneyErrand } from './journey-errand.ts'
import type { Queueing } from './queue-stay.ts'
import { QueueStay } from './queue-stay.ts'
import { drawThinkMs } from './think.ts'
import { retryAfterMs } from './told-wait.ts'
import type { Place, WaitingRoom } from './waiting-room.ts'
import type { Ending, Wish, Wisher } from './wisher.ts'

export class Intent implements Hearer, Queueing, Ending {
  readonly wish: Wish
  readonly #by: Wisher
  readonly #resolve: (answer: Answer) => void
  readonly #reject: (error: unknown) => void
  readonly #options: RequestOptions
  /** When it was due first: what the journey is told counts from here. */
  #dueMs: number | null = null
  /** When the latest load was due: patience counts from here. */
  #loadMs = 0
  #loads = 0
  #retries = 0
  #under: JourneyErrand | null = null
  /** A request whose body is still being put together, and such ones that nobody waits for any more. */
  #isPreparing = false
  #lapsed = 0
  /** What comes next by itself, and the end of patience. */
  #next: Alarm | null = null
  #limit: Alarm | null = null
  #stay: QueueStay | null = null
  place: Place | null = null

  constructor(by: Wisher, wish: Wish, resolve: (answer: Answer) => void, reject: (error: unknown) => void) {
    this.#by = by
    this.wish = wish
    this.#options = { ...wish.options, step: wish.step }
    this.#resolve = resolve
    this.#reject = reject
  }

  /** `attempt` other than `first`: the journey itself sends something once more. */
  start(owedMs: number | null, attempt: Attempt): void {
    const { manners, asks } = this.#by
    manners.budget?.wanted(asks.desk.clock.now())
    this.#load(attempt, owedMs)
  }

  sent(errand: JourneyErrand): void {
    this.#isPreparing = false
    if (this.#lapsed > 0) {
      this.#lapsed--
      return errand.giveUp()
    }
    this.#dueMs ??= errand.dueMs
    this.#under = errand
  }

  landed(errand: JourneyErrand): void {
    if (errand.isGivenUp) return errand.settle()
    this.#under = null
    if (this.#stay !== null) return this.#stay.landed(errand)
    const { room } = this.#by.manners
    if (room === null) return this.conclude(errand)
    const look = room.look(errand)
    const said = room.first(errand, look)
    if (said === 'closed') return this.turnAway(errand)
    if (said === 'queued' && look !== null) return this.#queue(new QueueStay(this, this.#by, room, errand), look)
    if (this.#by.asks.follows(errand, this)) return
    if (errand.outcome?.kind === 'ok' || errand.outcome?.kind === 'degraded') this.#enter(room, errand)
    this.conclude(errand)
  }

  conclude(errand: JourneyErrand): void {
    this.#stay = null
    if (this.#by.asks.follows(errand, this)) return
    const waitMs = this.#retryWaitMs(errand)
    if (waitMs === null) return this.#finish(errand)
    // A transaction fails by what came in the end.
    errand.group = null
    errand.settleAsIs()
    this.#retries++
    this.later(waitMs, (atMs) => this.#try('again', atMs))
  }

  turnAway(errand: JourneyErrand): void {
    this.#stay = null
    errand.outcome = { kind: 'failed', cause: 'turned-away' }
    // The page says so itself, whatever its status.
    errand.tellOrder('refused')
    errand.settle()
    this.#by.asks.leave({ how: 'turnedAway', cause: 'turned-away:waiting-room' })
  }

  later(afterMs: number, work: (atMs: number) => void): void {
    const { clock } = this.#by.asks.desk
    const atMs = clock.now() + afterMs
    this.#next = new Alarm(clock, atMs, () => work(atMs))
  }

  send(method: string, path: string, options: RequestOptions, attempt: Attempt, owedMs: number | null): void {
    this.#isPreparing = true
    this.#by.asks.send({ method, path, options, attempt, hearer: this }, owedMs).then(this.#resolve, (error: unknown) => {
      this.#close()
      this.#reject(error)
    })
  }

  cutOff(): void {
    this.#stay?.end('queued')
    this.#close()
  }

  #load(attempt: Attempt, owedMs: number | null): void {
    const { manners, asks, random } = this.#by
    this.#loads++
    this.#retries = 0
    this.#loadMs = owedMs ?? asks.desk.clock.now()
    if (manners.patience !== null) this.#waitAtMost(drawThinkMs(manners.patience.notTold, random))
    this.#try(attempt, owedMs)
  }

  #waitAtMost(patienceMs: number): void {
    this.#limit?.cancel()
    this.#limit = new Alarm(this.#by.asks.desk.clock, this.#loadMs + patienceMs, () => this.#giveUp())
  }

  #try(attempt: Attempt, owedMs: number | null): void {
    const { method, path } = this.wish
    this.send(method, path, this.#options, attempt, owedMs)
  }

  #queue(stay: QueueStay, look: LookedAt): void {
    const { manners, random } = this.#by
    this.#stay = stay
    if (manners.patience !== null) this.#waitAtMost(drawThinkMs(manners.patience.told, random))
    stay.enter(look)
  }

  /** In without a poll: a newcomer, or one whose reload came when it was his turn. */
  #enter(room: WaitingRoom, errand: JourneyErrand): void {
    const { place, wish } = this
    this.place = null
    if (place === null) return this.#by.letThrough(room, wish.step, errand)
    this.#by.letIn(wish.step)
    room.admits(place, errand.answer?.doneMs ?? place.joinedMs)
  }

  /** Null: it is not tried again. */
  #retryWaitMs({ outcome, answer }: JourneyErrand): number | null {
    const { manners, asks, random } = this.#by
    const { retries, budget } = manners
    if (retries === null || outcome?.kind !== 'failed' || this.#retries >= retries.most || !isRetried(outcome.cause, retries.on))
      return null
    if (budget !== null && !budget.take(asks.desk.clock.now())) return null
    const ownMs = backoffMs(this.#retries, retries, random)
    const toldMs = answer?.kind === 'answered' && this.#by.obeysRetryAfter ? retryAfterMs(answer) : null
    return Math.max(ownMs, toldMs ?? 0)
  }

  #giveUp(): void {
    const { manners, asks, random } = this.#by
    this.#next?.cancel()
    this.#abandon(manners.patience?.closesSocket ?? true)
    this.#stay?.end('gave-up')
    this.#stay = null
    const reloads = manners.patience?.reloads
    if (reloads !== undefined && this.#loads <= reloads.most && random() < reloads.chance)
      return this.later(drawThinkMs(reloads.gap, random), (atMs) => this.#load('again', atMs))
    const nowMs = asks.desk.clock.now()
    asks.desk.recorder.advance(nowMs)
    asks.desk.recorder.trend('gave-up.after', nowMs - (this.#dueMs ?? this.#loadMs))
    if (this.place !== null) manners.room?.leaves(this.place, true)
    this.place = null
    asks.leave({ how: 'gaveUp', cause: `gave-up:${this.wish.step}` })
  }

  /** Nobody waits for the request under way any more. */
  #abandon(closesSocket: boolean): void {
    const errand = this.#under
    this.#under = null
    if (this.#isPreparing) this.#lapsed++
    this.#isPreparing = false
    if (errand === null) return
    if (closesSocket) return errand.giveUp()
    this.#by.manners.unseen.take(errand)
    this.#by.asks.forget(errand)
  }

  #finish(errand: JourneyErrand): void {
    errand.wantedMs = this.#dueMs ?? errand.dueMs
    this.#by.asks.deliver(errand)
    this.#close()
  }

  #close(): void {
    this.#next?.cancel()
    this.#limit?.cancel()
    if (this.place !== null) this.#by.manners.room?.leaves(this.place, false)
    this.place = null
    this.#by.closed(this)
  }
}
