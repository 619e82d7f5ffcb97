// `--compare <base>`: an earlier run in the same report.
import { resolve } from 'node:path'
import type { Report } from '@doorbuster/report'
import type { ComparableRun } from './run-in-series.ts'
import { compareComparables, readComparable } from './run-in-series.ts'
import { UsageError } from './usage.ts'
import type { World } from './world.ts'

/** The report itself where no base is asked for. @throws UsageError for a base that is no run, or of another plan */
export function withBaseline(world: World, folder: string, report: Report, base: string | undefined): Report {
  if (base === undefined) return report
  return beside(readComparable(resolve(world.cwd, base), base), folder, report)
}

/** The base is read before anything is sent, so that a wrong folder costs no run; what was run is kept whatever comes of the comparison. */
export function baselineOfRun(world: World, base: string): (folder: string, report: Report) => Report {
  const before = readComparable(resolve(world.cwd, base), base)
  return (folder, report) => {
    try {
      return beside(before, folder, report)
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      world.stderr.write(`Not compared: ${error.message.replace('USAGE_INVALID ', '')}\n`)
      return report
    }
  }
}

function beside(before: ComparableRun, folder: string, report: Report): Report {
  // What a report shows it also says to be invalid or unfinished, so it may be shown; unlike plans have nothing in common.
  const comparison = compareComparables(before, [readComparable(folder, folder, report)], [], { untrusted: true })
  return { ...report, comparison }
}
