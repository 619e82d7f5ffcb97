// Puts stages together: several shapes at once, several stages under one phase. Knows nothing of what the stages do.
import { Arguments } from './arguments.ts'
import type { Overlay, Stage, StageOptions } from './stages.ts'

/** Shapes that all begin at the same moment. A phase belongs to the overlay as a whole, so stages inside it may not carry one. */
export function overlay(shapes: readonly (Stage | readonly Stage[])[], options: StageOptions = {}): Overlay {
  const args = new Arguments()
  const given = args.fact(Array.isArray(shapes) && shapes.length > 0, 'shapes', 'at least one shape', shapes) ? shapes : []
  const lanes = given.map((lane, index) => readLane(args, `shapes[${index}]`, Array.isArray(lane) ? lane : [lane]))
  const phase = args.phase(options)
  args.done()
  return Object.freeze({ kind: 'overlay', shapes: Object.freeze(lanes), lastingMs: Math.max(...lanes.map(totalMs)), ...phase })
}

function readLane(args: Arguments, path: string, lane: readonly Stage[]): readonly Stage[] {
  args.fact(lane.length > 0, path, 'at least one stage', lane)
  for (const [index, stage] of lane.entries()) {
    if (!args.stage(`${path}[${index}]`, stage)) continue
    args.fact(stage.phase === undefined, `${path}[${index}].phase`, 'no phase inside an overlay: give it to the overlay', stage.phase)
  }
  return Object.freeze([...lane])
}

/** How long stages last one after the other. */
export function totalMs(stages: readonly Stage[]): number {
  return stages.reduce((sum, stage) => sum + stage.lastingMs, 0)
}

/** The same stages as one phase: `phase('doors', [ramp(…), hold(…)])`. A stage that already has another phase is a mistake. */
export function phase(name: string, stages: readonly Stage[]): readonly Stage[] {
  const args = new Arguments()
  const named = args.phaseName('name', name)
  const group = args.fact(Array.isArray(stages) && stages.length > 0, 'stages', 'at least one stage', stages) ? stages : []
  for (const [index, stage] of group.entries()) {
    if (!args.stage(`stages[${index}]`, stage)) continue
    args.fact(stage.phase === undefined || stage.phase === name, `stages[${index}].phase`, 'no other phase', stage.phase)
  }
  args.done()
  return Object.freeze(group.map((stage) => Object.freeze({ ...stage, phase: named })))
}
