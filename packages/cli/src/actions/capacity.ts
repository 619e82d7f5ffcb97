// Finds how much a target takes: guard, search, and what is said at the end.
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Level, Plan } from '@doorbuster/plan'
import { atLevelObjectives, phaseAtMs, planHash } from '@doorbuster/plan'
import { levelLine, renderCapacityTerminal } from '@doorbuster/report'
import { outline } from '@doorbuster/schedule'
import type { CapacityAsked, CapacityResult } from '@doorbuster/verdict'
import { defaultObjectives, usualSearch } from '@doorbuster/verdict'
import { approve } from '../approve.ts'
import { findCalibration } from '../calibration/calibration-file.ts'
import type { SearchFlags, SearchPace } from '../capacity/capacity-flags.ts'
import { paceOf } from '../capacity/capacity-flags.ts'
import { createCapacityFolder } from '../capacity/capacity-folder.ts'
import { ceilingOf } from '../capacity/ceiling.ts'
import { hearInterrupts } from '../capacity/hear-interrupts.ts'
import { keepResult } from '../capacity/keep-result.ts'
import { flagsOfLevel } from '../capacity/level-run.ts'
import type { Searched, SearchOptions } from '../capacity/search-levels.ts'
import { searchLevels } from '../capacity/search-levels.ts'
import type { ConnectionFlags } from '../connection-flags.ts'
import { readConnections, refuseOtherFamily } from '../connection-flags.ts'
import { codeOf, folderOf } from '../ending.ts'
import type { ExitCode } from '../exit-codes.ts'
import { asOne, exitCodes } from '../exit-codes.ts'
import type { RunFlags } from '../plan-of-run.ts'
import { isUrlText, planOfRun } from '../plan-of-run.ts'
import { reportPath } from '../render-folder.ts'
import { maskSecrets } from '../secret.ts'
import { holdCommands, tellCi } from '../tell-ci.ts'
import { toldOfCapacity } from '../told.ts'
import { refuseUnwritable } from '../usage.ts'
import type { Sink, World } from '../world.ts'
import { wantsColour, widthOf } from '../world.ts'

export type CapacityFlags = Omit<RunFlags, 'rate' | 'duration' | 'connections' | 'shape' | 'level'> &
  ConnectionFlags &
  SearchFlags & {
    readonly folder?: string
    readonly json?: string
    readonly quiet?: boolean
    readonly allow?: string
    readonly maxRate?: number
    readonly maxSockets?: number
    readonly maxDuration?: number
    readonly maxShoppers: number
    readonly threads: number
    readonly calibration?: string
    readonly failAsOne?: boolean
  }

export async function capacity(world: World, source: string, flags: CapacityFlags): Promise<ExitCode> {
  const pace = paceOf(flags)
  const ways = await readConnections(world, flags)
  const own = await ownTraffic(world, source, flags)
  const plan = await planOfRun(source, flagsOfLevel(source, flags, firstLevel(pace, own)), world.cwd)
  const { maxRate = null, maxSockets = null, maxDuration = null } = flags
  const flagCaps = { maxRatePerSec: maxRate, maxSockets, maxLastingMs: maxDuration }
  const approval = await approve(plan, { cwd: world.cwd, now: world.now(), allowFile: flags.allow, flagCaps, ways })
  refuseOtherFamily(ways.localAddresses, approval.proxy?.addresses ?? approval.approved(new URL(plan.target).origin) ?? [])
  if (flags.json !== undefined && flags.json !== '-') refuseUnwritable('--json', resolve(world.cwd, flags.json))
  const ceiling = ceilingOf({
    plan,
    maxPerSec: flags.max,
    guardPerSec: approval.caps.maxRatePerSec,
    calibration: findCalibration(world, flags.calibration),
    isPlain: plan.target.startsWith('http:') && plan.http === 1 && approval.proxy === null,
    threads: flags.threads,
  })
  const asked = askedOf(world, flags, { plan, source, ceiling, own, pace })
  const folder = folderOf(world, `${plan.name}-capacity`, flags.folder)
  createCapacityFolder(folder)
  return await searchAndTell(world, flags, {
    setting: {
      source,
      flags,
      threads: flags.threads,
      mostShoppers: flags.maxShoppers,
      ways,
      flagCaps,
      allowFile: flags.allow,
      calibrationFile: flags.calibration,
    },
    asked,
    rules: { ...usualSearch, fromPerSec: asked.fromPerSec, ceilingPerSec: ceiling?.perSec ?? Number.POSITIVE_INFINITY },
    objectives: plan.objectives,
    phase: own.phase,
    folder,
    onLevel: (level) => flags.quiet !== true && world.stderr.write(`${levelLine(level, asked.per)}\n`),
    onResult: keepResult(world, folder),
  })
}

async function searchAndTell(world: World, flags: CapacityFlags, options: SearchOptions): Promise<ExitCode> {
  const { asked, folder } = options
  const sink = textSink(world, flags)
  const allowCommands = holdCommands(world, sink)
  const hearing = hearInterrupts(world)
  try {
    tellStart(world, flags, asked)
    const searched = await searchLevels(hearing.world, options)
    tellEnd(world, flags, searched.result, folder)
    allowCommands()
    const exitCode = asOne(codeOfSearch(searched), flags.failAsOne)
    tellCi(world, toldOfCapacity(searched.result, { folder, exitCode }), sink)
    return exitCode
  } finally {
    hearing.forget()
    allowCommands()
  }
}

/** Where what people read goes: stdout, unless the result does. */
function textSink({ stdout, stderr }: World, { json }: CapacityFlags): Sink {
  return json === '-' ? stderr : stdout
}

type OwnTraffic = {
  /** Null: a bare URL, or a closed loop. */
  readonly peakPerSec: number | null
  /** The phase in which its peak lies. */
  readonly phase: string | null
  readonly hash: string | null
  readonly leftOut: readonly string[]
}

/** What the plan says of its own peak, before its traffic is replaced. */
async function ownTraffic(world: World, source: string, flags: CapacityFlags): Promise<OwnTraffic> {
  if (isUrlText(source)) return { peakPerSec: null, phase: null, hash: null, leftOut: [] }
  const plan = await planOfRun(source, flags, world.cwd)
  const traffic = plan.model.kind === 'open' ? plan.model.traffic : []
  const { peak } = outline(traffic)
  const phase = peak === null ? null : phaseAtMs(traffic, peak.startMs)
  const { leftOut } = atLevelObjectives(plan.objectives, phase)
  return { peakPerSec: peak?.perSec ?? null, phase, hash: planHash(plan, maskSecrets), leftOut: leftOut.map(({ text }) => text) }
}

function firstLevel({ fromPerSec, levelMs }: SearchPace, { phase }: OwnTraffic): Level {
  return { ratePerSec: fromPerSec, lastingMs: levelMs, phase }
}

type Known = {
  readonly plan: Plan
  readonly source: string
  readonly ceiling: CapacityAsked['ceiling']
  readonly own: OwnTraffic
  readonly pace: SearchPace
}

function askedOf(world: World, flags: CapacityFlags, { plan, source, ceiling, own, pace }: Known): CapacityAsked {
  const objectives = plan.objectives.length > 0 ? plan.objectives : defaultObjectives
  return {
    name: maskSecrets(plan.name),
    target: maskSecrets(plan.target),
    planHash: own.hash ?? planHash(plan, maskSecrets),
    startedAt: world.now().toISOString(),
    per: isUrlText(source) ? 'requests' : 'shoppers',
    objectives: objectives.map(({ text }) => text),
    leftOut: [...own.leftOut],
    ...pace,
    fromPerSec: Math.min(pace.fromPerSec, ceiling?.perSec ?? pace.fromPerSec),
    ceiling,
    forecastPerSec: flags.forecast ?? own.peakPerSec,
  }
}

function tellStart(world: World, { quiet, slo }: CapacityFlags, { objectives, leftOut }: CapacityAsked): void {
  if (quiet === true) return
  if (slo.length === 0 && objectives.join() === defaultObjectives.map(({ text }) => text).join())
    world.stderr.write(`No objective was given that a level can be judged by, so the default is: ${objectives.join('; ')}\n`)
  if (leftOut.length > 0) world.stderr.write(`Not judged, since a level rate has no such part: ${leftOut.join('; ')}\n`)
}

function tellEnd(world: World, flags: CapacityFlags, result: CapacityResult, folder: string): void {
  const { json, quiet } = flags
  const sink = textSink(world, flags)
  const options = { colour: wantsColour(world, sink), width: widthOf(sink) }
  sink.write(quiet === true ? `${result.verdict}\n` : `\n${renderCapacityTerminal(result, options)}\n\nReport: ${reportPath(folder)}\n`)
  const text = `${JSON.stringify(result, null, 2)}\n`
  if (json === '-') world.stdout.write(text)
  else if (json !== undefined) writeFileSync(resolve(world.cwd, json), text)
}

const codes: Readonly<Record<CapacityResult['verdict'], ExitCode>> = {
  go: exitCodes.go,
  warn: exitCodes.go,
  measured: exitCodes.go,
  'no-go': exitCodes['no-go'],
  inconclusive: exitCodes.inconclusive,
  invalid: exitCodes.invalid,
}

/** What stopped it comes first, as with a run. */
function codeOfSearch({ result, end }: Searched): ExitCode {
  return end === null ? codes[result.verdict] : codeOf('inconclusive', end.stoppedBy, 0)
}
