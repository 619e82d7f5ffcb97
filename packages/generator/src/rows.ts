// Which row of the plan's data a shopper has. By its number alone: so no two threads ever need to ask each other, and a run replays.
//
//   unique        row = n          the n-th arrival; rows of arrivals that were dropped, or never asked, stay unused
//   round-robin   row = n mod rows
//   random        row = drawn from the seed, the set's name and n
import type { DataSet, Plan, Row } from '@doorbuster/plan'
import { seededRandom } from '@doorbuster/schedule'

export type Rows = {
  /** The same whenever one shopper asks. Null: there is none left, which ends the run. @throws Error for a set that the plan does not have */
  rowOf(name: string, nth: number): Row | null
}

/** `onOut` is told in which set, and by which arrival, no row was found. */
export function openRows({ data = {}, seed }: Pick<Plan, 'data' | 'seed'>, onOut: (because: string) => void): Rows {
  return {
    rowOf: (name, nth) => {
      const set = Object.hasOwn(data, name) ? data[name] : undefined
      if (set?.rows == null) throw new Error(`the plan has no data named ${JSON.stringify(name)}`)
      if (nth < 1) throw new Error('rows are for shoppers, one for each arrival: setup and teardown have none')
      const row = set.rows[placeOf(set, set.rows.length, name, nth, seed)]
      if (row === undefined)
        onOut(
          `PLAN_INVALID data.${name}: expected at least ${nth} rows, one for each arrival (or atEnd: "wrap"), received ${set.rows.length}`,
        )
      return row ?? null
    },
  }
}

function placeOf({ take, atEnd }: DataSet, rows: number, name: string, nth: number, seed: number): number {
  if (take === 'random') return Math.floor(seededRandom((seed ^ hashOf(name)) >>> 0, nth).uniform() * rows)
  return take === 'round-robin' || atEnd === 'wrap' ? (nth - 1) % rows : nth - 1
}

/** So that two sets are not drawn from in step. */
function hashOf(name: string): number {
  let hash = 7
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) | 0
  return hash
}
