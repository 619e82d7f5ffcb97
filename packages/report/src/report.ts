// What every renderer is given: one run's record, already judged. Knows nothing of files or of how any renderer draws it.
import type { RunEvent, RunStart, TimelineRow } from '@doorbuster/measurements'
import type { RunComparison, Summary } from '@doorbuster/verdict'

/** One rehearsal, as the run folder holds it. Renderers read it and return text; they never judge it again. */
export type Report = {
  readonly summary: Summary
  readonly start: RunStart
  readonly timeline: readonly TimelineRow[]
  readonly events: readonly RunEvent[]
  /** This run held against an earlier one. */
  readonly comparison?: RunComparison
}
