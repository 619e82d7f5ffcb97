// What the product sets itself, held against rows of one run. A goal that is missed is said, and fails nothing.
import type { Figure, Row } from './figures.ts'
import { figureIn } from './figures.ts'
import type { Spread } from './statistics.ts'
import { spreadOf } from './statistics.ts'

export type Goal = {
  readonly row: string
  readonly figure: Figure
  /** Another row, whose figure in the same round it is divided by; null: the figure itself, without its sign. */
  readonly over: string | null
  readonly atMost: number
}

export type Reached = { readonly goal: Goal; readonly observed: Spread | null; readonly status: 'reached' | 'missed' | 'not measured' }

/** By the median over the rounds in which both rows count, so that a bad minute which falls on both falls out. */
export function reach(goal: Goal, rows: readonly Row[]): Reached {
  const its = roundsOf(rows, goal.row)
  const others = goal.over === null ? null : roundsOf(rows, goal.over)
  const values = its.map((round, index) => {
    const value = figureIn(round, goal.figure)
    const by = others === null ? 1 : figureIn(others[index], goal.figure)
    return value === undefined || by === undefined ? undefined : Math.abs(value / by)
  })
  const observed = spreadOf(values.filter((value) => value !== undefined))
  if (observed === null) return { goal, observed, status: 'not measured' }
  return { goal, observed, status: observed.median <= goal.atMost ? 'reached' : 'missed' }
}

function roundsOf(rows: readonly Row[], name: string) {
  return rows.find((row) => row.name === name)?.rounds ?? []
}
