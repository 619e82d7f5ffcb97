// What a plan says of its traffic → a flat list of checked stages. Knows nothing of shoppers and objectives.
import type { Problem } from './problems.ts'
import { collect, problem } from './problems.ts'
import { parseShape } from './shape-text.ts'
import type { Stage } from './stages.ts'

/** Stages in any nesting: a recipe returns a list of them. */
export type Stages = Stage | readonly Stages[]

/** Shape text, its lines, or stages. */
export type TrafficInput = string | readonly string[] | readonly Stages[]

/** One stage of a plan, and where it stands in what the user wrote. */
export type PlacedStage = { readonly path: string; readonly stage: Stage }

/** Undefined, with the problems pushed, when any part of it is wrong. */
export function readTraffic(problems: Problem[], path: string, given: unknown): readonly PlacedStage[] | undefined {
  const found: Problem[] = []
  const placed = isText(given) ? readText(found, path, given) : readStages(found, path, given)
  problems.push(...found)
  return found.length === 0 ? placed : undefined
}

function isText(given: unknown): given is string | readonly string[] {
  return typeof given === 'string' || (Array.isArray(given) && given.length > 0 && given.every((line) => typeof line === 'string'))
}

function readText(problems: Problem[], path: string, given: string | readonly string[]): readonly PlacedStage[] {
  const stages = collect(problems, path, () => parseShape(typeof given === 'string' ? given : given.join('\n')))
  return (stages ?? []).map((stage, index) => ({ path: `${path}, stage ${index + 1}`, stage }))
}

function readStages(problems: Problem[], path: string, given: unknown): readonly PlacedStage[] {
  if (Array.isArray(given) && given.length > 0) return given.flatMap((each, index) => readNested(problems, `${path}[${index}]`, each))
  problems.push(problem(path, 'stages such as hold("20/s", "1m"), or a shape as text', given))
  return []
}

/** A list inside the list is a recipe's; it counts as one item of the user's. */
function readNested(problems: Problem[], path: string, given: unknown): readonly PlacedStage[] {
  if (Array.isArray(given)) return given.flatMap((each) => readNested(problems, path, each))
  if (isStage(given)) return [{ path, stage: given }]
  problems.push(
    problem(path, 'a stage as hold(), ramp(), burst() and their like return it (not a copy, whose numbers nobody checked)', given),
  )
  return []
}

const kinds: readonly string[] = [
  'hold',
  'ramp',
  'burst',
  'silence',
  'rush',
  'decay',
  'curve',
  'overlay',
] satisfies readonly Stage['kind'][]

/** Constructors check their arguments and freeze what they return; nothing else in a plan is frozen, so this tells them apart. */
function isStage(given: unknown): given is Stage {
  if (typeof given !== 'object' || given === null || !Object.isFrozen(given)) return false
  return 'kind' in given && typeof given.kind === 'string' && kinds.includes(given.kind)
}
