// One shopper running a journey in code: the Session that plan promises. Requests go over the desk; nothing here reads a clock of its own.
import type { Answer, RequestOptions, Session } from '@doorbuster/plan'
import { parseDuration, parseThink } from '@doorbuster/plan'
import { Alarm } from './alarm.ts'
import { Asking } from './asking.ts'
import type { Manners } from './behaviours.ts'
import type { Asker, Hearer } from './journey-errand.ts'
import { JourneyErrand } from './journey-errand.ts'
import type { SentBody } from './journey-request.ts'
import { bodyNow, defaultStep, journeyHeaders, journeyPath, laterBody } from './journey-request.ts'
import { LandedAnswer } from './landed-answer.ts'
import { observed } from './observed.ts'
import { OpenGroups } from './open-groups.ts'
import { hopOf, hopsOf, redirectStatuses } from './redirect.ts'
import { never } from './session-base.ts'
import type { OnLeft, SessionOptions } from './session-options.ts'
import { SessionWithBelongings } from './session-with-belongings.ts'
import { refuseUnsound } from './shopper-orders.ts'
import { drawThinkMs } from './think.ts'
import type { Leaving } from './visit.ts'
import { leavingCut } from './visit.ts'
import type { Asked } from './wisher.ts'

export class ShopperSession extends SessionWithBelongings implements Session, Asker {
  readonly #options: SessionOptions
  readonly #onLeft: OnLeft
  /** Mostly one request, and mostly no thought: thousands of shoppers wait at once. */
  #under: readonly JourneyErrand[] = []
  #thinking: readonly Alarm[] = []
  /** The moment at which the next request is owed, while the journey runs straight on to it. */
  #owedMs: number | null
  #latest: JourneyErrand | null = null
  readonly #groups: OpenGroups
  readonly #asking: Asking | null
  /** Requests whose bodies are still being put together, and wishes that are not fulfilled yet. */
  #preparing = 0
  protected isOver = false
  #lastStep: string | null = null
  #onQuiet: (() => void) | null = null

  constructor(options: SessionOptions, onLeft: OnLeft) {
    super(options)
    this.#options = options
    this.#onLeft = onLeft
    this.#owedMs = options.dueMs
    this.#groups = new OpenGroups(options.desk, options.phase)
    this.#asking = options.manners === null ? null : this.#askingBy(options.manners)
  }

  request(method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
    if (this.isOver) return never
    const owedMs = this.takeOwed()
    const { attempt } = this
    if (this.#asking === null) return this.#try({ method, path, options, attempt, hearer: null }, owedMs)
    return observed(this.#asking.ask({ method, path, options, attempt }, options.step ?? this.currentStep, owedMs))
  }

  /** What the journey says from here on, it says no more of the answer before. */
  protected takeOwed(): number | null {
    this.settle()
    const owedMs = this.#owedMs
    this.#owedMs = null
    return owedMs
  }

  protected busy(change: 1 | -1): void {
    this.#preparing += change
    this.#tellQuiet()
  }

  #askingBy(manners: Manners): Asking {
    return new Asking(manners, this.arrival, {
      desk: this.#options.desk,
      send: (asked, owedMs) => this.#try(asked, owedMs),
      follows: (errand, hearer) => this.#follows(errand, hearer),
      deliver: (errand) => this.#deliver(errand),
      forget: (errand) => this.#forget(errand),
      leave: (leaving) => this.leave(leaving),
      busy: (change) => this.busy(change),
    })
  }

  /** One request of the shopper, counted as what `attempt` says. */
  #try(asked: Asked, owedMs: number | null): Promise<Answer> {
    try {
      const { order } = asked.options
      if (order !== undefined) refuseUnsound(order)
      const body = bodyNow(asked.options)
      return body === null ? this.#later(asked, owedMs) : this.#send(asked, body, owedMs)
    } catch (error) {
      return observed(Promise.reject(error))
    }
  }

  /** A body that cannot be had at once. A moment at which the request was owed stays; without one it is due when the body is there. */
  #later(asked: Asked, owedMs: number | null): Promise<Answer> {
    const { options } = asked
    const step = this.currentStep
    this.#preparing++
    const sent = laterBody(options).then(
      (body) => {
        this.#preparing--
        return this.isOver ? never : this.#send(step === undefined ? asked : { ...asked, options: { step, ...options } }, body, owedMs)
      },
      (error: unknown) => {
        this.#preparing--
        this.#tellQuiet()
        throw error
      },
    )
    return observed(sent)
  }

  #send({ method, path, options, attempt, hearer }: Asked, { body, headers }: SentBody, owedMs: number | null): Promise<Answer> {
    const { desk, lane, phase } = this.#options
    const timeoutMs = options.timeout === undefined ? this.#options.timeoutMs : parseDuration(options.timeout, 'timeout')
    const statuses = typeof options.expect === 'number' ? [options.expect] : options.expect
    const { origin, path: wantedPath } = desk.addressOf(journeyPath(path))
    const to = { method, origin, path: wantedPath }
    const sentHeaders = journeyHeaders(headers, options.headers, this.layers, to)
    const slot = desk.recorder.slot(phase, desk.mask(options.step ?? this.currentStep ?? defaultStep(method, path)))
    const hopsLeft = hopsOf(options.redirects ?? this.#options.redirects)
    const counted = statuses === undefined || hopsLeft === 0 ? statuses : [...statuses, ...redirectStatuses]
    const call = { ...desk.callTo(origin, method, timeoutMs), statuses: counted, headers: sentHeaders }
    return new Promise((resolve, reject) => {
      const errand = new JourneyErrand(desk, slot, call, this, to, options, resolve, reject)
      errand.attempt = attempt
      errand.hearer = hearer
      errand.cuts = this.#options.cuts
      errand.patch = { path: to.path, headers: sentHeaders, body }
      errand.group = this.#groups.innermost
      errand.hopsLeft = hopsLeft
      const { order } = options
      if (order !== undefined)
        errand.orderTeller = (status) => this.ordered({ ...order, ...(status && { status }), answer: new LandedAnswer(errand) })
      this.#under = [...this.#under, errand]
      desk.send(lane, errand, owedMs, desk.clock.now())
      hearer?.sent(errand)
    })
  }

  landed(errand: JourneyErrand): void {
    if (this.isOver) errand.settle()
    this.#forget(errand)
    if (this.isOver) return
    if (errand.outcome?.kind === 'degraded') this.leaving = { how: 'finished', isDegraded: true }
    if (errand.answer?.kind === 'answered') for (const layer of this.layers) layer.answered?.(errand.answer, errand)
    if (errand.hearer !== null) errand.hearer.landed(errand)
    else if (!this.#follows(errand, null)) this.#deliver(errand)
  }

  #forget(errand: JourneyErrand): void {
    this.#under = this.#under.filter((each) => each !== errand)
    this.#tellQuiet()
  }

  #deliver(errand: JourneyErrand): void {
    const { held, clock } = this.#options.desk
    held.resumed(this.shopper, errand.slot.step, errand.answer?.doneMs ?? clock.now())
    try {
      errand.resolve(this.#answerOf(errand, errand.options))
    } catch (error) {
      errand.reject(error)
    }
  }

  /** True: the answer redirects, and what it redirects to is on its way; its answer is the journey's. */
  #follows(errand: JourneyErrand, hearer: Hearer | null): boolean {
    const hop = errand.hopsLeft === 0 ? null : hopOf(errand, this.#options.desk, this.#options.timeoutMs)
    if (hop === null) return false
    // Its last answer tells of the order.
    errand.orderTeller = null
    this.settle()
    errand.settleAsIs()
    this.#try({ ...hop, path: hop.url, attempt: 'none', hearer }, null).then(errand.resolve, errand.reject)
    return true
  }

  group<T>(name: string, work: () => Promise<T> | T): Promise<T> {
    return this.isOver ? never : observed(this.#groups.within(name, this.#owedMs, work, () => this.settle()))
  }

  think(time: string | number): Promise<void> {
    if (this.isOver) return never
    this.settle()
    this.latestAnswer = null
    const { clock, held } = this.#options.desk
    const startMs = clock.now()
    const { thinkFactor = 1 } = this.#options.shopper
    const untilMs = (this.#owedMs ?? startMs) + thinkFactor * drawThinkMs(parseThink(time, 'think'), () => this.random())
    this.#owedMs = null
    const group = this.#groups.innermost
    group?.thinks(startMs)
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#thinking = this.#thinking.filter((each) => each !== alarm)
        const nowMs = clock.now()
        group?.hasThought(nowMs)
        held.resumed(this.shopper, this.#lastStep, nowMs)
        this.#oweAt(untilMs)
        resolve()
      }
      const alarm = new Alarm(clock, untilMs, wake)
      this.#thinking = [...this.#thinking, alarm]
    })
  }

  check(name: string, fact: boolean): boolean {
    const { recorder, mask } = this.#options.desk
    recorder.check(mask(name), fact)
    if (!fact) this.#latest?.fail(`check:${mask(name)}`)
    return fact
  }

  /** Counts the latest answer as what it has become. */
  settle(): void {
    this.#latest?.settleAsIs()
    this.#latest = null
  }

  get isQuiet(): boolean {
    return this.#under.length === 0 && this.#preparing === 0
  }

  /** Resolves when no request of this shopper is on its way: a journey may return without having waited for all of them. */
  quiet(): Promise<void> {
    return new Promise((resolve) => {
      this.#onQuiet = resolve
      this.#tellQuiet()
    })
  }

  /** The shopper goes, whatever its journey still wanted: what that waits for never comes. */
  leave(leaving: Leaving): void {
    if (this.isOver) return
    this.cutOff(leaving)
    this.#onLeft(leaving)
  }

  /** Ends everything that is under way: the run is over for this shopper. */
  cutOff(leaving: Leaving = leavingCut): void {
    this.isOver = true
    this.#asking?.cutOff()
    for (const errand of this.#under) errand.sending?.cancel()
    for (const alarm of this.#thinking) alarm.cancel()
    this.settle()
    this.#groups.left(leaving)
  }

  #tellQuiet(): void {
    if (this.isQuiet) this.#onQuiet?.()
  }

  /** A think time that ended late is our lateness, as long as the journey goes straight on; once it awaits something else, it is not. */
  #oweAt(ms: number): void {
    this.#owedMs = ms
    this.#options.desk.afterTurn(() => {
      this.#options.desk.held.rests()
      if (this.#owedMs === ms) this.#owedMs = null
    })
  }

  #answerOf(errand: JourneyErrand, { check }: RequestOptions): Answer {
    this.settle()
    this.#latest = errand
    this.#lastStep = errand.slot.step
    errand.tellOrder()
    const answer = new LandedAnswer(errand)
    this.latestAnswer = answer
    if (check !== undefined) this.#ask(check, answer)
    // The journey goes on in a microtask; what it has not said of this answer by then, it says of no answer.
    this.#options.desk.afterTurn(() => {
      this.#options.desk.held.rests()
      if (this.#latest === errand) this.settle()
    })
    return answer
  }

  #ask(check: NonNullable<RequestOptions['check']>, answer: LandedAnswer): void {
    for (const [name, holds] of Object.entries(check)) {
      if (answer.ok) this.check(name, holds(answer))
    }
  }
}
