// How a run ends for whoever started it: the text, the exit code, and where its folder is.
import { resolve } from 'node:path'
import type { RunEnd } from '@doorbuster/measurements'
import type { Report } from '@doorbuster/report'
import { comparisonForTerminal, renderTerminal } from '@doorbuster/report'
import type { Verdict } from '@doorbuster/verdict'
import type { ExitCode } from './exit-codes.ts'
import { exitCodes } from './exit-codes.ts'
import type { World } from './world.ts'
import { wantsColour, widthOf } from './world.ts'

export function endText(world: World, report: Report, isOnStderr = false): string {
  const sink = isOnStderr ? world.stderr : world.stdout
  const options = { colour: wantsColour(world, sink), width: widthOf(sink) }
  const text = renderTerminal(report, options)
  return report.comparison === undefined ? text : `${text}\n\n${comparisonForTerminal(report.comparison, options)}`
}

/** Precedence: guard, bug, interrupted, journey that never worked, mistake in the plan found on the way, invalid, no-go, inconclusive, a journey that threw here and there, go. */
export function codeOf(verdict: Verdict, stoppedBy: RunEnd['stoppedBy'], threw: number): ExitCode {
  if (stoppedBy === 'guard') return exitCodes.guard
  if (stoppedBy === 'bug') return exitCodes.bug
  if (stoppedBy === 'interrupt') return exitCodes.interrupted
  if (stoppedBy === 'journey') return exitCodes['journey-threw']
  if (stoppedBy === 'plan') return exitCodes['bad-plan']
  if (threw > 0 && (verdict === 'go' || verdict === 'inconclusive')) return exitCodes['journey-threw']
  return exitCodes[verdict]
}

/** `runs/20261120T080000Z-spring-drop`: sorts by start, safe on every file system. */
export function folderOf(world: World, name: string, folder?: string): string {
  if (folder !== undefined) return resolve(world.cwd, folder)
  const start = world
    .now()
    .toISOString()
    .replace(/[-:]|\.\d+/g, '')
  return resolve(
    world.cwd,
    'runs',
    `${start}-${name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60)}`,
  )
}
