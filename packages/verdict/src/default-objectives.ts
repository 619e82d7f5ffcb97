// What is judged when a plan says nothing: a rehearsal without a yardstick would always pass.
import type { Objective } from '@doorbuster/plan'

export const defaultObjectives: readonly Objective[] = [
  { text: 'errors < 0.1%', metric: { kind: 'errors' }, op: '<', limit: 0.001, unit: 'ratio', onBreach: { kind: 'judge' } },
]
