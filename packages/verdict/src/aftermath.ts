// How the shop took the peak and what came after it: told of every run, and judged where an objective asks for it.
import type { RunStart, ShopFigure, Tally, Window } from '@doorbuster/measurements'
import type { Metric, Objective } from '@doorbuster/plan'
import { Collapse } from './collapse.ts'
import { HerdPenalty } from './herd-penalty.ts'
import { Hysteresis } from './hysteresis.ts'
import type { Aftermath } from './judgement.ts'
import type { Measure, Measured } from './measure.ts'
import { comparisonOf } from './measure.ts'
import { Recovery } from './recovery.ts'
import { Stampede } from './stampede.ts'
import type { Ending } from './watch.ts'

const measuredKinds = ['collapse', 'recovery', 'hysteresis', 'herd-penalty', 'stampede'] as const
export type MeasuredKind = (typeof measuredKinds)[number]

export function measuredKindOf({ kind }: Metric): MeasuredKind | undefined {
  return measuredKinds.find((each) => each === kind)
}

export class AftermathWatch {
  readonly #start: RunStart
  readonly #tally: Tally
  readonly #collapse: Collapse
  readonly #stampede: Stampede
  readonly #measures: Readonly<Record<MeasuredKind, Measure>>
  #measured: Readonly<Record<MeasuredKind, Measured>> | null = null

  constructor(objectives: readonly Objective[], start: RunStart, tally: Tally) {
    this.#start = start
    this.#tally = tally
    this.#collapse = new Collapse(objectives, start)
    this.#stampede = new Stampede(start)
    this.#measures = {
      collapse: this.#collapse,
      recovery: new Recovery(start, tally),
      hysteresis: new Hysteresis(start, tally),
      'herd-penalty': new HerdPenalty(start, tally),
      stampede: this.#stampede,
    }
  }

  window(window: Window): void {
    for (const kind of measuredKinds) this.#measures[kind].window(window)
  }

  shop(figure: ShopFigure): void {
    if (figure.kind === 'origin') this.#stampede.add(figure)
  }

  /** Once, before the objectives are asked. */
  finish(ending: Ending): Aftermath {
    const { collapse, recovery, hysteresis, 'herd-penalty': herdPenalty, stampede } = this.#measures
    const measured = {
      collapse: collapse.finish(ending),
      recovery: recovery.finish(ending),
      hysteresis: hysteresis.finish(ending),
      'herd-penalty': herdPenalty.finish(ending),
      stampede: stampede.finish(ending),
    }
    this.#measured = measured
    return {
      collapseMs: comparisonOf(measured.collapse),
      totalFailureMs: this.#collapse.totalFailureMs,
      recoveryMs: comparisonOf(measured.recovery),
      hysteresis: comparisonOf(measured.hysteresis),
      herdPenalty: comparisonOf(measured['herd-penalty']),
      stampede: comparisonOf(measured.stampede),
      amplification: this.#start.phases.map(({ name }) => ({ phase: name, factor: this.#amplification(name) })),
    }
  }

  /** After `finish`. */
  of(kind: MeasuredKind): Measured {
    if (this.#measured === null) throw new Error('what came after the peak is known once it is over')
    return this.#measured[kind]
  }

  #amplification(phase: string): number | null {
    const { intents, attempts } = this.#tally.scope({ phase }).counts
    return intents === 0 ? null : attempts / intents
  }
}
