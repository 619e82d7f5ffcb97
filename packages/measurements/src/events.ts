// What happened at one moment: phase edges, aborts, samples of failures. Capped by whoever writes them, so a long bad run stays small.
import type { RunEnd } from './facts.ts'
import type { Finding } from './ledger-entries.ts'

/** One failed answer, kept as evidence. `body` holds its first characters, secrets masked. */
export type FailureSample = { readonly step: string; readonly status: number; readonly cause: string; readonly body?: string }

export type RunEvent = {
  /** ms from the run's zero. */
  readonly atMs: number
  readonly kind: 'phase' | 'abort' | 'failure' | 'note' | 'warn' | 'stop'
  readonly text: string
  readonly sample?: FailureSample
  /** What was found in one answer, told at once; the windows hold the sums. */
  readonly finding?: Finding
  /** On `stop` alone: how the run ended. */
  readonly end?: RunEnd
}
