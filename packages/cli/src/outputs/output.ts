// What an output beside the run folder is: told of the start, of each window and of the end. Knows no kind of output.
import type { RunStart, TimelineRow, Window } from '@doorbuster/measurements'
import type { Report } from '@doorbuster/report'

export type Output = {
  readonly begin?: (start: RunStart) => void
  /** The window is only lent for the length of the call. */
  readonly window?: (window: Window, row: TimelineRow) => void
  readonly end?: (report: Report) => void | Promise<void>
  /** Always, and once: also when there was no run. Whoever waits for a last reader stops waiting at `enough`. */
  readonly close?: (enough: AbortSignal) => void | Promise<void>
}

export type Tell = (text: string) => void
