// The desk that every request passes: due, sent or dropped, done, counted. One for each sending thread; knows no journeys and no traffic shape.
import type { Recorder, RunEvent } from '@doorbuster/measurements'
import { linkMsCounter } from '@doorbuster/measurements'
import type { Mask, Plan } from '@doorbuster/plan'
import { refusalOf, thirdPartyOf } from '@doorbuster/plan'
import type { Approved, Lane, Live, LiveTransport, WireAnswer, WireRequest } from '@doorbuster/wire'
import type { Address } from './address.ts'
import { addresser } from './address.ts'
import type { AnswerTest } from './answer-rules.ts'
import { answerTest, LookedAt, readsBodies } from './answer-rules.ts'
import type { Clock } from './clock.ts'
import type { Call, Counter, Errand } from './errand.ts'
import { sampler } from './evidence.ts'
import { HeldLoop } from './held-loop.ts'
import { JourneyCalls } from './journey-calls.ts'
import type { Outcome } from './outcome.ts'
import { outcomeOf } from './outcome.ts'
import { headersOf } from './plan-headers.ts'
import type { PrivacyWatch } from './privacy/privacy-watch.ts'
import { rememberedMask } from './remembered-mask.ts'

/** `headers` come beside the plan's own; `timeoutMs`: the plan's own is the upper limit. */
export type CallWanted = Pick<WireRequest, 'method' | 'path' | 'headers' | 'body' | 'timeoutMs' | 'keepBody'> & Pick<Call, 'statuses'>

export interface Desk extends Counter {
  readonly clock: Clock
  readonly recorder: Recorder
  readonly addressOf: (path: string) => Address
  /** A name without the secrets in it. */
  readonly mask: Mask
  readonly held: HeldLoop
  /** Null: nothing of it is watched. */
  readonly privacy: PrivacyWatch | null
  prepare(wanted: CallWanted): Call
  /** What every request of a journey to that origin has in common; path, headers and body come with each. */
  callTo(origin: string, method: string, timeoutMs: number): Pick<Call, 'prepared' | 'refusal'>
  /** True: somebody approved that origin. Asking for one that nobody did ends the run. */
  approves(origin: string): boolean
  /** Connections that stay open, beside the requests. */
  live(): Promise<Live>
  /** In a turn of the event loop of its own, together with whatever else was put off in this one. */
  afterTurn(work: () => void): void
  /** Nothing more is sent. */
  close(): void
  /**
   * Sends an errand that was owed at `owedMs` (null: it is simply due now, in which case our own lateness cannot be told). It lands after this
   * has returned; one that the guard refuses, or that comes when the desk is closed, never does: the run is being stopped.
   */
  send(lane: Lane, errand: Errand, owedMs: number | null, nowMs: number): void
}

export type DeskOptions = {
  readonly plan: Plan
  readonly clock: Clock
  readonly recorder: Recorder
  readonly transport: LiveTransport
  readonly approved: Approved
  /** Whose doing it is when there is no socket left. */
  readonly socketsWhose: () => 'ours' | 'theirs'
  /** Hard cap on requests per second; null: none. */
  readonly maxRatePerSec: number | null
  /** Counts one request towards it. */
  readonly isBeyondCap: (nowMs: number) => boolean
  /** A host that nobody approved, or a request beyond the hard cap. It may be somebody else's machine: the run ends. */
  readonly onRefused: (because: string) => void
  readonly wantsSample: (cause: string) => boolean
  readonly onEvent: (event: RunEvent) => void
  readonly mask: Mask
  /** CPU time of this thread so far; null where nobody can tell. */
  readonly threadCpuMs: () => number | null
  readonly privacy: PrivacyWatch | null
}

export function openDesk(options: DeskOptions): Desk {
  return new OpenDesk(options)
}

class OpenDesk implements Desk {
  readonly clock: Clock
  readonly recorder: Recorder
  readonly addressOf: (path: string) => Address
  readonly mask: Mask
  readonly held: HeldLoop
  readonly privacy: PrivacyWatch | null
  readonly #options: DeskOptions
  readonly #degradedHeader: string
  /** Null: nothing but the header declares it. */
  readonly #isDegraded: AnswerTest | null
  readonly #readsBodies: boolean
  readonly #sampleOf: ReturnType<typeof sampler>
  readonly #headersOf: ReturnType<typeof headersOf>
  readonly #journeyCalls = new JourneyCalls()
  #putOff: (() => void)[] = []
  #isClosed = false

  constructor(options: DeskOptions) {
    const { plan, clock, recorder, privacy } = options
    this.clock = clock
    this.privacy = privacy
    this.recorder = recorder
    this.addressOf = addresser(plan.target, plan.stubs)
    this.mask = rememberedMask(options.mask)
    this.held = new HeldLoop(clock, recorder, options.onEvent, options.threadCpuMs)
    this.#options = options
    this.#degradedHeader = plan.degradedHeader.toLowerCase()
    this.#isDegraded = plan.degradedWhen === undefined ? null : answerTest(plan.degradedWhen)
    this.#readsBodies = readsBodies(plan.degradedWhen ?? [])
    this.#headersOf = headersOf(plan)
    this.#sampleOf = sampler(plan.headers, options.mask)
  }

  prepare({ path, headers, timeoutMs, statuses, ...rest }: CallWanted): Call {
    const { plan, transport, approved } = this.#options
    const { limits } = plan
    const address = this.addressOf(path)
    const prepared = transport.prepare({
      ...rest,
      ...(this.#readsBodies && { keepBody: 'whole' as const }),
      ...address,
      headers: this.#headersOf(address.origin, headers),
      timeoutMs: Math.min(timeoutMs, limits.timeoutMs),
      connectTimeoutMs: limits.connectTimeoutMs,
      firstByteTimeoutMs: limits.firstByteTimeoutMs ?? Number.POSITIVE_INFINITY,
    })
    const refusal = approved(address.origin) === undefined ? refusalText(address.origin) : null
    return { prepared, statuses, headers, refusal }
  }

  callTo(origin: string, method: string, timeoutMs: number): Call {
    const known = this.#journeyCalls.get(origin, method, timeoutMs)
    if (known !== undefined) return known
    const call = this.prepare({ method, path: `${origin}/`, headers: {}, body: null, timeoutMs, keepBody: 'whole', statuses: undefined })
    this.#journeyCalls.keep(origin, method, timeoutMs, call)
    return call
  }

  approves(origin: string): boolean {
    return this.#options.approved(origin) !== undefined
  }

  live(): Promise<Live> {
    return this.#options.transport.live()
  }

  afterTurn(work: () => void): void {
    if (this.#putOff.push(work) > 1) return
    setImmediate(() => {
      const due = this.#putOff
      this.#putOff = []
      for (const each of due) each()
    })
  }

  close(): void {
    this.#isClosed = true
  }

  send(lane: Lane, errand: Errand, owedMs: number | null, nowMs: number): void {
    const { recorder } = this
    const { call, slot } = errand
    const refusal = call.refusal ?? this.#capRefusal(nowMs)
    if (refusal !== null) return this.#options.onRefused(refusal)
    if (this.#isClosed) return
    errand.dueMs = owedMs ?? nowMs
    recorder.advance(nowMs)
    recorder.due(slot, errand.attempt)
    for (const { cut } of errand.cuts) recorder.dueIn(cut, errand.attempt)
    const sending = lane.send(call.prepared, errand.patch, errand)
    if (sending === null) return this.#drop(errand)
    errand.sending = sending
    recorder.sent(slot, owedMs === null ? null : nowMs - owedMs)
    for (const { cut } of errand.cuts) cut.counts.sent++
  }

  outcome(errand: Errand, answer: WireAnswer): Outcome {
    const { recorder } = this
    const { slot, call } = errand
    recorder.advance(answer.doneMs)
    recorder.landed(slot, answer.bytesIn, answer.bytesOut)
    if (answer.connectMs !== null) recorder.connected(answer.connectMs, answer.handshakeMs)
    const outcome = outcomeOf(answer, call.statuses, this.#degradedHeader)
    const mayDeclare = this.#isDegraded !== null && outcome.kind === 'ok' && answer.kind === 'answered'
    return mayDeclare && this.#isDegraded(new LookedAt(answer, call.prepared.request.origin, errand.path)) ? { kind: 'degraded' } : outcome
  }

  count(errand: Errand, outcome: Outcome): void {
    const { recorder } = this
    const { slot, call, answer, dueMs } = errand
    if (outcome.kind === 'dropped') {
      for (const cut of errand.cuts) recorder.droppedIn(cut, outcome.cause)
      return recorder.dropped(slot, outcome.cause)
    }
    if (answer === null) return
    const responseMs = answer.doneMs - dueMs
    const cause = outcome.kind === 'failed' ? outcome.cause : null
    for (const cut of errand.cuts) recorder.closed(cut, outcome.kind, cause, responseMs)
    if (errand.answeredBy !== null) {
      recorder.dueIn(errand.answeredBy.cut, errand.attempt)
      errand.answeredBy.cut.counts.sent++
      recorder.closed(errand.answeredBy, outcome.kind, cause, responseMs)
    }
    if (outcome.kind !== 'failed') {
      if (answer.linkMs > 0) recorder.number(linkMsCounter, answer.linkMs)
      return recorder.answered(slot, outcome.kind === 'degraded', responseMs, answer.doneMs - answer.sentMs - answer.linkMs)
    }
    recorder.failed(slot, outcome.cause, responseMs)
    if (!this.#options.wantsSample(outcome.cause)) return
    const sample = this.#sampleOf(slot.step, outcome.cause, answer, call.headers)
    this.#options.onEvent({ atMs: answer.doneMs, kind: 'failure', text: `${slot.step}: ${outcome.cause}`, sample })
  }

  #capRefusal(nowMs: number): string | null {
    const { isBeyondCap, maxRatePerSec } = this.#options
    return isBeyondCap(nowMs) ? `a request beyond the hard cap of ${maxRatePerSec}/s was about to be sent` : null
  }

  #drop(errand: Errand): void {
    const outcome: Outcome = { kind: 'dropped', cause: `dropped:${this.#options.socketsWhose()}-no-socket` }
    // In a turn of its own: a journey that tries again at once must not keep answers, timers and Ctrl-C from being heard.
    setImmediate(() => errand.dropped(outcome))
  }
}

function refusalText(origin: string): string {
  const provider = thirdPartyOf(new URL(origin).hostname)
  return `a journey asked for ${origin}, which nobody approved${provider === undefined ? '' : `: ${refusalOf(provider)}`}`
}
