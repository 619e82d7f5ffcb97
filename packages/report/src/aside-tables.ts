// The tables of what is counted beside requests: numbers of the journeys, the waiting room, defences, findings, and what came after the peak.
// Knows nothing of HTML, Markdown or terminals; nothing here is escaped yet.
import type { Counter, Finding, Pct } from '@doorbuster/measurements'
import type { Comparison, Summary } from '@doorbuster/verdict'
import { nothing, sayClock, sayCount, sayFactor, sayMany, sayMs, sayNumber, sayShare, saySpan } from './format.ts'
import type { Table } from './table.ts'
import { left, right, tableOf, withoutQuiet } from './table.ts'

/** Names that have a table of their own, or are the generator's own affair. */
const ownAreas = ['waiting-room.', 'hostile.', 'legitimate.', 'privacy.', 'link.']

function isOwn(name: string): boolean {
  return ownAreas.some((area) => name.startsWith(area))
}

export function countersTable({ counters }: Summary): Table {
  return tableOf<readonly [string, Counter]>(
    'Counters',
    '',
    [
      { ...left('counter'), text: ([name]) => name },
      { ...right('counted', 1), text: ([, one]) => sayCount(one.count) },
      { ...right('sum'), text: ([, one]) => sayNumber(one.sum) },
      { ...right('mean', 2), text: ([, one]) => sayNumber(one.count === 0 ? null : one.sum / one.count) },
      { ...right('min', 3), text: ([, one]) => sayNumber(one.min) },
      { ...right('max', 3), text: ([, one]) => sayNumber(one.max) },
    ],
    Object.entries(counters).filter(([name]) => !isOwn(name)),
  )
}

export function trendsTable({ trends }: Summary): Table {
  const at = (title: string, leaves: number, of: (pct: Pct) => number | null) => ({
    ...right(title, leaves),
    text: ([, pct]: readonly [string, Pct]) => sayNumber(of(pct), 3),
  })
  return tableOf<readonly [string, Pct]>(
    'Trends',
    'Numbers as the journeys gave them; times are in ms.',
    [
      { ...left('trend'), text: ([name]) => name },
      { ...right('samples', 0), text: ([, one]) => sayCount(one.count) },
      at('mean', 2, (one) => one.mean),
      at('p50', 0, (one) => one.p50),
      at('p95', 0, (one) => one.p95),
      at('p99', 1, (one) => one.p99),
      at('max', 3, (one) => one.max),
    ],
    Object.entries(trends).filter(([name]) => !isOwn(name)),
  )
}

type Queueing = { readonly name: string; readonly sum: number | null; readonly pct: Pct | null }

/** What the generator counted of a waiting room, under the names that begin so; times in ms. */
export function waitingRoomTable({ counters, trends, durationMs }: Summary): Table {
  const area = 'waiting-room.'
  const own = <Of>(all: Readonly<Record<string, Of>>) => Object.entries(all).filter(([name]) => name.startsWith(area))
  const rows: readonly Queueing[] = [
    ...own(counters).map(([name, { sum }]) => ({ name: name.slice(area.length), sum, pct: null })),
    ...own(trends).map(([name, pct]) => ({ name: name.slice(area.length), sum: null, pct })),
  ]
  return withoutQuiet(
    tableOf(
      'Waiting room',
      '',
      [
        { ...left('what'), text: (one) => one.name.replaceAll('-', ' ') },
        { ...right('counted', 1), text: ({ sum, pct }) => sayCount(sum ?? pct?.count ?? null) },
        { ...right('a minute', 2), text: ({ sum }) => sayNumber(sum === null || durationMs === 0 ? null : (sum / durationMs) * 60e3, 3) },
        { ...right('p50', 1), text: ({ pct }) => sayMs(pct?.p50 ?? null) },
        { ...right('p95', 1), text: ({ pct }) => sayMs(pct?.p95 ?? null) },
        { ...right('max', 1), text: ({ pct }) => sayMs(pct?.max ?? null) },
      ],
      rows,
    ),
  )
}

type Met = { readonly who: string; readonly passed: number; readonly stopped: number }

/** What the defences made of either: the confusion matrix. */
export function hostileTable({ counters }: Summary): Table {
  const rows = (['hostile', 'legitimate'] as const).map(
    (who): Met => ({ who, passed: counters[`${who}.passed`]?.sum ?? 0, stopped: counters[`${who}.stopped`]?.sum ?? 0 }),
  )
  return tableOf(
    'Hostile traffic',
    '',
    [
      { ...left('requests'), text: (one) => one.who },
      { ...right('let through'), text: (one) => sayCount(one.passed) },
      { ...right('stopped'), text: (one) => sayCount(one.stopped) },
      { ...right('share stopped'), text: ({ passed, stopped }) => sayShare(passed + stopped === 0 ? null : stopped / (passed + stopped)) },
    ],
    rows.some(({ passed, stopped }) => passed + stopped > 0) ? rows : [],
  )
}

const findingWords: Readonly<Record<Finding['kind'], string>> = {
  leak: 'another shopper’s data',
  'personal-data': 'personal data that any cache may keep',
  'shared-session': 'one session for two shoppers',
  'open-door': 'a door that should have been shut',
}

export function findingsTable({ findings }: Summary): Table {
  return withoutQuiet(
    tableOf(
      'Findings',
      reach(findings),
      [
        { ...left('found'), text: (one) => findingWords[one.kind] },
        { ...left('what'), text: (one) => one.field },
        { ...left('where', 4), text: (one) => one.where },
        { ...left('step', 1), text: (one) => one.step },
        { ...right('times'), text: (one) => sayCount(one.count) },
        { ...right('owners', 3), text: (one) => sayCount(one.owners.length) },
        { ...right('seen by', 3), text: (one) => sayCount(one.viewers.length) },
        { ...left('when', 2), text: ({ firstMs, lastMs }) => `${sayClock(firstMs)} to ${sayClock(lastMs)}` },
        { ...left('cache headers', 7), text: (one) => one.cache ?? nothing },
        { ...left('machine', 8), text: (one) => one.node ?? nothing },
        { ...left('sample, masked', 6), text: (one) => one.sample ?? nothing },
      ],
      findings,
    ),
  )
}

/** What, when and how far, in one sentence: the first that is asked after a leak. */
function reach(findings: readonly Finding[]): string {
  const leaks = findings.filter(({ kind }) => kind === 'leak')
  if (leaks.length === 0) return ''
  const people = (of: (one: Finding) => readonly number[]): number => new Set(leaks.flatMap(of)).size
  const firstMs = Math.min(...leaks.map((one) => one.firstMs))
  const lastMs = Math.max(...leaks.map((one) => one.lastMs))
  const fields = [...new Set(leaks.map(({ field }) => field))].join(', ')
  const steps = new Set(leaks.map(({ step }) => step)).size
  return `Data of at least ${sayMany(
    people((one) => one.owners),
    'shopper',
  )} (${fields}) was shown to at least ${sayMany(
    people((one) => one.viewers),
    'other',
  )}, in answers of ${sayMany(steps, 'step')}, over ${saySpan(lastMs - firstMs)} from ${sayClock(firstMs)} on.`
}

type Row = { readonly what: string; readonly value: string; readonly because: string }

/** What comparing parts of the run came to. What could not be compared is left out. */
export function aftermathTable({ aftermath }: Summary): Table {
  const { collapseMs, totalFailureMs, recoveryMs, hysteresis, herdPenalty, stampede, amplification } = aftermath
  const row = (
    what: string,
    { status, value, because }: Comparison,
    say: (value: number | null) => string,
    never: string,
  ): readonly Row[] => (status === 'unknown' ? [] : [{ what, value: status === 'never' ? never : say(value), because }])
  const isAmplified = amplification.some(({ factor }) => (factor ?? 1) !== 1)
  const rows = [
    ...row('time to collapse', collapseMs, saySpan, 'never'),
    ...(totalFailureMs === null
      ? []
      : [{ what: 'time to total failure', value: saySpan(totalFailureMs), because: 'the first second in which nobody was answered' }]),
    ...row('recovery', recoveryMs, saySpan, 'not recovered'),
    ...row('hysteresis', hysteresis, sayFactor, 'no answer'),
    ...row('herd penalty', herdPenalty, sayFactor, 'no answer'),
    ...row('stampede', stampede, sayFactor, 'no answer'),
    ...(isAmplified ? amplification : []).map(({ phase, factor }) => ({
      what: `amplification in ${phase}`,
      value: sayFactor(factor),
      because: 'tries for each thing that a shopper wanted',
    })),
  ]
  return tableOf(
    'Collapse and recovery',
    '',
    [
      { ...left('what'), text: (one) => one.what },
      { ...right('seen'), text: (one) => one.value },
      { ...left('in words', 1), text: (one) => one.because },
    ],
    rows,
  )
}
