// When doors are asked while a run goes on: at its peak and after its drain. Knows nothing of what is asked.
import type { Recorder } from '@doorbuster/measurements'
import type { Plan } from '@doorbuster/plan'
import { outline } from '@doorbuster/schedule'
import type { Clock } from '../clock.ts'
import type { DoorWatch } from './door-watch.ts'

/** No door was found open is only worth something where some were tried: how many answers there were. */
const answeredCounter = 'privacy.doors'

export type DoorRounds = {
  readonly plan: Plan
  /** Null: there is nothing to ask. */
  readonly doors: DoorWatch | null
  readonly clock: Clock
  readonly recorder: Recorder
  readonly limits: { readonly maxRatePerSec: number | null }
}

/** Asks in the middle of the highest stage, as far as a hard cap leaves room; `end` asks after the drain, and records what any round has found. */
export function askAtPeak({ plan: { model }, doors, clock, recorder, limits }: DoorRounds): { readonly end: () => Promise<void> } {
  if (doors === null) return { end: () => Promise.resolve() }
  const peak = model.kind === 'open' ? outline(model.traffic).peak : { startMs: 0, lastingMs: model.lastingMs }
  const peakMs = peak === null ? 0 : peak.startMs + peak.lastingMs / 2
  let asked = Promise.resolve()
  // A question a second more must not take the shoppers beyond the hard cap.
  const hasRoom = limits.maxRatePerSec === null || (peak !== null && 'perSec' in peak && peak.perSec + 1 <= limits.maxRatePerSec)
  const timer = setTimeout(
    () => {
      if (hasRoom) asked = doors.ask('at the peak')
    },
    Math.max(0, peakMs - clock.now()),
  )
  const end = async (): Promise<void> => {
    clearTimeout(timer)
    await asked
    await doors.ask('after the drain')
    recorder.number(answeredCounter, doors.takeAnswered())
    for (const finding of doors.takeFindings()) recorder.found(finding)
  }
  return { end }
}
