// How near the planned peak comes to what this machine was found to send cleanly. Nothing is measured here: it is known before the run.
import type { RunStart } from '@doorbuster/measurements'
import { cleanShareRatio, gentler } from './cures.ts'
import { shareFigure } from './figures.ts'

/** Null where there is room enough, or nobody calibrated. */
export function calibrationRemark(start: RunStart): string | null {
  const near = nearness(start)
  return near === null ? null : `Remark: ${near}, and ${noRoom}.`
}

/** What to say before the first packet, when something can still be done. Null where there is room enough, or nobody calibrated. */
export function calibrationWarning(start: RunStart): string | null {
  const near = nearness(start)
  if (near === null) return null
  const isTooMuch = (start.calibration?.peakRatio ?? 0) > 1
  return `Warning: ${near}, ${isTooMuch ? 'so this run will probably be invalid' : `and ${noRoom}`}. To go further, ${gentler(start)}.`
}

const noRoom = `above ${shareFigure(cleanShareRatio)} a bad second leaves no room`

function nearness({ calibration }: RunStart): string | null {
  if (calibration === null || calibration === undefined || calibration.peakRatio <= cleanShareRatio) return null
  const { peakRatio, startedAt } = calibration
  return `the planned peak is ${shareFigure(peakRatio)} of what this machine sends cleanly (calibrated ${startedAt.slice(0, 10)})`
}
