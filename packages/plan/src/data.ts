// Rows that shoppers are given, one each: as the user writes them, and as a plan keeps them. Opens no files: the caller reads them.
import type { Json } from './json.ts'

/** One row: columns by name. CSV holds text alone. */
export type Row = Readonly<Record<string, Json | undefined>>

/**
 * `unique`: the n-th arrival has the n-th row, and no other arrival has it · `round-robin`: the same, beginning again after the last row ·
 * `random`: drawn by the plan's seed and the arrival's number.
 */
export type Take = 'unique' | 'round-robin' | 'random'

export type DataInput = {
  /** Path, from the plan file, of a CSV file whose first line names the columns, or of a JSON file with a list of objects. */
  readonly file?: string
  /** The rows themselves, in place of a file. */
  readonly rows?: readonly Row[]
  /** Default `unique`. */
  readonly take?: Take
  /** What happens after the last row of `unique`: the run ends as a mistake of the plan (`error`, the default), or it begins again. */
  readonly atEnd?: 'error' | 'wrap'
}

export type DataSet = {
  readonly file?: string
  /** Null: the file has not been read yet. */
  readonly rows: readonly Row[] | null
  readonly take: Take
  readonly atEnd: 'error' | 'wrap'
}
