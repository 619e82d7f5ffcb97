// One picture over time with its key, its notes and the numbers behind it. Knows nothing of what the lines mean.
import type { TimelineRow } from '@doorbuster/measurements'
import { sayClock, saySpan } from '../format.ts'
import { condense } from './condense.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import type { InkName } from './palette.ts'
import type { Drawing, Size } from './svg.ts'
import { drawSvg } from './svg.ts'

const sizes: readonly Size[] = [
  { name: 'wide', widthPx: 980, heightPx: 300 },
  { name: 'narrow', widthPx: 400, heightPx: 280 },
]
const lowPx = 190
/** More points than this cannot be seen at these widths. */
const mostPoints: Readonly<Record<Size['name'], number>> = { wide: 450, narrow: 180 }
const mostTableRows = 120

type Key = { readonly ink: InkName; readonly text: string }
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

export function figureMarkup(timeline: readonly TimelineRow[], figure: Figure): Markup {
  const { id, title, keys, draw, columns, joined, note = null, height = 'full' } = figure
  const pictures = sizes.map((size) => {
    const most = mostPoints[size.name]
    return drawSvg(draw(condense(timeline, most), most), height === 'low' ? { ...size, heightPx: lowPx } : size, `${id}-${size.name}`)
  })
  return html`<figure id="${id}">
<figcaption><strong>${title}</strong>
<ul class="keys">${keys.map((key) => html`<li class="key-${key.ink}">${key.text}</li>`)}</ul></figcaption>
${timeline.length === 0 ? html`<p class="none">No second of this run was recorded.</p>` : pictures}
${note !== null && html`<p class="note">${note}</p>`}
${pointNote(timeline, mostPoints.wide, joined)}
${dataTable(title, condense(timeline, mostTableRows), columns)}
</figure>`
}

function pointNote(rows: readonly TimelineRow[], most: number, joined: string): Markup | null {
  const first = condense(rows, most)[0]
  if (first === undefined || rows.length <= most) return null
  return html`<p class="note">Each point shows ${joined} ${saySpan(first.lastingMs)}.</p>`
}

function dataTable(title: string, rows: readonly TimelineRow[], columns: Figure['columns']): Markup {
  return html`<details><summary>The numbers behind this picture</summary>
<div class="scroll" role="region" tabindex="0" aria-label="${title}, as numbers"><table>
<thead><tr><th scope="col">from</th>${columns.map((column) => html`<th scope="col" class="right">${column.title}</th>`)}</tr></thead>
<tbody>${rows.map(
    (
      row,
    ) => html`<tr><th scope="row">${sayClock(row.startMs)}</th>${columns.map((column) => html`<td class="right">${column.text(row)}</td>`)}</tr>
`,
  )}</tbody></table></div></details>`
}
