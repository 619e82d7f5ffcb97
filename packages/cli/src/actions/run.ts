// Does what `run` was asked for: plan, guard, rehearsal, and what is said at the end.
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { approve } from '../approve.ts'
import { codeOf, endText, folderOf } from '../ending.ts'
import type { ExitCode } from '../exit-codes.ts'
import { openOutputs } from '../outputs.ts'
import type { RunFlags } from '../plan-of-run.ts'
import { planOfRun } from '../plan-of-run.ts'
import type { Rehearsed } from '../rehearse.ts'
import { rehearse } from '../rehearse.ts'
import { reportPath } from '../render-folder.ts'
import { UsageError } from '../usage.ts'
import type { World } from '../world.ts'

export type RunActionFlags = RunFlags & {
  readonly folder?: string
  readonly json?: string
  readonly output: readonly string[]
  readonly quiet?: boolean
  readonly insecure?: boolean
  readonly allow?: string
  readonly maxRate?: number
  readonly maxSockets?: number
  readonly maxDuration?: number
  readonly maxShoppers: number
}

export async function run(world: World, source: string, flags: RunActionFlags): Promise<ExitCode> {
  const plan = await planOfRun(source, flags, world.cwd)
  const { maxRate = null, maxSockets = null, maxDuration = null } = flags
  const flagCaps = { maxRatePerSec: maxRate, maxSockets, maxLastingMs: maxDuration }
  const approval = await approve(plan, { cwd: world.cwd, now: world.now(), allowFile: flags.allow, flagCaps })
  const outputs = openOutputs(flags.output, world.cwd)
  if (flags.json !== undefined && flags.json !== '-') refuseUnwritable(resolve(world.cwd, flags.json))
  const rehearsed = await rehearse(world, {
    ...approval,
    plan,
    folder: folderOf(world, plan.name, flags.folder),
    outputs,
    isQuiet: flags.quiet === true,
    mostShoppers: flags.maxShoppers,
    checkCertificates: flags.insecure !== true,
  })
  tell(world, rehearsed, flags)
  return codeOf(rehearsed.report.summary.verdict, rehearsed.end.stoppedBy, rehearsed.report.summary.shoppers.threw)
}

function tell(world: World, { report, folder }: Rehearsed, { json, quiet }: RunActionFlags): void {
  const sink = json === '-' ? world.stderr : world.stdout
  if (quiet === true) sink.write(`${report.summary.verdict}\n`)
  else sink.write(`\n${endText(world, report, json === '-')}\n\nReport: ${reportPath(folder)}\n`)
  const text = `${JSON.stringify(report.summary, null, 2)}\n`
  if (json === '-') world.stdout.write(text)
  else if (json !== undefined) writeFileSync(resolve(world.cwd, json), text)
}

function refuseUnwritable(path: string): void {
  try {
    writeFileSync(path, '')
  } catch (error) {
    throw new UsageError('--json', 'a file that can be written', `${path} (${(error as NodeJS.ErrnoException).code})`)
  }
}
