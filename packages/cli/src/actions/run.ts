// Does what `run` was asked for: plan, guard, rehearsal, and what is said at the end.
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Plan } from '@doorbuster/plan'
import { appointmentAt, keptAppointment } from '../appointment.ts'
import { approve } from '../approve.ts'
import { baselineOfRun } from '../baseline.ts'
import type { ConnectionFlags } from '../connection-flags.ts'
import { readConnections, refuseOtherFamily } from '../connection-flags.ts'
import { codeOf, endText, folderOf } from '../ending.ts'
import type { ExitCode } from '../exit-codes.ts'
import { exitCodes } from '../exit-codes.ts'
import { openOutputs } from '../outputs.ts'
import type { RunFlags } from '../plan-of-run.ts'
import { planOfRun } from '../plan-of-run.ts'
import type { Rehearsed } from '../rehearse.ts'
import { rehearse } from '../rehearse.ts'
import { reportPath } from '../render-folder.ts'
import { refuseUnwritable, UsageError } from '../usage.ts'
import type { World } from '../world.ts'

export type RunActionFlags = RunFlags &
  ConnectionFlags & {
    readonly folder?: string
    readonly json?: string
    readonly output: readonly string[]
    readonly quiet?: boolean
    readonly allow?: string
    readonly maxRate?: number
    readonly maxSockets?: number
    readonly maxDuration?: number
    readonly maxShoppers: number
    readonly at?: string
    /** That send; with 1 the main thread does. */
    readonly threads: number
    readonly calibration?: string
    readonly compare?: string
  }

export async function run(world: World, source: string, flags: RunActionFlags): Promise<ExitCode> {
  const plan = await planOfRun(source, flags, world.cwd)
  const { maxRate = null, maxSockets = null, maxDuration = null } = flags
  const flagCaps = { maxRatePerSec: maxRate, maxSockets, maxLastingMs: maxDuration }
  const ways = await readConnections(world, flags)
  const appointment = flags.at === undefined ? null : appointmentAt(flags.at, plan, world.now())
  const day = appointment === null ? world.now() : new Date(appointment.zeroMs)
  const ask = () => approve(plan, { cwd: world.cwd, now: day, allowFile: flags.allow, flagCaps, ways })
  let approval = await ask()
  if (appointment !== null) {
    if (!(await keptAppointment(world, appointment, flags.quiet === true))) return leftBefore(world)
    // Names may lead elsewhere than they did when the wait began, and the list may have been changed.
    approval = await ask()
  }
  const { tls, detours, localAddresses } = ways
  const { proxy } = approval
  refuseLinksThroughProxy(plan, proxy !== null)
  refuseOtherFamily(localAddresses, proxy?.addresses ?? approval.approved(new URL(plan.target).origin) ?? [])
  const outputs = openOutputs(flags.output, world.cwd, (text) => world.stderr.write(`${text}\n`))
  if (flags.json !== undefined && flags.json !== '-') refuseUnwritable('--json', resolve(world.cwd, flags.json))
  const besideBase = flags.compare === undefined ? undefined : baselineOfRun(world, flags.compare)
  const rehearsed = await rehearse(world, {
    ...(besideBase !== undefined && { besideBase }),
    ...approval,
    plan,
    folder: folderOf(world, plan.name, flags.folder),
    outputs,
    isQuiet: flags.quiet === true,
    mostShoppers: flags.maxShoppers,
    way: { http: plan.http, tls: { ...tls, resumes: plan.tls.resumes }, detours, localAddresses, proxy },
    calibrationFile: flags.calibration,
    zeroMs: appointment?.zeroMs ?? null,
    inThreads: flags.threads === 1 ? null : { count: flags.threads, source, flags },
  })
  tell(world, rehearsed, flags)
  tellTrouble(world, rehearsed)
  return codeOf(rehearsed.report.summary.verdict, rehearsed.end.stoppedBy, rehearsed.report.summary.shoppers.threw)
}

function leftBefore(world: World): ExitCode {
  world.stderr.write('Left before the start: nothing was sent, and there is no run folder.\n')
  return exitCodes.interrupted
}

/** What goes through a proxy goes over a client that knows no links. */
function refuseLinksThroughProxy({ shoppers }: Plan, hasProxy: boolean): void {
  const linked = shoppers.find(({ devices }) => devices !== undefined)
  if (!hasProxy || linked === undefined) return
  throw new UsageError('--proxy', `no proxy for a plan with devices, whose lines are only known directly (or devices: 'none')`, linked.name)
}

function tell(world: World, { report, folder, hasPage }: Rehearsed, { json, quiet }: RunActionFlags): void {
  const sink = json === '-' ? world.stderr : world.stdout
  if (quiet === true) sink.write(`${report.summary.verdict}\n`)
  else sink.write(`\n${endText(world, report, json === '-')}\n${hasPage ? `\nReport: ${reportPath(folder)}\n` : ''}`)
  const text = `${JSON.stringify(report.summary, null, 2)}\n`
  if (json === '-') world.stdout.write(text)
  else if (json !== undefined) writeJson(world, resolve(world.cwd, json), text)
}

function writeJson(world: World, path: string, text: string): void {
  try {
    writeFileSync(path, text)
  } catch (error) {
    world.stderr.write(`${path}: the summary could not be written there: ${(error as Error).message}\n`)
  }
}

/** What ended the run before its time, and journeys that threw: neither is a verdict on the target. */
function tellTrouble(world: World, { report: { summary, events }, end }: Rehearsed): void {
  if (end.note !== undefined) world.stderr.write(`Stopped: ${end.note}\n`)
  if (summary.shoppers.threw === 0) return
  const threw = events.filter(({ kind, text }) => kind === 'note' && /^the journey of .* threw /.test(text)).map(({ text }) => `  ${text}`)
  world.stderr.write(
    `${summary.shoppers.threw} of ${summary.shoppers.started} journeys threw an error of their own:\n${threw.join('\n')}\n`,
  )
}
