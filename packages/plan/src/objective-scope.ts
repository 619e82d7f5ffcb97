// What the name after "of" means: a step, else a class of shoppers, a device or a group. Knows the plan's names, and nothing of what is measured.
//
//   of checkout          the first of these that has the name: step, class, device, group; at last a step that only the run can tell
//   of group checkout    just that
//
// With one class of shoppers nothing is counted by class, since the class is everybody: its name narrows nothing then.
import { formatObjective } from './format-objective.ts'
import { freeze } from './freeze.ts'
import { metricScopes } from './metrics.ts'
import { listed, suggestion } from './nearest.ts'
import type { Objective, ObjectiveOf } from './objective.ts'
import type { Shopper } from './plan.ts'
import { mayHaveGroup, mayHaveStep } from './shoppers.ts'
import { queueSuffix } from './waiting-room.ts'

export type ScopeNames = {
  readonly steps: readonly string[]
  readonly classes: readonly string[]
  readonly devices: readonly string[]
  readonly groups: readonly string[]
  /** Whether a journey may count it although nobody declared it. */
  readonly mayBe: (by: 'step' | 'group', name: string) => boolean
}

/** The objective with its scope as it is meant; or, as text, what was expected in place of the name. */
export function inScope(objective: Objective, names: ScopeNames): Objective | string {
  const { step, of } = objective
  if (of !== undefined) return withScope(objective, of, names)
  if (step === undefined) return objective
  const scopes = metricScopes(objective.metric)
  if (scopes.step && names.steps.includes(step)) return objective
  const by = scopes.of.find((kind) => isKnown(kind, step, names))
  if (by !== undefined) return withScope(objective, { by, name: step }, names)
  if (scopes.step && names.mayBe('step', step) && !names.mayBe('group', step)) return objective
  return candidates(step, scopes, names)
}

function withScope(objective: Objective, of: ObjectiveOf, names: ScopeNames): Objective | string {
  if (of.by !== 'answered-by' && !isKnown(of.by, of.name, names)) return listOf(of.by, knownOf(of.by, names), of.name)
  const { step: _, of: __, text: ___, ...rest } = objective
  const isEverybody = of.by === 'class' && names.classes.length === 1
  const scoped = isEverybody ? rest : { ...rest, of }
  return freeze({ text: formatObjective(scoped), ...scoped })
}

function isKnown(by: ObjectiveOf['by'], name: string, names: ScopeNames): boolean {
  return knownOf(by, names).includes(name) || (by === 'group' && names.mayBe('group', name))
}

/** Who answers is decided by rules on answers, some of them built in: any name may come. */
function knownOf(by: ObjectiveOf['by'], { classes, devices, groups }: ScopeNames): readonly string[] {
  if (by === 'class') return classes
  if (by === 'device') return devices
  return by === 'group' ? groups : []
}

const plurals = { class: 'classes', device: 'devices', group: 'groups', 'answered-by': 'names' } as const

function listOf(by: ObjectiveOf['by'], known: readonly string[], name: string): string {
  if (known.length === 0) return by === 'group' ? 'a group that a journey has' : `no ${by}, because the plan has none`
  return `one of the ${plurals[by]} ${listed(known)}${suggestion(name, known)}`
}

function candidates(name: string, scopes: ReturnType<typeof metricScopes>, names: ScopeNames): string {
  const classes = names.classes.length > 1 || !scopes.step ? names.classes : []
  const others = scopes.of
    .map((by) => ({ by, known: by === 'class' ? classes : knownOf(by, names) }))
    .filter(({ known }) => known.length > 0)
  const all = [...(scopes.step ? names.steps : []), ...others.flatMap(({ known }) => known)]
  const steps = !scopes.step ? [] : [names.steps.length === 0 ? 'a step that a journey has' : `one of the steps ${listed(names.steps)}`]
  const listing = [
    ...steps,
    ...others.map(({ by, known }) => (known.length === 1 ? `the ${by} ${listed(known)}` : `one of the ${plurals[by]} ${listed(known)}`)),
  ]
  return `${listing.join(', or ')}${suggestion(name, all)}`
}

/** The names that a plan's classes of shoppers are known to have. `hasRoom`: where there is a waiting room, every step may have its pages of a queue. */
export function namesOf(shoppers: readonly Shopper[], hasRoom: boolean): ScopeNames {
  const withoutQueue = (step: string): string => (hasRoom && step.endsWith(queueSuffix) ? step.slice(0, -queueSuffix.length) : step)
  return {
    steps: unique(shoppers.flatMap(({ steps }) => steps)),
    classes: unique([...shoppers.map(({ name }) => name), ...(shoppers.some(({ hostile }) => hostile === true) ? cohorts : [])]),
    devices: unique(shoppers.flatMap(({ devices = [] }) => devices.map(({ name }) => name))),
    groups: [],
    mayBe: (by, name) =>
      shoppers.some((shopper) => (by === 'step' ? mayHaveStep(shopper, withoutQueue(name)) : mayHaveGroup(shopper, name))),
  }
}

/** Everybody who means harm, and everybody who does not, are counted as two classes more where a plan has any who do. */
const cohorts = ['(hostile)', '(legitimate)']

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)]
}
