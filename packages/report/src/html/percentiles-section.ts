// Every percentile with its interval, for engineers. Knows nothing of where they come from.
import { clip } from '../escape.ts'
import { sayMany } from '../format.ts'
import type { PercentileRow } from '../percentiles.ts'
import { allPercentiles, percentilesNote, percentileTitles } from '../percentiles.ts'
import type { Report } from '../report.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import { section } from './sections.ts'

const mostRows = 100
const mostLetters = 200

/** Nothing where nothing was timed. */
export function percentilesSection({ summary }: Report): Markup | null {
  const rows = allPercentiles(summary)
  if (rows.length === 0) return null
  const more = rows.length > mostRows ? ` ${sayMany(rows.length - mostRows, 'more row')} in summary.json.` : ''
  return section(
    'percentiles',
    'All percentiles',
    html`<div class="scroll" role="region" tabindex="0" aria-label="All percentiles as a table"><table class="percentiles">
<thead><tr><th scope="col">of</th><th scope="col">time</th>${['samples', ...percentileTitles].map((title) => html`<th scope="col" class="right">${title}</th>`)}</tr></thead>
<tbody>${rows.slice(0, mostRows).map(rowMarkup)}</tbody></table></div>
<p class="note">${percentilesNote}${more}</p>`,
  )
}

function rowMarkup({ of, times, samples, cells }: PercentileRow): Markup {
  return html`<tr><th scope="row">${clip(of, mostLetters)}</th><td>${times}</td><td class="right">${samples}</td>${cells.map(
    ({ value, interval }) => html`<td class="right">${value}${interval !== '' && html`<small>${interval}</small>`}</td>`,
  )}</tr>
`
}
