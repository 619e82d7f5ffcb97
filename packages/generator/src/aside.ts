// Work beside a run, before its first arrival or after its last: `setup` and `teardown`. It goes over the same transport, guard and session
// as a journey, and nothing of it is counted.
import { Recorder } from '@doorbuster/measurements'
import type { Mask, Plan, Session } from '@doorbuster/plan'
import { seededRandom } from '@doorbuster/schedule'
import type { Approved, LiveTransport } from '@doorbuster/wire'
import type { Clock } from './clock.ts'
import { openDesk } from './desk.ts'
import { openLayers } from './open-layers.ts'
import { openRows } from './rows.ts'
import type { LimitFacts } from './run-limits.ts'
import { runLimits } from './run-limits.ts'
import type { SessionOptions } from './session-options.ts'
import { ShopperSession } from './shopper-session.ts'
import { thrownWords } from './throws.ts'
import { leavingFinished } from './visit.ts'
import { openWitnesses } from './witness.ts'

export type AsideOptions = {
  readonly name: 'setup' | 'teardown'
  readonly plan: Plan
  readonly transport: LiveTransport
  readonly approved: Approved
  readonly clock: Clock
  readonly limits: LimitFacts
  readonly shared: unknown
  readonly mask: Mask
  readonly work: (session: Session) => unknown
  /** Aborted: it is cut off where it stands. */
  readonly signal: AbortSignal
}

export type AsideEnd =
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly text: string }
  /** The guard would not let a request of it go. */
  | { readonly kind: 'refused'; readonly because: string }
  | { readonly kind: 'cut' }

/** Never rejects. Requests that are still under way at its end are cancelled. */
export function runAside(options: AsideOptions): Promise<AsideEnd> {
  const { mask, work, signal } = options
  return new Promise((resolve) => {
    const end = (ended: AsideEnd): void => {
      signal.removeEventListener('abort', cut)
      session.cutOff(leavingFinished)
      resolve(ended)
    }
    const cut = (): void => end({ kind: 'cut' })
    const session = sessionOf(options, end)
    if (signal.aborted) return cut()
    signal.addEventListener('abort', cut)
    attempt(work, session).then(
      (value) => end({ kind: 'done', value }),
      (error: unknown) => end({ kind: 'threw', text: mask(thrownWords(error)) }),
    )
  })
}

async function attempt(work: AsideOptions['work'], session: Session): Promise<unknown> {
  return await work(session)
}

function sessionOf({ name, plan, transport, approved, clock, limits, shared, mask }: AsideOptions, end: (ended: AsideEnd) => void) {
  const { isBeyondCap } = runLimits(limits)
  const desk = openDesk({
    plan,
    clock,
    recorder: new Recorder((_, release) => release()),
    transport,
    approved,
    socketsWhose: () => 'ours',
    maxRatePerSec: limits.maxRatePerSec,
    isBeyondCap,
    onRefused: (because) => end({ kind: 'refused', because }),
    wantsSample: () => false,
    onEvent: () => {},
    mask,
    privacy: null,
    threadCpuMs: () => null,
  })
  const random = seededRandom(plan.seed, 0)
  const options: SessionOptions = {
    desk,
    host: { randomOf: () => () => random.uniform() },
    lane: transport.shared,
    shopper: { kind: 'journey', name, weight: 1, steps: [], journey: async () => {} },
    journey: async () => {},
    nth: 0,
    phase: null,
    cuts: [],
    layers: openLayers(plan, desk, openWitnesses(plan, desk.recorder)),
    manners: null,
    device: null,
    rows: openRows(plan, () => {}),
    shared,
    redirects: plan.redirects,
    dueMs: null,
    timeoutMs: plan.limits.timeoutMs,
  }
  // `s.stop()` ends it as if its work were done.
  return new ShopperSession(options, () => end({ kind: 'done', value: undefined }))
}
