// One shopper running a journey in code: the Session that plan promises. Requests go over the desk; nothing here reads a clock of its own.
import type { Answer, Journey, RequestOptions, Session, Shopper } from '@doorbuster/plan'
import { parseDuration, parseThink } from '@doorbuster/plan'
import type { Cancel, Lane, WireAnswer } from '@doorbuster/wire'
import type { Desk, Landed } from './desk.ts'
import { drawThinkMs } from './think.ts'

/** Thrown into a journey that is still going when the run is over; never seen outside. */
class RunIsOver extends Error {
  override readonly name = 'RunIsOver'
}

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
  readonly #under = new Set<Cancel>()
  readonly #thinking = new Set<{ readonly timer: NodeJS.Timeout; readonly end: (error: Error) => void }>()
  #step: string | undefined
  /** The moment at which the next request is owed, while the journey runs straight on to it. */
  #owedMs: number | null
  #latest: { readonly landed: Landed; failedCheck?: string } | null = null
  #isOver = false

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
    if (this.#isOver) return Promise.reject(new RunIsOver())
    this.settle()
    const { desk, lane, phase } = this.#options
    const step = options.step ?? this.#step ?? `${method} ${path.replace(/[?#].*$/, '')}`
    const dueMs = this.#owedMs ?? desk.clock.now()
    this.#owedMs = null
    const { body, headers } = bodyOf(options)
    const call = {
      slot: desk.recorder.slot(phase, step),
      dueMs,
      method,
      path,
      headers,
      body,
      statuses: typeof options.expect === 'number' ? [options.expect] : options.expect,
      timeoutMs: options.timeout === undefined ? this.#options.timeoutMs : parseDuration(options.timeout, 'timeout'),
      keepBody: true,
    }
    return new Promise((resolve, reject) => {
      let cancel: Cancel | null = null
      let hasLanded = false
      const onLanded = (landed: Landed): void => {
        hasLanded = true
        if (cancel !== null) this.#under.delete(cancel)
        if (this.#isOver) {
          landed.settle()
          return reject(new RunIsOver())
        }
        resolve(this.#answerOf(landed, options))
      }
      try {
        cancel = desk.call(lane, call, onLanded)
        if (!hasLanded) this.#under.add(cancel)
      } catch (error) {
        reject(error)
      }
    })
  }

  async step<T>(name: string, work: () => Promise<T> | T): Promise<T> {
    const outer = this.#step
    this.#step = name
    try {
      return await work()
    } finally {
      this.#step = outer
    }
  }

  think(time: string | number): Promise<void> {
    if (this.#isOver) return Promise.reject(new RunIsOver())
    this.settle()
    const { clock } = this.#options.desk
    const untilMs = (this.#owedMs ?? clock.now()) + drawThinkMs(parseThink(time, 'think'), this.random)
    this.#owedMs = null
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => {
          this.#thinking.delete(waiting)
          this.#oweAt(untilMs)
          resolve()
        },
        Math.max(0, untilMs - clock.now()),
      )
      const waiting = { timer, end: reject }
      this.#thinking.add(waiting)
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

  /** Ends everything that is under way: the run is over. */
  cutOff(): void {
    this.#isOver = true
    for (const cancel of this.#under) cancel()
    for (const { timer, end } of this.#thinking) {
      clearTimeout(timer)
      end(new RunIsOver())
    }
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

class LandedAnswer implements Answer {
  readonly ok: boolean
  readonly status: number
  readonly cause: string | undefined
  readonly responseMs: number
  readonly #answer: WireAnswer | null
  #text: string | undefined

  constructor({ outcome, answer, responseMs }: Landed) {
    this.ok = outcome.kind === 'ok' || outcome.kind === 'degraded'
    this.status = answer?.kind === 'answered' ? answer.status : 0
    this.cause = outcome.kind === 'failed' || outcome.kind === 'dropped' ? outcome.cause : undefined
    this.responseMs = responseMs
    this.#answer = answer
  }

  header(name: string): string | undefined {
    return this.#answer?.kind === 'answered' ? this.#answer.header(name.toLowerCase()) : undefined
  }

  text(): string {
    this.#text ??= this.#answer?.kind === 'answered' ? new TextDecoder().decode(this.#answer.body ?? new Uint8Array()) : ''
    return this.#text
  }

  json(): unknown {
    try {
      return JSON.parse(this.text())
    } catch {
      return undefined
    }
  }
}

const noHeaders: Readonly<Record<string, string>> = {}

function bodyOf({ json, body, headers = noHeaders }: RequestOptions): {
  body: string | Uint8Array | null
  headers: Readonly<Record<string, string>>
} {
  if (json === undefined) return { body: body ?? null, headers }
  return { body: JSON.stringify(json), headers: { 'content-type': 'application/json', ...headers } }
}

/** Runs the journey to its end. Resolves to how it ended; a GuardError or the journey's own exception is handed back, not thrown. */
export async function runJourney(
  session: ShopperSession,
  journey: Journey,
): Promise<{ kind: 'finished' | 'cut' } | { kind: 'threw'; error: unknown }> {
  try {
    await journey(session)
    return { kind: 'finished' }
  } catch (error) {
    return error instanceof RunIsOver ? { kind: 'cut' } : { kind: 'threw', error }
  } finally {
    session.settle()
  }
}
