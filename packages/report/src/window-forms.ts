// The windows of a run by phase and step for other programs, one row a cell: CSV for spreadsheets, JSON lines for the rest.
import type { Cell, Window } from '@doorbuster/measurements'
import type { CsvCell } from './csv.ts'
import { csvLine, plainCell } from './csv.ts'

/** Pieces of text, in order, so that nobody has to hold the whole. */
export type WindowForm = { readonly head: string; readonly window: (window: Window) => Iterable<string> }

type Row = Readonly<Record<(typeof columns)[number], string | number | null>>

const columns = [
  'startMs',
  'lastingMs',
  'phase',
  'step',
  'due',
  'sent',
  'ok',
  'degraded',
  'failed',
  'dropped',
  'bytesIn',
  'bytesOut',
  'intents',
  'attempts',
  'responseMeanMs',
  'responseP50Ms',
  'responseP90Ms',
  'responseP95Ms',
  'responseP99Ms',
  'responseMaxMs',
  'serviceP50Ms',
  'serviceP95Ms',
  'serviceP99Ms',
  'failedP50Ms',
  'failedMaxMs',
] as const

export const windowForms: Readonly<Record<'csv' | 'jsonl', WindowForm>> = {
  csv: { head: csvLine(columns), window: (window) => window.cells.map((cell) => csvLine(columns.map(cellOf(rowOf(window, cell))))) },
  jsonl: {
    head: '',
    window: (window) => window.cells.map((cell) => `${JSON.stringify({ ...rowOf(window, cell), causes: cell.causes })}\n`),
  },
}

function cellOf(row: Row): (column: (typeof columns)[number]) => CsvCell {
  return (column) => {
    const value = row[column]
    return typeof value === 'string' ? plainCell(value) : value
  }
}

function rowOf({ startMs, lastingMs }: Window, { phase, step, counts, response, service, failedResponse }: Cell): Row {
  return {
    startMs,
    lastingMs,
    phase,
    step,
    ...counts,
    responseMeanMs: response.meanMs,
    responseP50Ms: response.percentileMs(50),
    responseP90Ms: response.percentileMs(90),
    responseP95Ms: response.percentileMs(95),
    responseP99Ms: response.percentileMs(99),
    responseMaxMs: response.maxMs,
    serviceP50Ms: service.percentileMs(50),
    serviceP95Ms: service.percentileMs(95),
    serviceP99Ms: service.percentileMs(99),
    failedP50Ms: failedResponse.percentileMs(50),
    failedMaxMs: failedResponse.maxMs,
  }
}
