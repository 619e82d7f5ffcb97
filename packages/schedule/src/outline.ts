// The whole traffic at a glance: lengths, arrivals and peaks of stages and phases, before anything is sent.
import type { Stage } from '@doorbuster/plan'
import { busiestSecond } from './busiest.ts'
import { ExactSum } from './exact-sum.ts'
import { courseOf } from './stage-course.ts'
import { tidy } from './tolerance.ts'

/** Neighbouring stages of one name are one phase. A name that comes back later is a span of its own. */
export type PhaseSpan = { readonly name: string; readonly startMs: number; readonly lastingMs: number; readonly arrivals: number }

export type StageOutline = {
  readonly kind: Stage['kind']
  readonly phase: string | null
  /** From the run's zero. */
  readonly startMs: number
  readonly lastingMs: number
  /** The area: not rounded. */
  readonly arrivals: number
  /** Most arrivals of this stage in any one second; for a stage shorter than that, all of them. */
  readonly peakPerSec: number
  /** Highest rate at any instant; null where a burst lands at one instant, which has no rate. */
  readonly peakRatePerSec: number | null
}

export type Peak = {
  readonly startMs: number
  readonly lastingMs: number
  /** Mean rate of the stage's busiest second. */
  readonly perSec: number
  readonly peakRatePerSec: number | null
}

export type Outline = {
  readonly lastingMs: number
  /** The whole area: not rounded. Evenly spaced, the cursor yields `count` arrivals; Poisson yields `arrivals` on average. */
  readonly arrivals: number
  /** Whole arrivals. */
  readonly count: number
  readonly phases: readonly PhaseSpan[]
  readonly stages: readonly StageOutline[]
  /** The stage with the busiest second (the first of equals); null when nobody comes. */
  readonly peak: Peak | null
}

export function outline(traffic: readonly Stage[]): Outline {
  const ms = new ExactSum()
  const area = new ExactSum()
  const stages = traffic.map((stage) => {
    const one = stageOutline(stage, ms.value)
    ms.add(one.lastingMs)
    area.add(one.area)
    return one.outline
  })
  const arrivals = tidy(area.value)
  return { lastingMs: ms.value, arrivals, count: Math.floor(arrivals), phases: phasesOf(stages), stages, peak: peakOf(stages) }
}

/** The phase that a stage (by index into the traffic) belongs to; null where the traffic names none. */
export function phaseOfStage(traffic: readonly Stage[], stage: number): string | null {
  return traffic[stage]?.phase ?? null
}

function stageOutline(stage: Stage, startMs: number): { lastingMs: number; area: number; outline: StageOutline } {
  const course = courseOf(stage)
  return {
    lastingMs: course.lastingMs,
    area: course.area,
    outline: {
      kind: stage.kind,
      phase: stage.phase ?? null,
      startMs,
      lastingMs: course.lastingMs,
      arrivals: tidy(course.area),
      peakPerSec: tidy(busiestSecond(course)),
      peakRatePerSec: course.jumps.length > 0 ? null : tidy(course.highestPerSec()),
    },
  }
}

function phasesOf(stages: readonly StageOutline[]): readonly PhaseSpan[] {
  const spans: { name: string; startMs: number; ms: ExactSum; area: ExactSum }[] = []
  let open: string | null = null
  for (const { phase, startMs, lastingMs, arrivals } of stages) {
    if (phase !== null && phase !== open) spans.push({ name: phase, startMs, ms: new ExactSum(), area: new ExactSum() })
    open = phase
    if (phase === null) continue
    spans.at(-1)?.ms.add(lastingMs)
    spans.at(-1)?.area.add(arrivals)
  }
  return spans.map(({ name, startMs, ms, area }) => ({ name, startMs, lastingMs: ms.value, arrivals: tidy(area.value) }))
}

function peakOf(stages: readonly StageOutline[]): Peak | null {
  let highest: StageOutline | undefined
  // By more than rounding: of two holds at one rate the first is the peak.
  for (const stage of stages) if (stage.peakPerSec > (highest?.peakPerSec ?? 0) * (1 + 1e-9)) highest = stage
  if (highest === undefined) return null
  const { startMs, lastingMs, peakPerSec, peakRatePerSec } = highest
  return { startMs, lastingMs, perSec: peakPerSec, peakRatePerSec }
}
