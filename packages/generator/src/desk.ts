// The desk that every request passes: due, sent or dropped, done, counted. One for the whole run; knows no journeys and no traffic shape.
//
//   due ──▶ sent ──▶ on the wire ──▶ landed ──▶ settled (after the journey's checks)
//    └──▶ dropped (no socket)
import type { Recorder, RunEvent, Slot } from '@doorbuster/measurements'
import type { Plan } from '@doorbuster/plan'
import type { Approved, Cancel, Lane, WireAnswer, WireRequest } from '@doorbuster/wire'
import type { Address } from './address.ts'
import { addresser } from './address.ts'
import type { Clock } from './clock.ts'
import { sampler } from './evidence.ts'
import type { Outcome } from './outcome.ts'
import { outcomeOf } from './outcome.ts'

export type Call = {
  readonly slot: Slot
  /** The moment at which it was owed; null when it is simply due now, in which case our own lateness cannot be told. */
  readonly owedMs: number | null
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | null
  readonly statuses: readonly number[] | undefined
  /** Whole-request deadline; the plan's own is the upper limit. */
  readonly timeoutMs: number
  readonly keepBody: boolean
}

export type Desk = {
  readonly clock: Clock
  readonly recorder: Recorder
  /**
   * Sends one call; `onLanded` gets what came of it, after this has returned, and must call `settle` when the outcome is final. A call
   * that the guard refuses is never sent and never lands: the run is being stopped.
   */
  call(lane: Lane, call: Call, onLanded: (landed: Landed) => void): Cancel
}

/** What a call came to, before it is counted: a failed check may still turn it. */
export type Landed = {
  readonly outcome: Outcome
  /** Null when there was no socket to send it on. */
  readonly answer: WireAnswer | null
  readonly responseMs: number
  /** Counts it, once; a cause turns an ok answer into a failed one. */
  settle(failedCheck?: string): void
}

export type DeskOptions = {
  readonly plan: Plan
  readonly clock: Clock
  readonly recorder: Recorder
  readonly approved: Approved
  /** Whose doing it is when there is no socket left. */
  readonly socketsWhose: () => 'ours' | 'theirs'
  /** Hard cap on requests per second; null: none. */
  readonly mostPerSec: number | null
  /** A host that nobody approved, or a request beyond the hard cap. It may be somebody else's machine: the run ends. */
  readonly onRefused: (because: string) => void
  readonly wantsSample: (cause: string) => boolean
  readonly onEvent: (event: RunEvent) => void
}

export function openDesk(options: DeskOptions): Desk {
  const { plan, clock, recorder, approved, socketsWhose, mostPerSec, onRefused, wantsSample, onEvent } = options
  const addressOf = addresser(plan.target)
  const sampleOf = sampler(plan.headers)
  const degradedHeader = plan.degradedHeader.toLowerCase()
  const isBeyondCap = meter(mostPerSec)

  const refusal = (origin: string, nowMs: number): string | null => {
    if (approved(origin) === undefined) return `a journey asked for ${origin}, which nobody approved`
    return isBeyondCap(nowMs) ? `a request beyond the hard cap of ${mostPerSec}/s was about to be sent` : null
  }

  const requestOf = ({ method, headers, body, timeoutMs, keepBody }: Call, { origin, path }: Address): WireRequest => ({
    origin,
    method,
    path,
    headers: { ...plan.headers, ...headers },
    body,
    timeoutMs: Math.min(timeoutMs, plan.limits.timeoutMs),
    connectTimeoutMs: plan.limits.connectTimeoutMs,
    keepBody,
  })

  const count = ({ slot, headers }: Call, dueMs: number, outcome: Outcome, answer: WireAnswer | null): void => {
    if (outcome.kind === 'dropped') return recorder.dropped(slot, outcome.cause)
    if (answer === null) return
    const responseMs = answer.doneMs - dueMs
    if (outcome.kind !== 'failed') return recorder.answered(slot, outcome.kind === 'degraded', responseMs, answer.doneMs - answer.sentMs)
    recorder.failed(slot, outcome.cause, responseMs)
    if (wantsSample(outcome.cause)) {
      const sample = sampleOf(slot.step, outcome.cause, answer, headers)
      onEvent({ atMs: answer.doneMs, kind: 'failure', text: `${slot.step}: ${outcome.cause}`, sample })
    }
  }

  const landedOf = (call: Call, dueMs: number, outcome: Outcome, answer: WireAnswer | null): Landed => {
    let isSettled = false
    return {
      outcome,
      answer,
      responseMs: (answer?.doneMs ?? dueMs) - dueMs,
      settle: (failedCheck) => {
        if (isSettled) return
        isSettled = true
        const isTurned = failedCheck !== undefined && (outcome.kind === 'ok' || outcome.kind === 'degraded')
        count(call, dueMs, isTurned ? { kind: 'failed', cause: failedCheck } : outcome, answer)
      },
    }
  }

  const call = (lane: Lane, call: Call, onLanded: (landed: Landed) => void): Cancel => {
    const address = addressOf(call.path)
    const nowMs = clock.now()
    const refused = refusal(address.origin, nowMs)
    if (refused !== null) {
      onRefused(refused)
      return () => {}
    }
    const dueMs = call.owedMs ?? nowMs
    recorder.advance(nowMs)
    recorder.due(call.slot)
    const cancel = lane.send(requestOf(call, address), (answer) => {
      recorder.advance(answer.doneMs)
      recorder.landed(call.slot, answer.bytesIn, answer.bytesOut)
      onLanded(landedOf(call, dueMs, outcomeOf(answer, { statuses: call.statuses, degradedHeader }), answer))
    })
    if (cancel === null) {
      const dropped: Outcome = { kind: 'dropped', cause: `dropped:${socketsWhose()}-sockets` }
      // In a turn of its own: a journey that tries again at once must not keep answers, timers and Ctrl-C from being heard.
      setImmediate(() => onLanded(landedOf(call, dueMs, dropped, null)))
      return () => {}
    }
    recorder.sent(call.slot, call.owedMs === null ? null : nowMs - call.owedMs)
    return cancel
  }

  return { clock, recorder, call }
}

/** Counts requests second by second. One more than the cap is let pass, and one in a hundred: a second's edge is no breach. */
function meter(mostPerSec: number | null): (nowMs: number) => boolean {
  if (mostPerSec === null) return () => false
  let second = 0
  let sent = 0
  return (nowMs) => {
    // A timer may end a hair before the run's zero; that belongs to the first second.
    const current = Math.max(0, Math.floor(nowMs / 1e3))
    if (current !== second) sent = 0
    second = current
    return ++sent > mostPerSec * 1.01 + 1
  }
}
