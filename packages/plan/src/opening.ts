// When the doors open, and whether anybody could wait before them. Knows nothing of who comes.
import type { Plan } from './plan.ts'
import type { PlacedShopper } from './plan-checks.ts'
import type { Problem } from './problems.ts'
import { problem } from './problems.ts'
import type { PlacedStage } from './read-traffic.ts'
import { isUnread } from './stage-size.ts'
import type { Stage } from './stages.ts'
import { formatDuration } from './units.ts'

/** Of its phase, so that `doors` and the phase before it can be told in any plan. */
const doors = 'doors'
export const countdownPhase = 'countdown'

/** ms from the run's start at which the doors open: what the plan says, or the start of the phase `doors`; null: it has no such moment. */
export function opensAtMs({ model, opensAtMs: said }: Pick<Plan, 'model' | 'opensAtMs'>): number | null {
  if (model.kind === 'closed') return null
  return said ?? startOfDoors(model.traffic)
}

/** The phase in which the run is when the doors open. */
export function phaseAtMs(traffic: readonly Stage[], atMs: number): string | null {
  let endMs = 0
  for (const stage of traffic) {
    endMs += stage.lastingMs
    if (atMs < endMs) return stage.phase ?? null
  }
  return traffic.at(-1)?.phase ?? null
}

function startOfDoors(traffic: readonly Stage[]): number | null {
  let startMs = 0
  for (const { phase, lastingMs } of traffic) {
    if (phase === doors) return startMs
    startMs += lastingMs
  }
  return null
}

/** Watchers need something to wait for. `traffic` undefined: the closed model. Of curves that are not read yet nobody can tell. */
export function openingProblems(
  shoppers: readonly PlacedShopper[],
  traffic: readonly PlacedStage[] | undefined,
  said: number | undefined,
): readonly Problem[] {
  if (traffic === undefined) {
    const never = said === undefined ? [] : [problem('opensAt', 'nothing: in the closed model no doors open', formatDuration(said))]
    return [...never, ...watching(shoppers, 'no watchers in the closed model: nobody comes before anything')]
  }
  const stages = traffic.map(({ stage }) => stage)
  if (stages.some(isUnread)) return []
  const openMs = said ?? startOfDoors(stages)
  if (openMs === null) return watching(shoppers, 'for watchers, a phase "doors" in the traffic, or "opensAt"')
  const lastingMs = stages.reduce((sum, stage) => sum + stage.lastingMs, 0)
  if (openMs > lastingMs && said !== undefined)
    return [problem('opensAt', `a moment of the traffic, which lasts ${formatDuration(lastingMs)}`, formatDuration(said))]
  return openMs > 0 ? [] : watching(shoppers, 'for watchers, traffic before the doors open')
}

function watching(shoppers: readonly PlacedShopper[], expected: string): readonly Problem[] {
  return shoppers
    .filter(({ shopper }) => shopper.watchers !== undefined)
    .map(({ path, shopper }) => problem(`${path}.watchers`, expected, { share: shopper.watchers?.shareRatio }))
}
