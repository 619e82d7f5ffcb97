// Whether the traffic has what objectives point at or compare: phases, a highest stage, what comes before and after it.
import { listed } from './nearest.ts'
import type { Objective } from './objective.ts'
import type { PlacedObjective } from './plan-checks.ts'
import type { Problem } from './problems.ts'
import { problem } from './problems.ts'
import type { PlacedStage } from './read-traffic.ts'
import { highestPerSec, isUnread, owedArrivals } from './stage-size.ts'

/** `traffic` undefined: the closed model, which has no phases. */
export function objectivePhaseProblems(objectives: readonly PlacedObjective[], traffic: readonly PlacedStage[] | undefined): Problem[] {
  const phases = [...new Set((traffic ?? []).flatMap(({ stage }) => stage.phase ?? []))]
  return objectives.flatMap(({ path, objective: { phase, metric } }) => {
    const whole = wholeRunProblems(path, metric, traffic, phases)
    if (whole.length > 0) return whole
    if (phase === undefined || phases.includes(phase)) return []
    const known = phases.length === 0 ? 'no phase, because the traffic names none' : `one of the phases ${listed(phases)}`
    return [problem(path, known, phase)]
  })
}

function wholeRunProblems(
  path: string,
  { kind }: Objective['metric'],
  traffic: readonly PlacedStage[] | undefined,
  phases: readonly string[],
): readonly Problem[] {
  if (kind === 'recovery') return recoveryProblems(path, traffic)
  if (kind === 'collapse' && traffic === undefined)
    return [problem(path, 'no collapse in the closed model: it has no moment at which the doors open', kind)]
  const needed = neededPhases[kind] ?? []
  const missing = needed.filter((each) => !phases.includes(each))
  return missing.length === 0 ? [] : [problem(path, `for ${kind}, phases named ${needed.map((each) => `"${each}"`).join(' and ')}`, phases)]
}

const neededPhases: Partial<Readonly<Record<Objective['metric']['kind'], readonly string[]>>> = {
  hysteresis: ['baseline', 'aftershock'],
  'herd-penalty': ['herd', 'jittered'],
  stampede: ['herd'],
}

/** A recovery compares what comes after the highest stage with the phase named `baseline` before it. Which is highest, an unread curve leaves open. */
function recoveryProblems(path: string, traffic: readonly PlacedStage[] | undefined): Problem[] {
  if (traffic === undefined) return [problem(path, 'no recovery in the closed model: it has no peak to recover from', 'recovery')]
  if (traffic.some(({ stage }) => isUnread(stage))) return []
  const rates = traffic.map(({ stage }) => highestPerSec(stage))
  const highest = rates.indexOf(Math.max(...rates))
  const hasBaseline = traffic.slice(0, highest).some(({ stage }) => stage.phase === 'baseline' && owedArrivals(stage) > 0)
  const hasAftermath = traffic.slice(highest + 1).some(({ stage }) => owedArrivals(stage) > 0)
  const problems: Problem[] = []
  if (!hasBaseline)
    problems.push(problem(path, 'for a recovery, a phase named "baseline" with arrivals before the highest stage', undefined))
  if (!hasAftermath) problems.push(problem(path, 'for a recovery, arrivals after the highest stage', undefined))
  return problems
}
