// What every renderer is given: one run's record, already judged. Knows nothing of files or of how any renderer draws it.
import type { Gallery, RunEvent, RunStart, Signature, TargetSeries, TimelineRow } from '@doorbuster/measurements'
import type { CapacityResult, RunComparison, Summary } from '@doorbuster/verdict'

/** One rehearsal, as the run folder holds it. Renderers read it and return text; they never judge it again. */
export type Report = {
  readonly summary: Summary
  readonly start: RunStart
  readonly timeline: readonly TimelineRow[]
  /** What some pictures need beside the timeline; without it the page has fewer of them. */
  readonly gallery?: Gallery
  readonly events: readonly RunEvent[]
  /** Who stands for the run. Only what is bound to these very files is handed over. */
  readonly signature?: Signature
  /** What an earlier search for capacity found. */
  readonly capacity?: CapacityResult
  /** What the target's metrics pages said; absent where none was read. */
  readonly target?: TargetSeries
  /** This run held against an earlier one. */
  readonly comparison?: RunComparison
  /** Files that were meant for this report and could not be used, each in a sentence. */
  readonly leftOut?: readonly string[]
}
