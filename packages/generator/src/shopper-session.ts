// One shopper running a journey in code: the Session that plan promises. Requests go over the desk; nothing here reads a clock of its own.
import type { Answer, Journey, RequestOptions, Session, Shopper } from '@doorbuster/plan'
import { parseDuration, parseThink } from '@doorbuster/plan'
import type { Cancel, Lane } from '@doorbuster/wire'
import type { Call, Desk, Landed } from './desk.ts'
import { defaultStep, journeyRequest } from './journey-request.ts'
import { LandedAnswer } from './landed-answer.ts'
import { drawThinkMs } from './think.ts'

/** Once the run is over nothing that a journey waits for ever comes: it just does not go on. Throwing would let it go on, and try again. */
const never: Promise<never> = new Promise(() => {})

export type SessionOptions = {
  readonly desk: Desk
  readonly lane: Lane
  readonly shopper: Shopper
  readonly nth: number
  readonly phase: string | null
  /** When the shopper's arrival was due: the first request is late from then on. */
  readonly dueMs: number
  readonly random: () => number
  readonly timeoutMs: number
}

export class ShopperSession implements Session {
  readonly shopper: string
  readonly arrival: number
  readonly random: () => number
  readonly #options: SessionOptions
  readonly #under = new Set<Under>()
  readonly #thinking = new Set<NodeJS.Timeout>()
  #step: string | undefined
  /** The moment at which the next request is owed, while the journey runs straight on to it. */
  #owedMs: number | null
  #latest: { readonly landed: Landed; failedCheck?: string } | null = null
  #isOver = false
  #onQuiet: (() => void) | null = null

  constructor(options: SessionOptions) {
    this.#options = options
    this.shopper = options.shopper.name
    this.arrival = options.nth
    this.random = options.random
    this.#owedMs = options.dueMs
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
    return observed(this.#send(method, path, options, owedMs))
  }

  async #send(method: string, path: string, options: RequestOptions, owedMs: number | null): Promise<Answer> {
    const { desk, lane, phase } = this.#options
    const call = {
      ...journeyRequest(path, options),
      slot: desk.recorder.slot(phase, options.step ?? this.#step ?? defaultStep(method, path)),
      owedMs,
      method,
      statuses: typeof options.expect === 'number' ? [options.expect] : options.expect,
      timeoutMs: options.timeout === undefined ? this.#options.timeoutMs : parseDuration(options.timeout, 'timeout'),
      keepBody: true,
    }
    const landed = await this.#landing(lane, call)
    return this.#isOver ? never : this.#answerOf(landed, options)
  }

  #landing(lane: Lane, call: Call): Promise<Landed> {
    return new Promise((resolve) => {
      const under: Under = { cancel: () => {} }
      this.#under.add(under)
      under.cancel = this.#options.desk.call(lane, call, (landed) => {
        this.#under.delete(under)
        if (this.#isOver) landed.settle()
        if (this.#under.size === 0) this.#onQuiet?.()
        resolve(landed)
      })
    })
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
    const untilMs = (this.#owedMs ?? clock.now()) + drawThinkMs(parseThink(time, 'think'), this.random)
    this.#owedMs = null
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#thinking.delete(timer)
        this.#oweAt(untilMs)
        resolve()
      }
      const timer = setTimeout(wake, Math.max(0, untilMs - clock.now()))
      this.#thinking.add(timer)
    })
  }

  check(name: string, fact: boolean): boolean {
    this.#options.desk.recorder.check(name, fact)
    if (!fact && this.#latest !== null) this.#latest.failedCheck ??= `check:${name}`
    return fact
  }

  /** Counts the latest answer as what it has become. */
  settle(): void {
    this.#latest?.landed.settle(this.#latest.failedCheck)
    this.#latest = null
  }

  /** Resolves when no request of this shopper is on its way: a journey may return without having waited for all of them. */
  quiet(): Promise<void> {
    return new Promise((resolve) => {
      this.#onQuiet = resolve
      if (this.#under.size === 0) resolve()
    })
  }

  /** Ends everything that is under way: the run is over for this shopper. */
  cutOff(): void {
    this.#isOver = true
    for (const { cancel } of [...this.#under]) cancel()
    for (const timer of this.#thinking) clearTimeout(timer)
    this.#thinking.clear()
    this.settle()
  }

  /** A think time that ended late is our lateness, as long as the journey goes straight on; once it awaits something else, it is not. */
  #oweAt(ms: number): void {
    this.#owedMs = ms
    setImmediate(() => {
      if (this.#owedMs === ms) this.#owedMs = null
    })
  }

  #answerOf(landed: Landed, { check }: RequestOptions): Answer {
    this.settle()
    const latest: { landed: Landed; failedCheck?: string } = { landed }
    this.#latest = latest
    const answer = new LandedAnswer(landed)
    for (const [name, holds] of Object.entries(check ?? {})) {
      if (answer.ok) this.check(name, holds(answer))
    }
    // The journey goes on in a microtask; what it has not said of this answer by then, it says of no answer.
    setImmediate(() => {
      if (this.#latest === latest) this.settle()
    })
    return answer
  }
}

/** Runs the journey to its end, and waits for what it left on the way. Its own exception is handed back, not thrown. */
export async function runJourney(
  session: ShopperSession,
  journey: Journey,
): Promise<{ kind: 'finished' } | { kind: 'threw'; error: unknown }> {
  try {
    await journey(session)
    return { kind: 'finished' }
  } catch (error) {
    return { kind: 'threw', error }
  } finally {
    session.settle()
    await session.quiet()
    session.settle()
  }
}

type Under = { cancel: Cancel }

/** A journey that does not await a promise of ours must not bring the process down with it; one that does still sees it reject. */
function observed<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}
