// Why a run is stopped before its end; the reason of an AbortSignal.
import type { RunEnd } from '@doorbuster/measurements'

export class Stop {
  readonly by: Exclude<RunEnd['stoppedBy'], 'end' | 'cut-off'>
  readonly note: string
  constructor(by: Stop['by'], note: string) {
    this.by = by
    this.note = note
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

/** A run that the guard stopped sends nothing more. */
export function isGuarded({ reason }: AbortSignal): boolean {
  return reason instanceof Stop && reason.by === 'guard'
}
