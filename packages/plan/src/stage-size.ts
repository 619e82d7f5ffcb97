// How many arrivals a stage owes and how high its rate goes: enough to check a plan. When each is due is the schedule's business.
//
//   decay, exponential   area = T·(from − to) / ln(from ÷ to)
//   decay, power p       x = (from ÷ to)^(1/p), τ = T / (x − 1), area = from·τ·∫₁ˣ u⁻ᵖ du
import { lawDensity, lawPeakMs, lawWeight } from './arrival-law.ts'
import type { Curve, Decay, Rush, Stage } from './stages.ts'

/** Arrivals owed, fraction kept. A curve whose file has not been read owes none yet. */
export function owedArrivals(stage: Stage): number {
  switch (stage.kind) {
    case 'hold':
      return (stage.ratePerSec * stage.lastingMs) / 1e3
    case 'ramp':
      return (((stage.fromPerSec + stage.toPerSec) / 2) * stage.lastingMs) / 1e3
    case 'burst':
    case 'rush':
      return stage.arrivals
    case 'silence':
      return 0
    case 'decay':
      return decayArea(stage) / 1e3
    case 'curve':
      return curveArea(stage) / 1e3
    case 'overlay':
      return sum(stage.shapes.map((shape) => sum(shape.map(owedArrivals))))
  }
}

function decayArea({ fromPerSec, toPerSec, law, lastingMs }: Decay): number {
  if (law.kind === 'linear') return ((fromPerSec + toPerSec) / 2) * lastingMs
  if (law.kind === 'exponential') return (lastingMs * (fromPerSec - toPerSec)) / Math.log(fromPerSec / toPerSec)
  const x = (fromPerSec / toPerSec) ** (1 / law.power)
  const integral = law.power === 1 ? Math.log(x) : (x ** (1 - law.power) - 1) / (1 - law.power)
  return ((fromPerSec * lastingMs) / (x - 1)) * integral
}

function curveArea({ points }: Curve): number {
  return sum(
    points.map(({ atMs, ratePerSec }, index) => {
      const before = points[index - 1]
      return before === undefined ? 0 : ((before.ratePerSec + ratePerSec) / 2) * (atMs - before.atMs)
    }),
  )
}

/** The highest rate inside the stage. A burst counts over its width or one second, whichever is longer; an overlay as if its shapes peaked together. */
export function highestPerSec(stage: Stage): number {
  switch (stage.kind) {
    case 'hold':
      return stage.ratePerSec
    case 'ramp':
      return Math.max(stage.fromPerSec, stage.toPerSec)
    case 'burst':
      return stage.arrivals / Math.max(1, stage.lastingMs / 1e3)
    case 'silence':
      return 0
    case 'rush':
      return rushPeakPerSec(stage)
    case 'decay':
      return stage.fromPerSec
    case 'curve':
      return stage.points.reduce((highest, { ratePerSec }) => Math.max(highest, ratePerSec), 0)
    case 'overlay':
      return sum(stage.shapes.map((shape) => shape.reduce((highest, each) => Math.max(highest, highestPerSec(each)), 0)))
  }
}

function rushPeakPerSec({ arrivals, law, lastingMs }: Rush): number {
  const atMs = Math.min(lawPeakMs(law), lastingMs)
  return ((arrivals * lawDensity(law, atMs)) / lawWeight(law, lastingMs)) * 1e3
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}

/** Whether a curve in it still names a file that nobody has read. */
export function isUnread(stage: Stage): boolean {
  if (stage.kind === 'overlay') return stage.shapes.some((shape) => shape.some(isUnread))
  return stage.kind === 'curve' && stage.points.length === 0
}
