// A plan at one level rate, as a search for capacity rehearses it: the same shoppers and target, its traffic replaced by a hold.
import { amend } from './amend.ts'
import { formatObjective } from './format-objective.ts'
import type { Objective } from './objective.ts'
import type { Plan, Shopper } from './plan.ts'
import { formatDuration, formatRate } from './units.ts'

export type Level = {
  readonly ratePerSec: number
  readonly lastingMs: number
  /** The phase of the plan's own traffic that the level stands for, whose objectives it is judged by; null: it has none. */
  readonly phase: string | null
}

/** @throws PlanError where the plan cannot send so much, such as rows that each arrival takes one of. */
export function atLevel(plan: Plan, level: Level): Plan {
  const { opensAtMs: _, ...rest } = plan
  const bare: Plan = {
    ...rest,
    model: { kind: 'open', traffic: [], spacing: plan.model.kind === 'open' ? plan.model.spacing : 'even' },
    shoppers: plan.shoppers.map(withoutWatchers),
    objectives: atLevelObjectives(plan.objectives, level.phase).kept,
  }
  return amend(bare, { shape: `hold ${formatRate(level.ratePerSec)} for ${formatDuration(level.lastingMs)}` })
}

/** Nothing opens in a level, so nobody waits for it. */
function withoutWatchers(shopper: Shopper): Shopper {
  const { watchers: _, ...rest } = shopper
  return rest
}

/** Objectives that a level can be judged by, and those that need another part of the traffic, or a rate of their own. */
export function atLevelObjectives(
  objectives: readonly Objective[],
  phase: Level['phase'],
): { readonly kept: readonly Objective[]; readonly leftOut: readonly Objective[] } {
  const isKept = (objective: Objective): boolean =>
    !beside.has(objective.metric.kind) && (objective.phase === undefined || objective.phase === phase)
  return { kept: objectives.filter(isKept).map(withoutPhase), leftOut: objectives.filter((each) => !isKept(each)) }
}

/** They compare parts of a launch, or ask for a rate that the search itself chooses. */
const beside: ReadonlySet<Objective['metric']['kind']> = new Set([
  'recovery',
  'collapse',
  'hysteresis',
  'herd-penalty',
  'stampede',
  'rate',
  'goodput',
])

function withoutPhase({ phase: _, text: __, ...objective }: Objective): Objective {
  return { text: formatObjective(objective), ...objective }
}
