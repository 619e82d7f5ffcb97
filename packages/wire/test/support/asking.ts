// One request and its answer, for tests of what a connection is like.
import type { Lane, Transport, TransportOptions, WireAnswer, WireRequest } from '../../src/transport.ts'
import { budgetOf } from './budget.ts'

/** Everything on this machine is approved. */
export function optionsFor(given: Partial<TransportOptions> = {}): TransportOptions {
  return { now: () => performance.now(), approved: () => ['127.0.0.1'], budget: budgetOf(100), ...given }
}

export function requestTo(origin: string, change: Partial<WireRequest> = {}): WireRequest {
  return {
    origin,
    method: 'GET',
    path: '/',
    headers: {},
    body: null,
    timeoutMs: 10_000,
    connectTimeoutMs: 5_000,
    firstByteTimeoutMs: Number.POSITIVE_INFINITY,
    keepBody: 'whole',
    ...change,
  }
}

export function ask(transport: Transport, wanted: WireRequest, lane: Lane = transport.shared): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const landed = (answer: WireAnswer): void => {
      if (answer.kind === 'answered') answer.keep()
      resolve(answer)
    }
    if (lane.send(transport.prepare(wanted), null, { landed }) === null) reject(new Error('no socket'))
  })
}

/** Its cause, or its status and body. */
export function told(answer: WireAnswer): string {
  return answer.kind === 'answered' ? `${answer.status} ${Buffer.from(answer.body ?? []).toString()}`.trim() : answer.cause
}
