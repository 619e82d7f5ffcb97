// A table as data: titles, alignment, rows of text. Knows nothing of what stands in it, nor of how it is drawn; nothing here is escaped yet.
import { nothing, sayMany } from './format.ts'

/** Where room is short the column with the highest `leaves` goes first; 0 never goes. */
export type Column = { readonly title: string; readonly align: 'left' | 'right'; readonly leaves: number }

export type Table = {
  readonly name: string
  readonly note: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly string[])[]
}

export type Field<Of> = Column & { readonly text: (one: Of) => string }

export const left = (title: string, leaves = 0): Column => ({ title, align: 'left', leaves })
export const right = (title: string, leaves = 0): Column => ({ title, align: 'right', leaves })

export function tableOf<Of>(name: string, note: string, fields: readonly Field<Of>[], all: readonly Of[]): Table {
  return { name, note, columns: fields, rows: all.map((one) => fields.map((field) => field.text(one))) }
}

/** Cut to so many rows; the note then says how many are missing, and which file has them. */
export function atMost(table: Table, most: number, file = 'summary.json'): Table {
  if (table.rows.length <= most) return table
  const more = `${sayMany(table.rows.length - most, 'more row')} in ${file}.`
  return { ...table, rows: table.rows.slice(0, most), note: `${table.note} ${more}`.trim() }
}

/** Without the columns that are the first to leave, for a page that has room for most of them. */
export function withoutFinest(table: Table, leaves: number): Table {
  const kept = table.columns.map((column) => column.leaves < leaves)
  const keep = <Of>(all: readonly Of[]): readonly Of[] => all.filter((_, i) => kept[i])
  return { ...table, columns: keep(table.columns), rows: table.rows.map(keep) }
}

/** Without the columns in which every row says nothing: what did not happen in a run is not worth its room. */
export function withoutQuiet(table: Table): Table {
  const kept = table.columns.map((column, i) => column.leaves === 0 || table.rows.some((row) => row[i] !== '0' && row[i] !== nothing))
  const keep = <Of>(all: readonly Of[]): readonly Of[] => all.filter((_, i) => kept[i])
  return { ...table, columns: keep(table.columns), rows: table.rows.map(keep) }
}
