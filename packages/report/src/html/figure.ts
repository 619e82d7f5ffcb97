// A picture with its title, its key, its notes and the numbers behind it. Knows nothing of what is drawn.
import type { TimelineRow } from '@doorbuster/measurements'
import { sayClock, saySpan } from '../format.ts'
import { condense } from './condense.ts'
import type { HoverRow } from './hover.ts'
import { hoverText } from './hover.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import type { InkName } from './palette.ts'
import type { Size } from './plot.ts'
import type { Drawing } from './svg.ts'
import { drawSvg } from './svg.ts'

/** Each picture is drawn twice: squeezing the wide one onto a telephone would leave letters of 4 px. */
export const sizes: readonly Size[] = [
  { name: 'wide', widthPx: 980, heightPx: 300 },
  { name: 'narrow', widthPx: 340, heightPx: 260 },
]
const lowPx = 180
/** More points than these cannot be told apart at these widths, and an hour's page has to stay small. */
export const mostPoints = 240
export const mostTableRows = 120

export type Key = { readonly ink: InkName; readonly text: string; readonly look?: 'area' | 'dashed' | 'dot' | 'ring' }
export type Cells = readonly (readonly string[])[]

export type Exhibit = {
  readonly id: string
  readonly title: string
  readonly keys?: readonly Key[]
  readonly pictures: readonly Markup[]
  /** The first is what each row is of: a moment, a percentile, a class. */
  readonly titles: readonly string[]
  readonly rows: Cells
  /** Read by the hover script; the titles are the table's. */
  readonly places?: readonly HoverRow[]
  /** `y`: the places lie one below the other, as rows do. */
  readonly along?: 'x' | 'y'
  readonly notes?: readonly (string | null)[]
}

export function exhibitMarkup({ id, title, keys = [], pictures, titles, rows, places = [], along = 'x', notes = [] }: Exhibit): Markup {
  return html`<figure id="${id}">
<figcaption><strong>${title}</strong>
${keysMarkup(keys)}</figcaption>
${pictures.length === 0 ? html`<p class="none">No second of this run was recorded.</p>` : plotMarkup({ pictures, titles, places, along })}
${notes.map((note) => note !== null && html`<p class="note">${note}</p>`)}
${dataTable(title, titles, rows)}
</figure>`
}

export function keysMarkup(keys: readonly Key[]): Markup | null {
  if (keys.length === 0) return null
  return html`<ul class="keys">${keys.map((key) => html`<li class="key-${key.ink}${key.look !== undefined && ` ${key.look}`}">${key.text}</li>`)}</ul>`
}

/** Pictures of the same data, and what the hover script shows over them. */
export function plotMarkup({
  pictures,
  titles,
  places = [],
  along = 'x',
}: Pick<Exhibit, 'pictures' | 'titles' | 'places' | 'along'>): Markup {
  const values = places.length > 0 && html` data-hover="${hoverText(titles, places)}"${along === 'y' && html` data-along="y"`}`
  return html`<div class="plot"${values}>${pictures}</div>`
}

function dataTable(title: string, titles: readonly string[], rows: Cells): Markup {
  return html`<details><summary>The numbers behind this picture</summary>
<div class="scroll data" role="region" tabindex="0" aria-label="${title}, as numbers"><table>
<thead><tr>${titles.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([head = '', ...cells]) => html`<tr><th scope="row">${head}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`,
  )}</tbody></table></div></details>`
}

export type Figure = {
  readonly id: string
  readonly title: string
  readonly keys: readonly Key[]
  readonly draw: (rows: readonly TimelineRow[], points: number) => Drawing
  readonly columns: readonly { readonly title: string; readonly text: (row: TimelineRow) => string }[]
  readonly note?: string | null
  /** `low` for what matters less than the run itself. */
  readonly height?: 'full' | 'low'
  /** Said when neighbours were joined: what became of their values. */
  readonly joined: string
}

/** A picture of the timeline's rows. */
export function figureMarkup(timeline: readonly TimelineRow[], figure: Figure): Markup {
  const { id, title, keys, draw, columns, joined, note = null, height = 'full' } = figure
  const drawn = condense(timeline, mostPoints)
  const drawing = draw(drawn, mostPoints)
  const cellsOf = (row: TimelineRow): readonly string[] => [sayClock(row.startMs), ...columns.map((column) => column.text(row))]
  return exhibitMarkup({
    id,
    title,
    keys,
    pictures: drawn.length === 0 ? [] : drawnTwice(drawing, id, height),
    titles: ['from', ...columns.map((column) => column.title)],
    rows: condense(timeline, mostTableRows).map(cellsOf),
    places: drawn.map((row) => ({ share: shareOf(row.startMs + row.lastingMs / 2, drawing), cells: cellsOf(row) })),
    notes: [note, pointNote(timeline.length, drawn, joined)],
  })
}

export function drawnTwice(drawing: Drawing, id: string, height: Figure['height'] = 'full'): readonly Markup[] {
  return sizes.map((size) => drawSvg(drawing, height === 'low' ? { ...size, heightPx: lowPx } : size, `${id}-${size.name}`))
}

/** How far from the left of a picture over time a moment lies, 0 to 1. */
export function shareOf(atMs: number, { fromMs = 0, lastingMs }: Pick<Drawing, 'fromMs' | 'lastingMs'>): number {
  return Math.min(1, Math.max(0, (atMs - fromMs) / Math.max(1, lastingMs)))
}

export function pointNote(seconds: number, drawn: readonly { readonly lastingMs: number }[], joined: string): string | null {
  const [first] = drawn
  return first === undefined || seconds <= mostPoints ? null : `Each point shows ${joined} ${saySpan(first.lastingMs)}.`
}
