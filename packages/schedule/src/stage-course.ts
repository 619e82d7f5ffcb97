// Which law each kind of stage follows. The only file of the package that knows all stages by name.
import type { Decay, Rush, Stage } from '@doorbuster/plan'
import type { Course } from './course.ts'
import { curveCourse } from './curve.ts'
import { exponentialCourse, exponentialDecayCourse } from './exponential.ts'
import { instantCourse, lineCourse } from './linear.ts'
import { lognormalCourse } from './lognormal.ts'
import { overlayCourse } from './overlay.ts'
import { plateauRushCourse, powerDecayCourse } from './power.ts'
import { sequenceCourse } from './sequence.ts'

/** The stage with its constants worked out; ask this, not the functions below, when asking more than once. */
export function courseOf(stage: Stage): Course {
  switch (stage.kind) {
    case 'hold':
      return flat(stage.ratePerSec, stage.lastingMs)
    case 'ramp':
      return lineCourse(stage)
    case 'burst':
      return stage.lastingMs === 0 ? instantCourse(stage.arrivals) : flat((1000 * stage.arrivals) / stage.lastingMs, stage.lastingMs)
    case 'silence':
      return flat(0, stage.lastingMs)
    case 'rush':
      return rushCourse(stage)
    case 'decay':
      return decayCourse(stage)
    case 'curve':
      return curveCourse(stage.points, stage.lastingMs)
    case 'overlay':
      return overlayCourse(
        stage.shapes.map((shape) => sequenceCourse(shape.map(courseOf))),
        stage.lastingMs,
      )
  }
}

/** Arrivals owed by a stage, not rounded. */
export function areaOf(stage: Stage): number {
  return courseOf(stage).area
}

/** Arrivals owed from the stage's start until tMs, a burst at tMs included. */
export function areaUntil(stage: Stage, tMs: number): number {
  return courseOf(stage).areaUntil(tMs)
}

/** Earliest ms from the stage's start at which it owes `area` arrivals; its end when it never does. */
export function dueMs(stage: Stage, area: number): number {
  return courseOf(stage).dueMs(area)
}

/** Rate at tMs from the stage's start; 0 outside the stage, and 0 for a burst at one instant, which has no rate. */
export function ratePerSecAt(stage: Stage, tMs: number): number {
  return courseOf(stage).ratePerSecAt(tMs)
}

function flat(ratePerSec: number, lastingMs: number): Course {
  return lineCourse({ fromPerSec: ratePerSec, toPerSec: ratePerSec, lastingMs })
}

function rushCourse({ arrivals, law, lastingMs }: Rush): Course {
  switch (law.kind) {
    case 'lognormal':
      return lognormalCourse(arrivals, law.medianMs, law.sigma, lastingMs)
    case 'exponential':
      return exponentialCourse(arrivals, law.meanMs, lastingMs)
    case 'plateau':
      return plateauRushCourse(arrivals, law.plateauMs, law.power, lastingMs)
  }
}

function decayCourse(decay: Decay): Course {
  switch (decay.law.kind) {
    case 'linear':
      return lineCourse(decay)
    case 'exponential':
      return exponentialDecayCourse(decay)
    case 'power':
      return powerDecayCourse(decay, decay.law.power)
  }
}
