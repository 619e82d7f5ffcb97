// Rehearsals in order of time: a table, their trends, and how old the last one is. Knows nothing of folders or of today's date.

import { clip, escapeMarkdown, plainLine } from './escape.ts'
import { nothing, sayFactor, sayMany, sayMoment, sayMs, sayRate, sayShare, saySpan } from './format.ts'
import { sparkline } from './sparkline.ts'
import type { Table } from './table.ts'
import { left, right, tableOf } from './table.ts'
import { tableMarkdown } from './table-markdown.ts'
import type { TerminalOptions } from './terminal.ts'
import { renderTable } from './terminal.ts'

/** `run`: a rehearsal; `capacity`: a search for the highest rate, which has no percentiles of its own. */
export type PastRun = {
  readonly kind: 'run' | 'capacity'
  readonly folder: string
  readonly name: string
  readonly startedAt: string
  /** Null for a search. */
  readonly planHash: string | null
  readonly verdict: string
  readonly isFinished: boolean
  readonly p95Ms: number | null
  readonly p99Ms: number | null
  readonly goodputPerSec: number | null
  readonly failureRatio: number | null
  readonly capacityPerSec: number | null
}

export type Past = {
  readonly schema: 'doorbuster/history@1'
  /** Oldest first. */
  readonly runs: readonly PastRun[]
  readonly unreadable: readonly { readonly folder: string; readonly because: string }[]
  /** The youngest that came to an answer: go or no-go. */
  readonly lastRehearsal: { readonly folder: string; readonly startedAt: string; readonly ageMs: number } | null
  readonly maxAgeMs: number
  readonly isReady: boolean
}

const sparkColumns = 30

/** Whether a rehearsal is young enough, in one sentence. */
export function historyText(past: Past): string {
  const { lastRehearsal, maxAgeMs, isReady } = past
  const place = lastRehearsal === null ? '' : ` (${lastRehearsal.folder})`
  return `${historyWord(past)}: ${ageText(past)}${place}${isReady || lastRehearsal === null ? '' : `, and ${saySpan(maxAgeMs)} is the most`}.`
}

export function historyWord({ isReady }: Past): string {
  return isReady ? 'READY' : 'NOT READY'
}

/** A clause that says how old the last rehearsal is. */
export function ageText({ lastRehearsal }: Past): string {
  if (lastRehearsal === null) return 'no rehearsal here came to an answer (go or no-go)'
  return `the last rehearsal that came to an answer is ${saySpan(lastRehearsal.ageMs)} old`
}

export function historyTables(past: Past): readonly Table[] {
  return [runsTable(past), trendsTable(past), unreadableTable(past)]
}

export function historyForTerminal(past: Past, options: TerminalOptions): string {
  const tables = historyTables(past).filter(({ rows }) => rows.length > 0)
  return [...tables.map((table) => `${renderTable(table, options)}\n`), plainLine(historyText(past))].join('\n')
}

export function historyMarkdown(past: Past): string {
  const tables = historyTables(past).map(tableMarkdown)
  return [`## Rehearsals\n\n**${escapeMarkdown(clip(historyText(past), 400))}**\n`, ...tables.filter((text) => text !== '')].join('\n')
}

function runsTable({ runs }: Past): Table {
  return tableOf<PastRun>(
    'Runs',
    'Oldest first.',
    [
      { ...left('started'), text: ({ startedAt }) => sayMoment(startedAt) },
      { ...left('name'), text: ({ name }) => name },
      { ...left('plan', 3), text: ({ planHash }) => planHash?.slice(0, 8) ?? nothing },
      { ...left('verdict'), text: ({ verdict, isFinished }) => `${verdict}${isFinished ? '' : ' (unfinished)'}` },
      { ...right('p95'), text: ({ p95Ms }) => sayMs(p95Ms) },
      { ...right('p99', 1), text: ({ p99Ms }) => sayMs(p99Ms) },
      { ...right('goodput'), text: ({ goodputPerSec }) => sayRate(goodputPerSec) },
      { ...right('failed'), text: ({ failureRatio }) => sayShare(failureRatio) },
      { ...right('capacity', 2), text: ({ capacityPerSec }) => sayRate(capacityPerSec) },
      { ...left('folder', 4), text: ({ folder }) => folder },
    ],
    runs,
  )
}

type Trend = { readonly of: string; readonly values: readonly number[]; readonly say: (value: number) => string }

/** Only what was measured twice has a trend. Runs of unlike plans have none together. */
function trendsTable({ runs }: Past): Table {
  const plans = [...new Set(runs.flatMap(({ planHash }) => planHash ?? []))]
  const trends = plans.flatMap((planHash): readonly Trend[] => {
    const like = runs.filter((run) => run.planHash === planHash && run.verdict !== 'invalid')
    const of = `${like.at(-1)?.name ?? ''} ${planHash.slice(0, 8)}`
    return [
      { of: `p95 of ${of}`, values: like.flatMap(({ p95Ms }) => p95Ms ?? []), say: sayMs },
      { of: `goodput of ${of}`, values: like.flatMap(({ goodputPerSec }) => goodputPerSec ?? []), say: sayRate },
    ]
  })
  const capacity = { of: 'capacity', values: runs.flatMap(({ capacityPerSec }) => capacityPerSec ?? []), say: sayRate }
  return tableOf<Trend>(
    'Trends',
    `Oldest on the left, at most the last ${sayMany(sparkColumns, 'run')}; invalid runs are left out.`,
    [
      { ...left('figure'), text: ({ of }) => of },
      { ...left('course'), text: ({ values }) => sparkline(values, Math.max(...values), Math.min(sparkColumns, values.length)) },
      { ...right('before'), text: ({ values, say }) => say(values.at(-2) ?? 0) },
      { ...right('last'), text: ({ values, say }) => say(values.at(-1) ?? 0) },
      { ...right('last ÷ before'), text: ({ values }) => sayFactor((values.at(-1) ?? 0) / (values.at(-2) ?? Number.NaN)) },
    ],
    [...trends, capacity].filter(({ values }) => values.length > 1),
  )
}

function unreadableTable({ unreadable }: Past): Table {
  return tableOf(
    'Unreadable',
    '',
    [
      { ...left('folder'), text: ({ folder }) => folder },
      { ...left('why'), text: ({ because }) => because },
    ],
    unreadable,
  )
}
