// Why requests failed and who answered, over time. Knows nothing of SVG.
import type { Gallery } from '@doorbuster/measurements'
import { joinStretches } from '@doorbuster/measurements'
import { sayClock, sayCount, sayMany, sayRate, saySpan } from '../format.ts'
import type { Report } from '../report.ts'
import { joinNeighbours, perSec } from './condense.ts'
import { exhibitMarkup, mostTableRows, shareOf, sizes } from './figure.ts'
import type { Markup } from './markup.ts'
import { common, lengthMs, stretchesOf } from './run-stage.ts'
import type { Strips } from './strips.ts'
import { stripsHeightPx, stripsSvg } from './strips.ts'

type Stretch = Gallery['stretches'][number]
type Counts = Readonly<Record<string, number>>
type Series = { readonly name: string; readonly total: number; readonly of: (counts: Counts) => number }

const mostSeries = 6

export function causesFigure(report: Report): Markup | null {
  return overTime(report, {
    id: 'causes',
    title: 'Failures by cause',
    says: 'Failed and never sent requests by cause',
    of: (stretch) => stretch.causes,
    least: 1,
    look: { ink: 'failed', scale: 'own' },
    note: 'Each strip has a scale of its own; its highest rate stands at its left.',
  })
}

/** Nothing where one answered alone. */
export function answeredFigure(report: Report): Markup | null {
  return overTime(report, {
    id: 'answered',
    title: 'Who answered',
    says: 'Answers by who gave them',
    of: (stretch) => stretch.answeredBy,
    least: 2,
    look: { ink: 'ok', scale: 'one' },
    note: 'All strips have one scale.',
  })
}

type Question = {
  readonly id: string
  readonly title: string
  readonly says: string
  readonly of: (stretch: Stretch) => Counts
  /** So many names make a picture. */
  readonly least: number
  readonly look: Pick<Strips, 'ink' | 'scale'>
  readonly note: string
}

function overTime(report: Report, { id, title, says, of, least, look, note }: Question): Markup | null {
  const stretches = stretchesOf(report)
  const series = seriesOf(stretches.map(of))
  if (series.length < least) return null
  const { label, bands, lastingMs } = common(
    report,
    `${says} over ${saySpan(lengthMs(report))}: ${series.map(({ name, total }) => `${name} ${sayCount(total)}`).join(', ')}.`,
  )
  const strips = series.map((one) => ({
    name: one.name,
    total: `${sayCount(one.total)} in all`,
    bins: stretches.map((stretch) => ({
      fromMs: stretch.startMs,
      toMs: stretch.startMs + stretch.lastingMs,
      value: rateOf(one, stretch, of),
    })),
  }))
  const cellsOf = (stretch: Stretch): readonly string[] => [
    sayClock(stretch.startMs),
    ...series.map((one) => sayRate(rateOf(one, stretch, of))),
  ]
  const heightPx = stripsHeightPx(strips.length)
  return exhibitMarkup({
    id,
    title,
    pictures: sizes.map((size) =>
      stripsSvg({ label, stage: { fromMs: 0, toMs: lastingMs, bands }, strips, ...look }, { ...size, heightPx }, `${id}-${size.name}`),
    ),
    titles: ['from', ...series.map(({ name }) => name)],
    rows: joinNeighbours(stretches, mostTableRows, joinStretches).map(cellsOf),
    places: stretches.map((one) => ({ share: shareOf(one.startMs + one.lastingMs / 2, { lastingMs }), cells: cellsOf(one) })),
    notes: [strips.length > 1 ? note : null],
  })
}

function rateOf({ of }: Series, stretch: Stretch, counts: Question['of']): number {
  return perSec(of(counts(stretch)), stretch.lastingMs)
}

/** The most frequent by themselves, all others together. */
function seriesOf(all: readonly Counts[]): readonly Series[] {
  const totals = new Map<string, number>()
  for (const [name, count] of all.flatMap((counts) => Object.entries(counts))) totals.set(name, (totals.get(name) ?? 0) + count)
  const ranked = [...totals].toSorted(([, a], [, b]) => b - a)
  const named = ranked.length > mostSeries + 1 ? ranked.slice(0, mostSeries) : ranked
  const others = ranked.slice(named.length)
  const single = named.map(([name, total]): Series => ({ name, total, of: (counts) => counts[name] ?? 0 }))
  if (others.length === 0) return single
  const sumOf = (counts: Counts): number => others.reduce((sum, [name]) => sum + (counts[name] ?? 0), 0)
  return [...single, { name: sayMany(others.length, 'other'), total: others.reduce((sum, [, count]) => sum + count, 0), of: sumOf }]
}
