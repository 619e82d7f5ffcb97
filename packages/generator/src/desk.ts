// The desk that every request passes: due, sent or dropped, done, counted. One for the whole run; knows no journeys and no traffic shape.
//
//   due ──▶ sent ──▶ on the wire ──▶ landed ──▶ settled (after the journey's checks)
//    └──▶ dropped (no socket)
import type { Recorder, RunEvent, Slot } from '@doorbuster/measurements'
import type { Plan } from '@doorbuster/plan'
import type { Approved, Cancel, Lane, WireAnswer, WireRequest } from '@doorbuster/wire'
import { addresser } from './address.ts'
import type { Clock } from './clock.ts'
import { sampler } from './evidence.ts'
import type { Outcome } from './outcome.ts'
import { outcomeOf } from './outcome.ts'

/** A journey asked for a host that nobody approved. Ends the run: it may be somebody else's machine. */
export class GuardError extends Error {
  override readonly name = 'GuardError'
}

/** As it stands in the list of approved hosts: lower case, no brackets. */
export function hostnameOf(origin: string): string {
  return new URL(origin).hostname.replace(/^\[|\]$/g, '')
}

export type Call = {
  readonly slot: Slot
  readonly dueMs: number
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
  /** Sends one call; `onLanded` gets what came of it and must call `settle` when the outcome is final. Throws GuardError. */
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
  /** Whose doing it is when the ceiling on sockets is reached. */
  readonly socketsWhose: 'ours' | 'theirs'
  readonly wantsSample: (cause: string) => boolean
  readonly onEvent: (event: RunEvent) => void
}

export function openDesk({ plan, clock, recorder, approved, socketsWhose, wantsSample, onEvent }: DeskOptions): Desk {
  const addressOf = addresser(plan.target)
  const sampleOf = sampler(plan.headers)
  const degradedHeader = plan.degradedHeader.toLowerCase()
  const approvedOrigins = new Set<string>()

  const refuse = (origin: string): void => {
    if (approvedOrigins.has(origin)) return
    if (!approved.has(hostnameOf(origin))) throw new GuardError(`a journey asked for ${origin}, which nobody approved`)
    approvedOrigins.add(origin)
  }

  const requestOf = ({ method, path, headers, body, timeoutMs, keepBody }: Call): WireRequest => {
    const address = addressOf(path)
    refuse(address.origin)
    return {
      origin: address.origin,
      method,
      path: address.path,
      headers: { ...plan.headers, ...headers },
      body,
      timeoutMs: Math.min(timeoutMs, plan.limits.timeoutMs),
      connectTimeoutMs: plan.limits.connectTimeoutMs,
      keepBody,
    }
  }

  const count = (call: Call, outcome: Outcome, answer: WireAnswer | null): void => {
    const { slot, dueMs } = call
    if (outcome.kind === 'dropped') return recorder.dropped(slot, outcome.cause)
    if (answer === null) return
    const responseMs = answer.doneMs - dueMs
    if (outcome.kind !== 'failed') return recorder.answered(slot, outcome.kind === 'degraded', responseMs, answer.doneMs - answer.sentMs)
    recorder.failed(slot, outcome.cause, responseMs)
    if (wantsSample(outcome.cause)) {
      const sample = sampleOf(slot.step, outcome.cause, answer)
      onEvent({ atMs: answer.doneMs, kind: 'failure', text: `${slot.step}: ${outcome.cause}`, sample })
    }
  }

  const landedOf = (call: Call, outcome: Outcome, answer: WireAnswer | null): Landed => {
    let isSettled = false
    return {
      outcome,
      answer,
      responseMs: (answer?.doneMs ?? call.dueMs) - call.dueMs,
      settle: (failedCheck) => {
        if (isSettled) return
        isSettled = true
        const isTurned = failedCheck !== undefined && (outcome.kind === 'ok' || outcome.kind === 'degraded')
        count(call, isTurned ? { kind: 'failed', cause: failedCheck } : outcome, answer)
      },
    }
  }

  const call = (lane: Lane, call: Call, onLanded: (landed: Landed) => void): Cancel => {
    const request = requestOf(call)
    recorder.advance(clock.now())
    recorder.due(call.slot)
    const sentMs = clock.now()
    const cancel = lane.send(request, (answer) => {
      recorder.advance(answer.doneMs)
      recorder.landed(call.slot, answer.bytesIn, answer.bytesOut)
      onLanded(landedOf(call, outcomeOf(answer, { statuses: call.statuses, degradedHeader }), answer))
    })
    if (cancel === null) {
      // Never before this function has returned: a caller would take the next request's cancel for this one's.
      queueMicrotask(() => onLanded(landedOf(call, { kind: 'dropped', cause: `dropped:${socketsWhose}-sockets` }, null)))
      return () => {}
    }
    recorder.sent(call.slot, sentMs - call.dueMs)
    return cancel
  }

  return { clock, recorder, call }
}
