// Text of a data file → rows. Opens no files.
import { CsvError, parse } from 'csv-parse/sync'
import type { Row } from './data.ts'
import { PlanError, problem } from './problems.ts'

const mostRows = 1_000_000

/** CSV with a line of column names and one record a line, or a JSON list of objects, by the file's ending. @throws PlanError, its path in the file */
export function parseRows(file: string, text: string): readonly Row[] {
  const rows = /\.json$/i.test(file) ? parseJsonRows(text) : parseCsvRows(text)
  if (rows.length === 0) throw mistake('', 'at least one row', 'none')
  if (rows.length > mostRows) throw mistake('', `at most ${mostRows} rows`, `${rows.length}`)
  return rows
}

function parseCsvRows(text: string): readonly Row[] {
  try {
    return parse<Row>(text, { columns: distinct, bom: true, skip_empty_lines: true, trim: true })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    // What stands there may be somebody's password, so only the line is told.
    throw mistake(`line ${Number(error.lines)}`, 'CSV with as many fields as there are columns', error.code)
  }
}

function distinct(names: readonly string[]): string[] {
  const twice = names.find((name, index) => name === '' || names.indexOf(name) < index)
  if (twice !== undefined) throw mistake('line 1', 'a name for each column, each once', twice)
  return [...names]
}

function parseJsonRows(text: string): readonly Row[] {
  const words = 'a JSON list of objects'
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw mistake('', words, 'no JSON')
  }
  if (!Array.isArray(value)) throw mistake('', words, typeof value)
  const bad = value.findIndex((row) => typeof row !== 'object' || row === null || Array.isArray(row))
  if (bad >= 0) throw mistake(`[${bad}]`, 'an object', typeof value[bad])
  return value as readonly Row[]
}

function mistake(path: string, expected: string, received: string): PlanError {
  return new PlanError('PLAN_INVALID', [problem(path, expected, received)])
}
