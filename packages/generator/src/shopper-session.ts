// One shopper running a journey in code: the Session that plan promises. Requests go over the desk; nothing here reads a clock of its own.
import type { Answer, RequestOptions, Session, Shopper } from '@doorbuster/plan'
import { parseDuration, parseThink } from '@doorbuster/plan'
import type { Lane } from '@doorbuster/wire'
import { Alarm } from './alarm.ts'
import type { Desk } from './desk.ts'
import type { Asker } from './journey-errand.ts'
import { JourneyErrand } from './journey-errand.ts'
import type { SentBody } from './journey-request.ts'
import { bodyNow, defaultStep, journeyHeaders, journeyPath, laterBody } from './journey-request.ts'
import { LandedAnswer } from './landed-answer.ts'
import { drawThinkMs } from './think.ts'
import type { Host } from './visit.ts'

/** Once the run is over nothing that a journey waits for ever comes: it just does not go on. Throwing would let it go on, and try again. */
const never: Promise<never> = new Promise(() => {})

export type SessionOptions = {
  readonly desk: Desk
  readonly host: Pick<Host, 'randomOf'>
  readonly lane: Lane
  readonly shopper: Shopper
  readonly nth: number
  readonly phase: string | null
  /** When the shopper's arrival was due: the first request is late from then on. Null: it was owed at no moment. */
  readonly dueMs: number | null
  readonly timeoutMs: number
}

export class ShopperSession implements Session, Asker {
  readonly shopper: string
  readonly arrival: number
  readonly #options: SessionOptions
  /** Mostly one request, and mostly no thought: thousands of shoppers wait at once. */
  #under: readonly JourneyErrand[] = []
  #thinking: readonly Alarm[] = []
  #random: (() => number) | null = null
  #step: string | undefined
  /** The moment at which the next request is owed, while the journey runs straight on to it. */
  #owedMs: number | null
  #latest: JourneyErrand | null = null
  /** Requests whose bodies are still being put together. */
  #preparing = 0
  #isOver = false
  #onQuiet: (() => void) | null = null

  constructor(options: SessionOptions) {
    this.#options = options
    this.shopper = options.shopper.name
    this.arrival = options.nth
    this.#owedMs = options.dueMs
  }

  random(): number {
    this.#random ??= this.#options.host.randomOf(this.arrival)
    return this.#random()
  }

  get(path: string, options?: RequestOptions): Promise<Answer> {
    return this.request('GET', path, options)
  }

  post(path: string, options?: RequestOptions): Promise<Answer> {
    return this.request('POST', path, options)
  }

  put(path: string, options?: RequestOptions): Promise<Answer> {
    return this.request('PUT', path, options)
  }

  patch(path: string, options?: RequestOptions): Promise<Answer> {
    return this.request('PATCH', path, options)
  }

  delete(path: string, options?: RequestOptions): Promise<Answer> {
    return this.request('DELETE', path, options)
  }

  request(method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
    if (this.#isOver) return never
    this.settle()
    const owedMs = this.#owedMs
    this.#owedMs = null
    try {
      const body = bodyNow(options)
      return body === null ? this.#later(method, path, options, owedMs) : this.#send(method, path, options, body, owedMs)
    } catch (error) {
      return observed(Promise.reject(error))
    }
  }

  /** A body that cannot be had at once. A moment at which the request was owed stays; without one it is due when the body is there. */
  #later(method: string, path: string, options: RequestOptions, owedMs: number | null): Promise<Answer> {
    const step = this.#step
    this.#preparing++
    const sent = laterBody(options).then(
      (body) => {
        this.#preparing--
        return this.#isOver ? never : this.#send(method, path, step === undefined ? options : { step, ...options }, body, owedMs)
      },
      (error: unknown) => {
        this.#preparing--
        this.#tellQuiet()
        throw error
      },
    )
    return observed(sent)
  }

  #send(method: string, path: string, options: RequestOptions, { body, headers }: SentBody, owedMs: number | null): Promise<Answer> {
    const { desk, lane, phase } = this.#options
    const sentHeaders = journeyHeaders(headers, options.headers)
    const timeoutMs = options.timeout === undefined ? this.#options.timeoutMs : parseDuration(options.timeout, 'timeout')
    const statuses = typeof options.expect === 'number' ? [options.expect] : options.expect
    const address = desk.addressOf(journeyPath(path))
    const slot = desk.recorder.slot(phase, options.step ?? this.#step ?? defaultStep(method, path))
    const call = { ...desk.callTo(address.origin, method, timeoutMs), statuses, headers: sentHeaders }
    return new Promise((resolve, reject) => {
      const errand = new JourneyErrand(desk, slot, call, this, options, resolve, reject)
      errand.patch = { path: address.path, headers: sentHeaders, body }
      this.#under = [...this.#under, errand]
      desk.send(lane, errand, owedMs, desk.clock.now())
    })
  }

  landed(errand: JourneyErrand): void {
    this.#under = this.#under.filter((each) => each !== errand)
    if (this.#isOver) errand.settle()
    this.#tellQuiet()
    if (this.#isOver) return
    try {
      errand.resolve(this.#answerOf(errand, errand.options))
    } catch (error) {
      errand.reject(error)
    }
  }

  step<T>(name: string, work: () => Promise<T> | T): Promise<T> {
    return observed(this.#inStep(name, work))
  }

  async #inStep<T>(name: string, work: () => Promise<T> | T): Promise<T> {
    const outer = this.#step
    this.#step = name
    try {
      return await work()
    } finally {
      this.#step = outer
    }
  }

  think(time: string | number): Promise<void> {
    if (this.#isOver) return never
    this.settle()
    const { clock } = this.#options.desk
    const untilMs = (this.#owedMs ?? clock.now()) + drawThinkMs(parseThink(time, 'think'), () => this.random())
    this.#owedMs = null
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#thinking = this.#thinking.filter((each) => each !== alarm)
        this.#oweAt(untilMs)
        resolve()
      }
      const alarm = new Alarm(clock, untilMs, wake)
      this.#thinking = [...this.#thinking, alarm]
    })
  }

  check(name: string, fact: boolean): boolean {
    this.#options.desk.recorder.check(name, fact)
    if (!fact) this.#latest?.fail(`check:${name}`)
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

  /** Ends everything that is under way: the run is over for this shopper. */
  cutOff(): void {
    this.#isOver = true
    for (const errand of this.#under) errand.sending?.cancel()
    for (const alarm of this.#thinking) alarm.cancel()
    this.settle()
  }

  #tellQuiet(): void {
    if (this.isQuiet) this.#onQuiet?.()
  }

  /** A think time that ended late is our lateness, as long as the journey goes straight on; once it awaits something else, it is not. */
  #oweAt(ms: number): void {
    this.#owedMs = ms
    this.#options.desk.afterTurn(() => {
      if (this.#owedMs === ms) this.#owedMs = null
    })
  }

  #answerOf(errand: JourneyErrand, { check }: RequestOptions): Answer {
    this.settle()
    this.#latest = errand
    const answer = new LandedAnswer(errand)
    if (check !== undefined) this.#ask(check, answer)
    // The journey goes on in a microtask; what it has not said of this answer by then, it says of no answer.
    this.#options.desk.afterTurn(() => {
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

/** A journey that does not await a promise of ours must not bring the process down with it; one that does still sees it reject. */
function observed<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}
