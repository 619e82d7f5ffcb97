// One rehearsal at one rate: a level of the search, or the base load between two of them. The guard is asked each time.
import type { RunEnd } from '@doorbuster/measurements'
import type { Level } from '@doorbuster/plan'
import type { CapacityLevel } from '@doorbuster/verdict'
import { hopelessBecause, levelOf } from '@doorbuster/verdict'
import { approve } from '../approve.ts'
import type { ConnectionWanted } from '../connection-flags.ts'
import { noOutputs } from '../outputs.ts'
import type { RunFlags } from '../plan-of-run.ts'
import { isUrlText, planOfRun } from '../plan-of-run.ts'
import type { Rehearsed } from '../rehearse.ts'
import { rehearse } from '../rehearse.ts'
import { repeatWords } from '../repeat-words.ts'
import type { World } from '../world.ts'

export type LevelSetting = {
  readonly source: string
  readonly flags: RunFlags
  readonly threads: number
  readonly mostShoppers: number
  readonly ways: ConnectionWanted
  readonly flagCaps: Parameters<typeof approve>[1]['flagCaps']
  readonly allowFile: string | undefined
  readonly calibrationFile: string | undefined
}

type Wanted = { readonly level: Level; readonly folder: string; readonly mayEndEarly: boolean }

/** A bare URL has no traffic that could be replaced: its rate is the level's. */
export function flagsOfLevel(source: string, flags: RunFlags, level: Level): RunFlags {
  return { ...flags, ...(isUrlText(source) && { rate: level.ratePerSec, duration: level.lastingMs }), atLevel: level }
}

/** @throws Refused, PlanError or UsageError, as a run does. */
export async function rehearseLevel(world: World, setting: LevelSetting, { level, folder, mayEndEarly }: Wanted): Promise<Rehearsed> {
  const { source, ways, threads } = setting
  const flags = flagsOfLevel(source, setting.flags, level)
  const plan = await planOfRun(source, flags, world.cwd)
  const { flagCaps, allowFile } = setting
  const approval = await approve(plan, { cwd: world.cwd, now: world.now(), allowFile, flagCaps, ways })
  const arrivals = (level.ratePerSec * level.lastingMs) / 1e3
  return await rehearse(world, {
    ...approval,
    plan,
    repeat: repeatWords(source, { ...flags, threads }, plan),
    folder,
    outputs: noOutputs,
    isQuiet: true,
    mostShoppers: setting.mostShoppers,
    way: {
      http: plan.http,
      tls: { ...ways.tls, resumes: plan.tls.resumes },
      detours: ways.detours,
      localAddresses: ways.localAddresses,
      proxy: approval.proxy,
    },
    calibrationFile: setting.calibrationFile,
    inThreads: threads === 1 ? null : { count: threads, source, flags },
    renderings: 'summary',
    ...(mayEndEarly && { hopeless: (tally) => hopelessBecause(plan.objectives, tally, arrivals) }),
  })
}

type Tried = { readonly ratePerSec: number; readonly purpose: CapacityLevel['purpose']; readonly folder: string }

export function levelOfRehearsal({ report, end }: Rehearsed, { ratePerSec, purpose, folder }: Tried): CapacityLevel {
  const hasEndedEarly = end.stoppedBy === 'abort'
  const level = levelOf({ ...report, purpose, ratePerSec, folder, hasEndedEarly })
  return hasEndedEarly && end.note !== undefined ? { ...level, because: `${level.because} ${end.note}` } : level
}

/** What ends a search, not only a level. */
export function endsSearch({ stoppedBy }: RunEnd): boolean {
  return stoppedBy !== 'end' && stoppedBy !== 'abort'
}
