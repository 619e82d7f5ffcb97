// The target's figures beside the run's: what they came to, which of them came to its end first, and how long before an objective was broken.
import type { RunStart, TargetLine, TargetSeries, Window } from '@doorbuster/measurements'
import { secondsFigure } from './figures.ts'
import type { ObjectiveResult } from './judgement.ts'
import type { Load, Saturation } from './saturation.ts'
import { saturationOf } from './saturation.ts'
import type { Saturated, TargetFacts } from './target-facts.ts'
import { seriesFacts } from './target-facts.ts'
import { targetFigure } from './target-figures.ts'

export class TargetBearing {
  readonly #start: RunStart
  readonly #loads: Load[] = []

  constructor(start: RunStart) {
    this.#start = start
  }

  /** Of an open model alone: a closed loop asks no more than it is answered, so nothing can fall behind its load. */
  window({ startMs, lastingMs, shoppers }: Window): void {
    if (this.#start.model === 'open' && lastingMs > 0) this.#loads.push({ startMs, lastingMs, perSec: (shoppers.due * 1e3) / lastingMs })
  }

  /** `results`: of every objective, judged. `isSent`: the load was sent as planned; where it was not, what rose no more may have been the load. */
  facts({ lines, silences }: TargetSeries, results: readonly ObjectiveResult[], isSent: boolean): TargetFacts {
    const broken = firstBroken(results)
    const loads = isSent ? this.#loads : []
    const saturated = lines.flatMap((line) => {
      const found = saturationOf(line.points, line.ceiling, loads)
      return found === null ? [] : [saturatedOf(line, found, broken, hasSeveral(lines))]
    })
    return {
      series: lines.map((line) => seriesFacts(line, this.#start.peak)),
      saturated: saturated.sort((a, b) => a.atMs - b.atMs),
      silent: silences,
    }
  }
}

/** Of what shoppers felt: a limit on a series would be ahead of itself. */
export function firstBroken(results: readonly ObjectiveResult[]): ObjectiveResult | null {
  const broken = results.filter(({ text, firstBreachMs }) => firstBreachMs !== null && !text.startsWith('target.'))
  return broken.reduce<ObjectiveResult | null>(
    (first, each) => (first === null || (each.firstBreachMs ?? 0) < (first.firstBreachMs ?? 0) ? each : first),
    null,
  )
}

function hasSeveral(lines: readonly TargetLine[]): boolean {
  return lines.some(({ page }) => page !== lines[0]?.page)
}

function saturatedOf(line: TargetLine, found: Saturation, broken: ObjectiveResult | null, isNamed: boolean): Saturated {
  const { page, name, unit } = line
  const { kind, atMs, value } = found
  const leadMs = broken === null ? null : (broken.firstBreachMs ?? 0) - atMs
  const subject = isNamed ? `${name} of ${page}` : name
  const seen =
    kind === 'ceiling'
      ? `${subject} came to ${targetFigure(value, unit)} of all there is`
      : `${subject} rose no further than about ${targetFigure(value, unit)} while the load still did`
  return { page, name, kind, atMs, value, leadMs, because: `${seen}, from ${secondsFigure(atMs)} on${leadWords(leadMs, broken)}` }
}

function leadWords(leadMs: number | null, broken: ObjectiveResult | null): string {
  if (leadMs === null || broken === null) return '; no objective was broken'
  return `: ${secondsFigure(Math.abs(leadMs))} ${leadMs < 0 ? 'after' : 'before'} "${broken.text}" was first broken`
}
