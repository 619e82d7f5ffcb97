// How much the target takes: figures, the curves of goodput and p99 over the rate offered, and what every level said.
import type { CapacityResult } from '@doorbuster/verdict'
import { goodputs } from '@doorbuster/verdict'
import { capacityHeadline, capacitySign, capacityWord, figuresTable, levelsTable, uslTable } from '../capacity-words.ts'
import { clip } from '../escape.ts'
import { sayMoment, sayMs, sayPlain, sayRate, sayTick } from '../format.ts'
import type { Report } from '../report.ts'
import type { Mark, RateDrawing, RatePoint } from './capacity-chart.ts'
import { rateShare, rateSvg } from './capacity-chart.ts'
import type { Exhibit } from './figure.ts'
import { exhibitMarkup, sizes } from './figure.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import { section, tableMarkup } from './sections.ts'

/** Nothing for a run without an earlier search. */
export function capacitySection({ capacity }: Report): Markup | null {
  if (capacity === undefined) return null
  const word = `${capacitySign(capacity.verdict)} ${capacityWord(capacity.verdict)}`
  const [levels, usl] = [levelsTable(capacity), uslTable(capacity)]
  const body = html`<p><strong>${word}: ${capacityHeadline(capacity)}</strong></p>
<p class="note">From the search of ${sayMoment(capacity.startedAt)} on ${clip(capacity.target, 200)}.</p>
${capacityFigures(capacity)}
${[levels, usl].map((table) => table.rows.length > 0 && html`<h4>${table.name}</h4>${tableMarkup(table, 'capacity.json')}`)}`
  return section('capacity', 'How much it takes', body)
}

/** The figures that decide and both curves, without a heading. */
export function capacityFigures(result: CapacityResult): Markup {
  return html`${tableMarkup(figuresTable(result))}
${goodputFigure(result) ?? html`<p class="none">No level was measured.</p>`}
${p99Figure(result)}`
}

function goodputFigure(result: CapacityResult): Markup | null {
  const goodput = goodputs(result.levels).map(({ ratePerSec, goodputPerSec }) => ({ ratePerSec, value: goodputPerSec }))
  if (goodput.length === 0) return null
  const marks = marksOf(result)
  const offered = [0, Math.max(...goodput.map(({ ratePerSec }) => ratePerSec))].map((ratePerSec) => ({ ratePerSec, value: ratePerSec }))
  const most = Math.max(...goodput.map(({ value }) => value))
  return rateFigure(
    {
      label: `Goodput by the rate offered: at most ${sayRate(most)}. ${inWords(marks)}`,
      axis: `${result.per} served a second`,
      curves: [
        { ink: 'sent', points: offered, dashed: true },
        { ink: 'ok', points: goodput },
      ],
      marks,
      mostPerSec: mostOf(result),
      scale: 'linear',
      sayRate,
      sayValue: sayPlain,
    },
    {
      id: 'capacity-goodput',
      title: 'Goodput by what was offered',
      keys: [
        { ink: 'ok', text: 'served' },
        { ink: 'sent', look: 'dashed', text: 'all that were offered' },
      ],
      column: ['served', sayRate],
      notes: ['Where the line leaves the dashed one, more came than were served.'],
    },
  )
}

function p99Figure(result: CapacityResult): Markup | null {
  const points = p99Points(result)
  if (points.length === 0) return null
  const marks = marksOf(result)
  return rateFigure(
    {
      label: `The 99th percentile of response time by the rate offered. ${inWords(marks)}`,
      axis: 'p99 of response time',
      curves: [{ ink: 'p99', points }],
      marks,
      mostPerSec: mostOf(result),
      scale: 'log',
      sayRate,
      sayValue: sayTick,
    },
    {
      id: 'capacity-p99',
      title: 'Response time by what was offered',
      column: ['p99', sayMs],
      notes: ['The scale is logarithmic: equal steps up are equal factors. Of several looks at one rate the slowest is shown.'],
    },
  )
}

type Words = Pick<Exhibit, 'id' | 'title' | 'keys' | 'notes'> & {
  readonly column: readonly [title: string, say: (value: number) => string]
}

/** The last curve is the one that was measured: its points stand under the pointer and in the table. */
function rateFigure(drawing: RateDrawing, { column: [title, say], ...words }: Words): Markup {
  const measured = drawing.curves.at(-1)?.points ?? []
  const cellsOf = ({ ratePerSec, value }: RatePoint): readonly string[] => [sayRate(ratePerSec), say(value)]
  return exhibitMarkup({
    ...words,
    pictures: sizes.map((size) => rateSvg(drawing, size, `${words.id}-${size.name}`)),
    titles: ['offered', title],
    rows: measured.map(cellsOf),
    places: measured.map((point) => ({ share: rateShare(drawing, point.ratePerSec), cells: cellsOf(point) })),
  })
}

/** The worst of the looks at each rate; what a generator saw that fell behind is its own doing. */
function p99Points({ levels: all }: CapacityResult): readonly RatePoint[] {
  const levels = all.filter(({ standing }) => standing !== 'invalid')
  const rates = [...new Set(levels.map(({ ratePerSec }) => ratePerSec))].sort((a, b) => a - b)
  return rates.flatMap((ratePerSec) => {
    const looks = levels.flatMap((one) => (one.ratePerSec === ratePerSec && one.p99Ms !== null ? [one.p99Ms] : []))
    return looks.length === 0 ? [] : [{ ratePerSec, value: Math.max(...looks) }]
  })
}

function mostOf(result: CapacityResult): number {
  return [...result.levels, ...marksOf(result)].reduce((most, { ratePerSec }) => Math.max(most, ratePerSec), 1e-3)
}

function marksOf({ knee, slo, forecastPerSec }: CapacityResult): readonly Mark[] {
  const marks = [
    { text: 'forecast', ratePerSec: forecastPerSec, ink: 'sent' },
    { text: 'SLO rate', ratePerSec: slo.perSec, ink: 'go' },
    { text: 'knee', ratePerSec: knee.perSec, ink: 'limit' },
  ] as const
  return marks.flatMap(({ text, ratePerSec, ink }) =>
    ratePerSec === null ? [] : [{ text: `${text} ${sayRate(ratePerSec)}`, ratePerSec, ink }],
  )
}

function inWords(marks: readonly Mark[]): string {
  return marks.length === 0 ? '' : `${marks.map(({ text }) => text).join(', ')}.`
}
