// One question to the target over the run's transport, outside of the load. Knows nothing of what its answer means.
import type { Limits } from '@doorbuster/plan'
import type { Answered, Approved, Transport, WireAnswer } from '@doorbuster/wire'
import type { Address } from '../address.ts'

/** The answer, or the cause why there is none. */
export type Ask = (to: Address, cookies: string | null) => Promise<Answered | string>

const longestMs = 2_000

export type KnockOptions = {
  readonly transport: Transport
  readonly approved: Approved
  readonly limits: Limits
  /** The plan's own, sent with every request. */
  readonly headers: Readonly<Record<string, string>>
}

/** Each question is a connection of its own: what another one left behind must not open a door. */
export function knocker({ transport, approved, limits, headers }: KnockOptions): Ask {
  const timeoutMs = Math.min(limits.timeoutMs, longestMs)
  const connectTimeoutMs = Math.min(limits.connectTimeoutMs, longestMs)
  const { cookie: _, ...bare } = headers
  return ({ origin, path }, cookies) =>
    new Promise((resolve) => {
      if (approved(origin) === undefined) return resolve('guard')
      const lane = transport.lane()
      const prepared = transport.prepare({
        origin,
        path,
        method: 'GET',
        headers: cookies === null ? bare : { ...bare, cookie: cookies },
        body: null,
        timeoutMs,
        connectTimeoutMs,
        firstByteTimeoutMs: Number.POSITIVE_INFINITY,
        keepBody: 'whole',
      })
      const landed = (answer: WireAnswer): void => {
        if (answer.kind === 'answered') answer.keep()
        resolve(answer.kind === 'answered' ? answer : answer.cause)
        lane.close()
      }
      if (lane.send(prepared, null, { landed }) === null) resolve('no socket')
    })
}
