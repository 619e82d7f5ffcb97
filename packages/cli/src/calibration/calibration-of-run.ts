// How much of a calibrated machine a run's peak will use, and what is said of it before the first packet.
import type { Calibration, RunStart } from '@doorbuster/measurements'
import type { Plan } from '@doorbuster/plan'
import { calibrationWarning } from '@doorbuster/verdict'
import type { CalibrationKind, StoredCalibration } from './calibration.ts'
import type { CalibrationFound } from './calibration-file.ts'

export type CalibrationOfRun = {
  /** Null: this machine was not calibrated for such a run. */
  readonly calibration: Calibration | null
  /** Plain sentences. */
  readonly remarks: readonly string[]
}

export function calibrationOfRun(found: CalibrationFound, plan: Plan, start: RunStart): CalibrationOfRun {
  if (found.kind === 'none') return { calibration: null, remarks: [] }
  if (found.kind === 'useless') return { calibration: null, remarks: [found.because] }
  if (!isPlain(start)) return { calibration: null, remarks: start.peak === null ? [] : [notPlain] }
  const { stored } = found
  const calibration = shareOf(stored, plan, start)
  if (calibration === null) return { calibration, remarks: start.peak === null ? [] : [noFigure(start)] }
  const warning = calibrationWarning({ ...start, calibration })
  return { calibration, remarks: warning === null ? [] : [...doubtOf(stored), warning] }
}

/** Arrivals a second that this machine was found to send cleanly, of such shoppers over plain HTTP/1.1; null: nobody knows. */
export function cleanArrivalsPerSec(found: CalibrationFound, plan: Plan, threads: number): number | null {
  if (found.kind !== 'usable') return null
  const kind = kindOf(plan)
  const maximum = found.stored.maxima.find((each) => each.kind === kind && each.threads === threads)
  if (maximum === undefined) return null
  return kind === 'urls' ? maximum.cleanPerSec / requestsOf(plan) : maximum.cleanPerSec
}

/** What was calibrated: our own HTTP/1.1, without TLS. */
function isPlain({ transport, target }: RunStart): boolean {
  return transport === 'http/1.1' && target.startsWith('http:')
}

const notPlain =
  'How near this comes to what the machine sends cleanly is not known: calibrations are of plain HTTP/1.1, and TLS, HTTP/2 and proxies cost more.'

/** Null where there is no planned peak (a closed loop), or no figure for so many threads. */
function shareOf({ startedAt, maxima }: StoredCalibration, plan: Plan, start: Pick<RunStart, 'peak' | 'threads'>): Calibration | null {
  const kind = kindOf(plan)
  const maximum = maxima.find((each) => each.kind === kind && each.threads === start.threads)
  if (start.peak === null || maximum === undefined) return null
  const { cleanPerSec } = maximum
  const wantedPerSec = kind === 'urls' ? start.peak.perSec * requestsOf(plan) : start.peak.perSec
  return { startedAt, kind, cleanPerSec, peakRatio: wantedPerSec / cleanPerSec }
}

/** What costs is code, and connections that are opened for each shopper; without either a shopper is no more than its requests. */
function kindOf({ shoppers, connections }: Plan): CalibrationKind {
  return connections === 'shared' && shoppers.every(({ kind }) => kind === 'steps') ? 'urls' : 'journeys'
}

/** Requests of a shopper, on average over the classes. */
function requestsOf({ shoppers }: Plan): number {
  const weight = shoppers.reduce((sum, shopper) => sum + shopper.weight, 0)
  return shoppers.reduce((sum, shopper) => sum + (shopper.kind === 'steps' ? shopper.requests.length * shopper.weight : 0), 0) / weight
}

function noFigure({ threads }: RunStart): string {
  return `This machine was not calibrated for ${threads} sending threads: \`doorbuster calibrate --threads ${threads}\` would do it.`
}

function doubtOf({ standing, startedAt }: StoredCalibration): readonly string[] {
  return standing === 'trusted' ? [] : [`The calibration of ${startedAt.slice(0, 10)} is doubtful: its second opinion disagreed.`]
}
