// Does what `run` was asked for: plan, guard, rehearsal, and what is said at the end.
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Plan } from '@doorbuster/plan'
import { appointmentAt, keptAppointment } from '../appointment.ts'
import { approve } from '../approve.ts'
import { approveBeside } from '../approve-beside.ts'
import { baselineOfRun } from '../baseline.ts'
import { capacityIn } from '../capacity/capacity-folder.ts'
import type { ConnectionFlags } from '../connection-flags.ts'
import { readConnections, refuseOtherFamily } from '../connection-flags.ts'
import { codeOf, endText, folderOf } from '../ending.ts'
import type { ExitCode } from '../exit-codes.ts'
import { asOne, exitCodes } from '../exit-codes.ts'
import { takesStdout } from '../output-types.ts'
import type { Outputs } from '../outputs.ts'
import { openOutputs } from '../outputs.ts'
import type { RunFlags } from '../plan-of-run.ts'
import { planOfRun } from '../plan-of-run.ts'
import type { Rehearsed, RehearseOptions } from '../rehearse.ts'
import { rehearse } from '../rehearse.ts'
import { reportPath } from '../render-folder.ts'
import { repeatWords } from '../repeat-words.ts'
import { holdCommands, tellCi } from '../tell-ci.ts'
import { toldOfRun } from '../told.ts'
import { refuseUnwritable, UsageError } from '../usage.ts'
import type { Sink, World } from '../world.ts'

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
    /** The port of the live page; true: any that is free. */
    readonly ui?: number | true
    /** How long a scraper may take to come once more after the run. */
    readonly linger?: number
    readonly failAsOne?: boolean
    /** Folder of an earlier search. */
    readonly capacity?: string
    readonly compare?: string
  }

export async function run(world: World, source: string, flags: RunActionFlags): Promise<ExitCode> {
  const plan = await planOfRun(source, flags, world.cwd)
  const { maxRate = null, maxSockets = null, maxDuration = null } = flags
  const flagCaps = { maxRatePerSec: maxRate, maxSockets, maxLastingMs: maxDuration }
  const capacity = flags.capacity === undefined ? null : capacityIn(resolve(world.cwd, flags.capacity), '--capacity')
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
  if (flags.json === '-' && takesStdout(flags.output)) throw new UsageError('--json', 'a file where an output goes to stdout', '"-"')
  if (flags.json !== undefined && flags.json !== '-') refuseUnwritable('--json', resolve(world.cwd, flags.json))
  const besideBase = flags.compare === undefined ? undefined : baselineOfRun(world, flags.compare)
  const outputs = await openOutputs(flags.output, world, {
    reach: (url) => approveBeside(approval.grounds, url),
    lingerMs: flags.linger ?? defaultLingerMs,
  })
  const allowCommands = holdCommands(world, textSink(world, flags))
  try {
    return await rehearseAndTell(world, flags, allowCommands, {
      ...approval,
      plan,
      repeat: repeatWords(source, flags, plan),
      folder: folderOf(world, plan.name, flags.folder),
      outputs,
      isQuiet: flags.quiet === true,
      ...(besideBase !== undefined && { besideBase }),
      ...(capacity !== null && { capacity }),
      uiPort: flags.ui === true ? 0 : (flags.ui ?? null),
      mostShoppers: flags.maxShoppers,
      way: { http: plan.http, tls: { ...tls, resumes: plan.tls.resumes }, detours, localAddresses, proxy },
      calibrationFile: flags.calibration,
      zeroMs: appointment?.zeroMs ?? null,
      inThreads: flags.threads === 1 ? null : { count: flags.threads, source, flags },
    })
  } finally {
    allowCommands()
    await closed(world, outputs)
  }
}

/** A scraper comes every 15 s unless it is told otherwise. */
const defaultLingerMs = 20_000

async function rehearseAndTell(
  world: World,
  flags: RunActionFlags,
  allowCommands: () => void,
  options: RehearseOptions,
): Promise<ExitCode> {
  const rehearsed = await rehearse(world, options)
  const { report, end, folder } = rehearsed
  tell(world, rehearsed, flags)
  tellTrouble(world, rehearsed)
  const exitCode = asOne(codeOf(report.summary.verdict, end.stoppedBy, report.summary.shoppers.threw), flags.failAsOne)
  allowCommands()
  tellCi(world, toldOfRun(report, { folder, exitCode }), textSink(world, flags))
  return exitCode
}

/** Where what people read goes: stdout, unless something else does. */
function textSink(world: World, { json, output }: RunActionFlags): Sink {
  return json === '-' || takesStdout(output) ? world.stderr : world.stdout
}

/** Ctrl-C ends the wait for a last reader. */
async function closed(world: World, outputs: Outputs): Promise<void> {
  const enough = new AbortController()
  const forget = world.onInterrupt(() => enough.abort())
  await outputs.close(enough.signal)
  forget()
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

function tell(world: World, { report, folder, hasPage }: Rehearsed, flags: RunActionFlags): void {
  const { json, quiet } = flags
  const sink = textSink(world, flags)
  if (quiet === true) sink.write(`${report.summary.verdict}\n`)
  else sink.write(`\n${endText(world, report, sink === world.stderr)}\n${hasPage ? `\nReport: ${reportPath(folder)}\n` : ''}`)
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
