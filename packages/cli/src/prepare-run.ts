// All that is known of one run before anything is opened for it: the plan within its caps, what the machine can hold, the description of the
// start, and what has to be warned of. Writes nothing.
import type { Clock, LimitFacts } from '@doorbuster/generator'
import { createClock } from '@doorbuster/generator'
import type { RunStart } from '@doorbuster/measurements'
import type { Plan } from '@doorbuster/plan'
import { forecastBeyondProvider } from '@doorbuster/verdict'
import type { Approval } from './approve.ts'
import { withinCaps } from './approve.ts'
import { findCalibration } from './calibration/calibration-file.ts'
import { calibrationOfRun } from './calibration/calibration-of-run.ts'
import { fitCrowd } from './fit-crowd.ts'
import { socketLimit } from './machine.ts'
import { socketsOfBooks } from './open-books.ts'
import { newRunId } from './run-headers.ts'
import { describeStart } from './run-start.ts'
import type { InThreads } from './send-run.ts'
import type { WayOut } from './transport-of-run.ts'
import { transportName } from './transport-of-run.ts'
import type { World } from './world.ts'

export type PrepareOptions = Pick<Approval, 'caps'> & {
  readonly plan: Plan
  readonly mostShoppers: number
  readonly way: WayOut
  /** Null: this thread sends. */
  readonly inThreads: InThreads | null
  /** File of a calibration that was named; undefined: this user's own, if there is one. */
  readonly calibrationFile?: string | undefined
  /** Words that ask for the same again, of a bare URL. */
  readonly repeat?: readonly string[] | undefined
  /** When its zero must be, wall-clock ms since 1970; null or left out: as soon as everything is ready. */
  readonly zeroMs?: number | null
}

export type PreparedRun = {
  readonly plan: Plan
  readonly runId: string
  readonly start: RunStart
  readonly clock: Clock
  readonly limits: LimitFacts
  readonly warnings: readonly string[]
}

export async function prepareRun(world: World, options: PrepareOptions): Promise<PreparedRun> {
  const { caps, mostShoppers, inThreads, way, zeroMs = null } = options
  const plan = withinCaps(options.plan, caps)
  const ceiling = { sockets: Math.min(socketLimit(), socketsOfShoppers(plan, caps)), shoppers: mostShoppers }
  const tight = fitCrowd(plan, ceiling)
  const clock = createClock()
  const runId = newRunId()
  const described = describeStart(plan, {
    startedAt: zeroMs === null ? world.now() : new Date(zeroMs),
    runId,
    ceiling,
    transport: await transportName(way, clock),
    threads: inThreads?.count ?? 1,
    sources: Math.max(1, way.localAddresses.length),
    nodeVersion: world.nodeVersion,
    ...(options.repeat !== undefined && { repeat: options.repeat }),
  })
  const { calibration, remarks } = calibrationOfRun(findCalibration(world, options.calibrationFile), plan, described)
  const beyond = forecastBeyondProvider(plan.orders ?? null)
  return {
    plan,
    runId,
    start: { ...described, calibration },
    clock,
    limits: { ceiling, maxRatePerSec: caps.maxRatePerSec },
    warnings: [...(tight === null ? [] : [tight]), ...(beyond === null ? [] : [`Warning: ${beyond}.`]), ...remarks],
  }
}

/** What the hard cap leaves beside the books. */
function socketsOfShoppers(plan: Plan, caps: Approval['caps']): number {
  return caps.maxSockets === null ? Number.POSITIVE_INFINITY : caps.maxSockets - socketsOfBooks(plan, caps)
}
