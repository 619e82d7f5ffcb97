// The tables of a report as data: titles, alignment, rows of text. Every renderer draws these same rows.
// Knows nothing of HTML, Markdown or terminals; nothing here is escaped yet.
import type { Pct, Slice } from '@doorbuster/measurements'
import type { Summary } from '@doorbuster/verdict'
import { nothing, sayClock, sayCount, sayMany, sayMs, sayShare, saySpan } from './format.ts'
import { allowedText, causeWords, intervalText, observedText, standing, standingSign } from './words.ts'

/** Where room is short the column with the highest `leaves` goes first; 0 never goes. */
export type Column = { readonly title: string; readonly align: 'left' | 'right'; readonly leaves: number }

export type Table = {
  readonly name: string
  readonly note: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly string[])[]
}

type Field<Of> = Column & { readonly text: (one: Of) => string }

const left = (title: string, leaves = 0): Column => ({ title, align: 'left', leaves })
const right = (title: string, leaves = 0): Column => ({ title, align: 'right', leaves })

function tableOf<Of>(name: string, note: string, fields: readonly Field<Of>[], all: readonly Of[]): Table {
  return { name, note, columns: fields, rows: all.map((one) => fields.map((field) => field.text(one))) }
}

/** Cut to so many rows; the note then says how many are missing. */
export function atMost(table: Table, most: number): Table {
  if (table.rows.length <= most) return table
  const more = `${sayMany(table.rows.length - most, 'more row')} in summary.json.`
  return { ...table, rows: table.rows.slice(0, most), note: `${table.note} ${more}`.trim() }
}

/** Without the columns that are the first to leave, for a page that has room for most of them. */
export function withoutFinest(table: Table, leaves: number): Table {
  const kept = table.columns.map((column) => column.leaves < leaves)
  const keep = <Of>(all: readonly Of[]): readonly Of[] => all.filter((_, i) => kept[i])
  return { ...table, columns: keep(table.columns), rows: table.rows.map(keep) }
}

export function objectivesTable({ objectives }: Summary): Table {
  return tableOf(
    'Objectives',
    '',
    [
      { ...left(''), text: (one) => `${standingSign(one)} ${standing(one)}` },
      { ...left('objective'), text: (one) => one.text },
      { ...right('seen'), text: observedText },
      { ...right('allowed', 3), text: allowedText },
      { ...right('samples', 1), text: (one) => sayCount(one.samples) },
      { ...left('95 % interval', 4), text: (one) => intervalText(one) || nothing },
      { ...right('first broken', 2), text: (one) => (one.firstBreachMs === null ? nothing : sayClock(one.firstBreachMs)) },
    ],
    objectives,
  )
}

const timesNote = 'Times are response times (from due to done) of answered requests; failed ones are counted, not timed.'

/** `times` is the number of answers behind the percentiles; it never goes, so that none stands without it. */
function sliceFields(): readonly Field<Slice>[] {
  const count = (title: string, leaves: number, of: (slice: Slice) => number): Field<Slice> => ({
    ...right(title, leaves),
    text: (one) => sayCount(of(one)),
  })
  const time = (title: string, leaves: number, of: (pct: Pct) => number | null): Field<Slice> => ({
    ...right(title, leaves),
    text: (one) => sayMs(of(one.responseMs)),
  })
  return [
    count('due', 6, (one) => one.due),
    count('sent', 9, (one) => one.sent),
    count('ok', 5, (one) => one.ok),
    count('degraded', 7, (one) => one.degraded),
    count('failed', 0, (one) => one.failed),
    count('dropped', 8, (one) => one.dropped),
    count('answers', 0, (one) => one.responseMs.count),
    time('p50', 0, (pct) => pct.p50),
    time('p90', 11, (pct) => pct.p90),
    time('p95', 0, (pct) => pct.p95),
    time('p99', 0, (pct) => pct.p99),
    time('p99.9', 12, (pct) => pct.p999),
    time('max', 3, (pct) => pct.max),
  ]
}

export function phasesTable({ phases }: Summary): Table {
  return tableOf(
    'Phases',
    timesNote,
    [
      { ...left('phase'), text: (one) => one.name },
      { ...right('from', 10), text: (one) => sayClock(one.startMs) },
      { ...right('lasting', 4), text: (one) => saySpan(one.lastingMs) },
      ...sliceFields(),
    ],
    phases,
  )
}

export function stepsTable({ steps, phases }: Summary): Table {
  // Said once: where there are phases, their table comes first.
  return tableOf('Steps', phases.length === 0 ? timesNote : '', [{ ...left('step'), text: (one) => one.name }, ...sliceFields()], steps)
}

/** Failed and dropped by cause, the most frequent first. Shares are of all failed and dropped. */
export function failuresTable({ failures }: Summary): Table {
  const causes = Object.entries(failures).toSorted(([, a], [, b]) => b - a)
  const all = causes.reduce((sum, [, count]) => sum + count, 0)
  return tableOf(
    'Failures',
    '',
    [
      { ...left('cause'), text: ([cause]) => cause },
      { ...right('count'), text: ([, count]) => sayCount(count) },
      { ...right('share'), text: ([, count]) => sayShare(all === 0 ? null : count / all) },
      { ...left('in words', 1), text: ([cause]) => causeWords(cause) },
    ],
    causes,
  )
}

export function checksTable({ checks }: Summary): Table {
  return tableOf(
    'Checks of the journeys',
    '',
    [
      { ...left('check'), text: ([name]) => name },
      { ...right('passed'), text: ([, one]) => sayCount(one.passed) },
      { ...right('failed'), text: ([, one]) => sayCount(one.failed) },
      {
        ...right('share passed', 1),
        text: ([, one]) => sayShare(one.passed + one.failed === 0 ? null : one.passed / (one.passed + one.failed)),
      },
    ],
    Object.entries(checks),
  )
}

const trustSigns = { passed: '✓ passed', failed: '✗ failed', 'not-judged': '– not judged' } as const

export function trustTable({ trust }: Summary): Table {
  return tableOf(
    'Checks of the instrument',
    '',
    [
      { ...left('check'), text: (one) => one.name },
      { ...left(''), text: (one) => trustSigns[one.status] },
      { ...left('what was seen'), text: (one) => one.because },
    ],
    trust,
  )
}
