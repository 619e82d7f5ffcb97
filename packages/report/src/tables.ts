// The tables of requests and objectives. Every renderer draws these same rows.
// Knows nothing of HTML, Markdown or terminals; nothing here is escaped yet.
import type { Pct, Slice, ToldPercentile } from '@doorbuster/measurements'
import type { ProductFacts, Range, Summary } from '@doorbuster/verdict'
import { nothing, sayClock, sayCount, sayFactor, sayMany, sayMs, sayShare, saySpan } from './format.ts'
import { sayInterval, sayPercentile } from './percentiles.ts'
import type { Field, Table } from './table.ts'
import { left, right, tableOf } from './table.ts'
import { allowedText, causeWords, intervalText, observedText, standingSign, standingText } from './words.ts'

export function objectivesTable({ objectives }: Summary): Table {
  return tableOf(
    'Objectives',
    '',
    [
      { ...left(''), text: (one) => `${standingSign(one)} ${standingText(one)}` },
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

type Answered = Omit<Slice, 'serviceMs'>

/** `times` is the number of answers behind the percentiles; it never goes, so that none stands without it. */
export function sliceFields(all: readonly Answered[]): readonly Field<Answered>[] {
  const count = (title: string, leaves: number, of: (slice: Answered) => number): Field<Answered> => ({
    ...right(title, leaves),
    text: (one) => sayCount(of(one)),
  })
  const time = (title: string, leaves: number, of: (pct: Pct) => number | null): Field<Answered> => ({
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
    // One try an intent is what everybody expects: it is not worth its room.
    ...(all.some(({ intents, attempts }) => attempts !== intents) ? [tries] : []),
    count('answers', 0, (one) => one.responseMs.count),
    time('p50', 0, (pct) => pct.p50),
    time('p90', 11, (pct) => pct.p90),
    time('p95', 0, (pct) => pct.p95),
    time('p99', 0, (pct) => pct.p99),
    { ...right('p99.9', 12), text: (one) => sayPercentile(one.responseMs, 'p999') },
    time('max', 3, (pct) => pct.max),
    ...(all.some(({ responseMs }) => responseMs.intervals !== undefined) ? [between('p95', 14), between('p99', 13)] : []),
  ]
}

/** The first to go where room is short. */
function between(percentile: ToldPercentile, leaves: number): Field<Answered> {
  return { ...right(`${percentile} between`, leaves), text: ({ responseMs }) => sayInterval(responseMs.intervals?.[percentile]) }
}

const tries: Field<Answered> = {
  ...right('tries', 9),
  text: ({ intents, attempts }) => (intents === 0 ? nothing : sayFactor(attempts / intents)),
}

export function phasesTable({ phases }: Summary): Table {
  return tableOf(
    'Phases',
    timesNote,
    [
      { ...left('phase'), text: (one) => one.name },
      { ...right('from', 10), text: (one) => sayClock(one.startMs) },
      { ...right('lasting', 4), text: (one) => saySpan(one.lastingMs) },
      ...sliceFields(phases),
    ],
    phases,
  )
}

export function stepsTable({ steps, phases }: Summary): Table {
  // Said once: where there are phases, their table comes first.
  return tableOf(
    'Steps',
    phases.length === 0 ? timesNote : '',
    [{ ...left('step'), text: (one) => one.name }, ...sliceFields(steps)],
    steps,
  )
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

/** Pieces by product; empty for a run that had nothing to do with orders. */
export function ordersTable({ ledger }: Summary): Table {
  const pieces = (title: string, leaves: number, of: (product: ProductFacts) => number | Range | null): Field<ProductFacts> => ({
    ...right(title, leaves),
    text: (one) => rangeText(of(one)),
  })
  return tableOf(
    'Orders',
    ledger === undefined ? '' : ordersNote(ledger),
    [
      { ...left('product'), text: (one) => one.sku },
      pieces('stock', 0, (one) => one.stock),
      pieces('sold', 0, (one) => one.sold),
      pieces('oversold', 0, (one) => one.oversold),
      pieces('confirmed', 4, (one) => one.confirmed),
      pieces('unknown', 2, (one) => one.unknown),
      pieces('refused', 6, (one) => one.refused),
      pieces('cancelled', 5, (one) => one.cancelled),
      pieces('sold, says the shop', 1, (one) => one.shopSold),
      pieces('left, says the shop', 3, (one) => one.shopStock),
    ],
    ledger?.products ?? [],
  )
}

/** Figures alone: what names a product or an order is a stranger's text, and stands among the reasons. */
function ordersNote({ orders, duplicates, lost }: NonNullable<Summary['ledger']>): string {
  const estimate = lost === null ? '' : ` An estimate: ${lost.text}.`
  return `Pieces, of ${sayMany(orders.confirmed, 'confirmed order')}; ${sayCount(duplicates)} beyond the first of their key.${estimate}`
}

function rangeText(value: number | Range | null): string {
  if (value === null || typeof value === 'number') return sayCount(value)
  return value.least === value.most ? sayCount(value.least) : `${sayCount(value.least)} to ${sayCount(value.most)}`
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
