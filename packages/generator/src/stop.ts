// Why a run is stopped before its end; the reason of an AbortSignal.
import type { RunEnd } from '@doorbuster/measurements'

export class Stop {
  readonly by: Exclude<RunEnd['stoppedBy'], 'end' | 'cut-off'>
  readonly note: string
  /** Nothing more is sent, not even by shoppers under way: each request might do more harm. */
  readonly isAtOnce: boolean
  constructor(by: Stop['by'], note: string, isAtOnce = by === 'guard') {
    this.by = by
    this.note = note
    this.isAtOnce = isAtOnce
  }
}

/** How a run ended whose stop this was. */
export function endedBy({ aborted, reason }: AbortSignal): Pick<RunEnd, 'finished' | 'stoppedBy' | 'note'> {
  if (!aborted) return { finished: true, stoppedBy: 'end' }
  const { by, note } = stopOf(reason)
  return { finished: false, stoppedBy: by, note }
}

/** Whatever else a signal was aborted with is a defect of ours. */
function stopOf(reason: unknown): Stop {
  return reason instanceof Stop ? reason : new Stop('bug', String(reason))
}

/** Whether the guard stopped it: what was sent last ought not to have been. */
export function isGuarded({ reason }: AbortSignal): boolean {
  return reason instanceof Stop && reason.by === 'guard'
}

/** Whether shoppers under way are cut off too. */
export function isAtOnce({ reason }: AbortSignal): boolean {
  return reason instanceof Stop && reason.isAtOnce
}
