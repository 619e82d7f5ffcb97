// The tables of shoppers: how their visits ended, who they were, who answered them. Every renderer draws these same rows.
// Knows nothing of HTML, Markdown or terminals; nothing here is escaped yet.
import type { CutSlice, VisitSlice } from '@doorbuster/measurements'
import type { Summary } from '@doorbuster/verdict'
import { nothing, sayCount, sayMs, sayNumber, sayShare } from './format.ts'
import type { Field, Table } from './table.ts'
import { left, right, tableOf, withoutQuiet } from './table.ts'
import { sliceFields } from './tables.ts'

/** One row a class. Visits of a single request are that request, and stand among the steps. */
export function shoppersTable({ visits }: Summary): Table {
  return visitsTable('Shoppers', 'class', visits)
}

/** The same by device, where classes have some. */
export function deviceVisitsTable({ deviceVisits }: Summary): Table {
  return visitsTable('Shoppers by device', 'device', deviceVisits)
}

function visitsTable(name: string, title: string, all: readonly VisitSlice[]): Table {
  const count = (title: string, leaves: number, of: (one: VisitSlice) => number): Field<VisitSlice> => ({
    ...right(title, leaves),
    text: (one) => sayCount(of(one)),
  })
  const fields: readonly Field<VisitSlice>[] = [
    { ...left(title), text: (one) => one.name },
    count('arrived', 0, (one) => one.due),
    count('finished', 0, (one) => one.finished),
    { ...right('share', 3), text: (one) => sayShare(one.due === 0 ? null : one.finished / one.due) },
    count('degraded', 6, (one) => one.finishedDegraded),
    count('gave up', 2, (one) => one.gaveUp),
    count('turned away', 2, (one) => one.turnedAway),
    count('threw', 5, (one) => one.threw),
    count('dropped', 5, (one) => one.dropped),
    count('cut off', 7, (one) => one.cut),
    { ...right('visit p50', 4), text: (one) => sayMs(one.visitMs.p50) },
    { ...right('visit p95', 4), text: (one) => sayMs(one.visitMs.p95) },
    { ...right('lost after', 8), text: (one) => sayMs(one.lostMs.p50) },
    { ...left('most were lost', 1), text: mostLost },
  ]
  return withoutQuiet(tableOf(name, '', fields, all))
}

function mostLost({ lostAt }: VisitSlice): string {
  const [most] = Object.entries(lostAt).toSorted(([, a], [, b]) => b - a)
  return most === undefined ? nothing : `${most[0]} (${sayCount(most[1])})`
}

/** What was wanted at each step, for every hundred shoppers who came. */
export function funnelTable({ steps, shoppers, visits }: Summary): Table {
  const rows = visits.length === 0 || shoppers.due === 0 ? [] : steps.filter(({ intents }) => intents > 0)
  return tableOf(
    'Funnel',
    'Wanted: asked for by a shopper, further tries left out. Who comes to a step twice counts twice there.',
    [
      { ...left('step'), text: (one) => one.name },
      { ...right('wanted'), text: (one) => sayCount(one.intents) },
      { ...right('by 100 shoppers'), text: (one) => sayNumber((one.intents / shoppers.due) * 100, 3) },
      { ...right('answered'), text: (one) => sayCount(one.ok + one.degraded) },
    ],
    rows.length < 2 ? [] : rows,
  )
}

export function classesTable({ classes }: Summary): Table {
  return sliced('Classes of shoppers', 'class', classes)
}

export function devicesTable({ devices }: Summary): Table {
  return sliced('Devices', 'device', devices)
}

/** Only requests that were answered have somebody who answered them. */
export function answeredByTable({ answeredBy }: Summary): Table {
  return sliced('Who answered', 'by', answeredBy)
}

export function groupsTable({ groups }: Summary): Table {
  return sliced('Transactions', 'group', groups)
}

function sliced(name: string, title: string, all: readonly CutSlice[]): Table {
  const main: Field<CutSlice> = { ...left('failed mostly by', 2), text: ({ failures }) => Object.keys(failures)[0] ?? nothing }
  return withoutQuiet(tableOf(name, '', [{ ...left(title), text: (one) => one.name }, ...sliceFields(all), main], all))
}

/** A table that says nothing beside the total when there is one row alone. */
export function ifSeveral(table: Table): Table {
  return table.rows.length > 1 ? table : { ...table, rows: [] }
}
