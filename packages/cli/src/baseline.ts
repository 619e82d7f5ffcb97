// `--compare <base>`: an earlier run in the same report.
import { resolve } from 'node:path'
import type { Report } from '@doorbuster/report'
import type { RunComparison } from '@doorbuster/verdict'
import type { ComparableRun } from './run-in-series.ts'
import { compareComparables, readComparable } from './run-in-series.ts'
import { UsageError } from './usage.ts'
import type { World } from './world.ts'

/** @throws UsageError for a base that is no run, or of another plan */
export function comparisonWith(world: World, base: string, folder: string, report: Report): RunComparison {
  return compared(readComparable(resolve(world.cwd, base), base), folder, report)
}

/** The base is read before anything is sent, so that a wrong folder costs no run; what was run is kept whatever comes of the comparison. */
export function baselineOfRun(world: World, base: string): (folder: string, report: Report) => Report {
  const before = readComparable(resolve(world.cwd, base), base)
  return (folder, report) => {
    try {
      return { ...report, comparison: compared(before, folder, report) }
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      world.stderr.write(`Not compared: ${error.message.replace('USAGE_INVALID ', '')}\n`)
      return report
    }
  }
}

function compared(before: ComparableRun, folder: string, report: Report): RunComparison {
  // What a report shows it also says to be invalid or unfinished, so it may be shown; unlike plans have nothing in common.
  return compareComparables(before, [readComparable(folder, 'This run', report)], [], { untrusted: true })
}
