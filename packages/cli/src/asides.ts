// What a plan does before its first arrival and after its last: `setup` and `teardown`, once, from the main thread. Neither costs a run folder.
import type { AsideEnd, Clock, LimitFacts } from '@doorbuster/generator'
import { localBudget, runAside, Stop } from '@doorbuster/generator'
import type { RunEnd, RunEvent } from '@doorbuster/measurements'
import type { Plan, Session } from '@doorbuster/plan'
import { PlanError } from '@doorbuster/plan'
import type { Approval } from './approve.ts'
import { plainJson } from './plain-json.ts'
import { maskSecrets } from './secret.ts'
import type { WayOut } from './transport-of-run.ts'
import { transportMaker } from './transport-of-run.ts'

export type AsidesOptions = Pick<Approval, 'approved'> & {
  readonly plan: Plan
  readonly way: WayOut
  readonly clock: Clock
  readonly limits: LimitFacts
  readonly stop: AbortController
  readonly note: (event: RunEvent) => void
  /** Says it to whoever watches. */
  readonly tell: (text: string) => void
}

export type Asides = {
  /** What `setup` returned; where it failed the run is stopped before anything is sent. */
  setUp(): Promise<unknown>
  /** Its failure is told, and costs nothing. */
  tearDown(shared: unknown, end: RunEnd): Promise<void>
}

/** However short the drain time: less is no time to tidy up in. */
const shortestTeardownMs = 1_000

export function openAsides(options: AsidesOptions): Asides {
  const { plan, clock, stop, note, tell } = options
  const { setup, teardown, limits } = plan
  let isSetUp = setup === undefined
  const say = (text: string): void => {
    const masked = maskSecrets(text)
    tell(masked)
    note({ atMs: clock.now(), kind: 'note', text: masked })
  }
  return {
    setUp: async () => {
      if (setup === undefined) return undefined
      const startMs = clock.now()
      const ended = await run(options, 'setup', undefined, setup, stop.signal)
      const shared = returned(ended, stop)
      isSetUp = !stop.signal.aborted
      if (isSetUp) note({ atMs: 0, kind: 'note', text: `setup took ${Math.round(clock.now() - startMs)} ms` })
      return shared
    },
    tearDown: async (shared, { stoppedBy }) => {
      if (teardown === undefined) return
      if (!isSetUp || stoppedBy === 'guard')
        return say(`teardown was left out: ${isSetUp ? 'the guard stopped the run' : 'setup did not end well'}`)
      const atMostMs = Math.max(limits.drainMs, shortestTeardownMs)
      const ended = await run(options, 'teardown', shared, (s) => teardown(s, shared), AbortSignal.timeout(atMostMs))
      if (ended.kind === 'threw') say(`teardown threw ${ended.text}`)
      if (ended.kind === 'refused') say(`teardown was stopped by the guard: ${ended.because}`)
      if (ended.kind === 'cut') say(`teardown was not done after ${atMostMs / 1e3} s and was cut off`)
    },
  }
}

/** Stops the run for whatever is not a value that every thread can be given. */
function returned(ended: AsideEnd, stop: AbortController): unknown {
  const end = (by: Stop['by'], text: string): void => {
    if (!stop.signal.aborted) stop.abort(new Stop(by, maskSecrets(text)))
  }
  if (ended.kind === 'threw') end('journey', `setup threw ${ended.text}`)
  if (ended.kind === 'refused') end('guard', `setup: ${ended.because}`)
  if (ended.kind !== 'done') return undefined
  try {
    return plainJson(ended.value, 'setup')
  } catch (error) {
    if (!(error instanceof PlanError)) throw error
    end('plan', error.message)
    return undefined
  }
}

async function run(
  { plan, way, approved, clock, limits }: AsidesOptions,
  name: 'setup' | 'teardown',
  shared: unknown,
  work: (session: Session) => unknown,
  signal: AbortSignal,
): Promise<AsideEnd> {
  const transport = (await transportMaker(way))(clock, approved, localBudget(limits.ceiling.sockets))
  // What the work waits for may be nothing that keeps the process alive.
  const alive = setInterval(() => {}, 1_000)
  try {
    return await runAside({ name, plan, transport, approved, clock, limits, shared, mask: maskSecrets, work, signal })
  } finally {
    clearInterval(alive)
    await transport.close()
  }
}
