// What a forecast says in words. Knows its numbers, not how they were found.
import { lawDensity, lawPeakMs, lawWeight } from './arrival-law.ts'
import type { RushLaw } from './stages.ts'
import { formatCount, formatDuration } from './units.ts'

type Told = {
  readonly law: RushLaw
  readonly isFlat: boolean
  readonly watchers: number
  readonly overMs: number
  readonly lastingMs: number
}
type Figures = {
  readonly total: number
  readonly rehearsed: number
  readonly peakPerSec: number
  readonly meanPerSec: number
  readonly concentration: number
}

/** One sentence with total, peak per second and concentration, and one more when the rehearsal is cut. */
export function forecastLine({ law, isFlat, watchers, overMs, lastingMs }: Told, figures: Figures): string {
  const { total, rehearsed, peakPerSec, meanPerSec, concentration } = figures
  const waiting = watchers === 0 ? '' : `, ${spoken(watchers * 100)} % of them waiting at the doors`
  const crowd = `${spoken(total)} shoppers over ${formatDuration(overMs)}${waiting}, ${isFlat ? 'evenly' : lawInWords(law)}`
  const line = `${crowd}: peak ${spoken(peakPerSec)}/s, ${spoken(concentration)} times the mean of ${spoken(meanPerSec)}/s.`
  return lastingMs === overMs ? line : `${line} Rehearsed: the first ${formatDuration(lastingMs)}, ${spoken(rehearsed)} shoppers.`
}

function lawInWords(law: RushLaw): string {
  switch (law.kind) {
    case 'lognormal':
      return `log-normal (median ${formatDuration(law.medianMs)}, sigma ${formatCount(law.sigma)})`
    case 'exponential':
      return `exponential (mean ${formatDuration(law.meanMs)})`
    case 'plateau':
      return `a plateau of ${formatDuration(law.plateauMs)}, then falling with power ${formatCount(law.power)}`
  }
}

const dayMs = 86_400_000
const hourSeconds = 3600
/** Click Frenzy 2012: 1 M users planned for the day, about 2 M requests in about 120 s. */
const clickFrenzy = { requestsPerPlannedUser: 2, seconds: 120 }
const usualRush: RushLaw = { kind: 'lognormal', medianMs: 45_000, sigma: 1 }

/** What to expect where a law is missing: the peaks that the same total has under three laws. */
export function lawNeeded(total: number, overMs: number): string {
  const needed = 'a law ("lognormal", "exponential", "plateau" or "flat")'
  if (!(total > 0)) return needed
  const lastingMs = overMs > 0 ? overMs : dayMs
  const rushPerSec = (total * 1000 * lawDensity(usualRush, lawPeakMs(usualRush))) / lawWeight(usualRush, lastingMs)
  const meanings = [
    ...(lastingMs > hourSeconds * 1000 ? [`${spoken((total * 0.1) / hourSeconds)}/s if 10 % come in the peak hour`] : []),
    `${spoken(rushPerSec)}/s as a log-normal rush (median 45s, sigma 1)`,
    `${spoken((total * clickFrenzy.requestsPerPlannedUser) / clickFrenzy.seconds)}/s as at Click Frenzy's opening (2 M requests in about 120s, 1 M planned)`,
  ]
  return `${needed}: a peak of ${spoken(total)} shoppers could be ${meanings.join(', or ')}`
}

/** Whole numbers from 100 up, three digits below. */
function spoken(value: number): string {
  const digits = Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 }
  return new Intl.NumberFormat('en-GB', digits).format(value)
}
