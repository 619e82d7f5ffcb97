// This run beside an earlier one: the answer, both runs' percentiles in one picture, and every figure in a table.
// Knows nothing of how the comparison was made.
import type { ComparedRow, ComparedRun, RunComparison } from '@doorbuster/verdict'
import { answerWords, comparisonHeadline, comparisonTable, placeText } from '../comparison-tables.ts'
import { clip } from '../escape.ts'
import { sayMs, sayTick } from '../format.ts'
import type { Report } from '../report.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import { palette } from './palette.ts'
import { section, tableMarkup } from './sections.ts'

/** More cannot be read in one picture. */
const mostRows = 24
const widthPx = 640
const namePx = 210
const rowPx = 24

export function comparisonSection({ comparison }: Report): Markup | null {
  return comparison === undefined ? null : section('comparison', 'Against an earlier rehearsal', comparisonMarkup(comparison))
}

export function comparisonMarkup(comparison: RunComparison): Markup {
  const { remarks, runs, rules, noiseRuns } = comparison
  return html`${remarks.map((remark) => html`<p class="note">${clip(remark, 400)}</p>`)}
${runs.map(
  (run) => html`<p><b>${answerWords[run.answer]}</b> ${clip(comparisonHeadline(comparison, run), 400)}</p>
<ul class="reasons">${run.reasons.map((reason) => html`<li>${clip(reason, 400)}</li>`)}</ul>
${percentilesFigure(run)}
${tableMarkup(comparisonTable(run, rules, noiseRuns))}
`,
)}`
}

type Drawn = ComparedRow & { readonly base: number; readonly new: number }

/** On a logarithmic axis equal distances are equal ratios. */
function percentilesFigure({ rows }: ComparedRun): Markup | null {
  const drawn = rows.filter((row): row is Drawn => /^p\d/.test(row.measure) && row.base !== null && row.new !== null).slice(0, mostRows)
  if (drawn.length === 0) return null
  const all = drawn.flatMap((row) => [row.base, row.new])
  const [from, to] = [10 ** Math.floor(Math.log10(Math.min(...all))), 10 ** Math.ceil(Math.log10(Math.max(...all) * 1.01))]
  const x = (ms: number): number => rounded(namePx + (Math.log(ms / from) / Math.log(to / from)) * (widthPx - namePx - 20))
  const decades = Array.from({ length: Math.round(Math.log10(to / from)) + 1 }, (_, i) => from * 10 ** i)
  const heightPx = drawn.length * rowPx + 28
  return html`<figure><figcaption><strong>Response times of both runs</strong> ○ base ● new</figcaption>
<svg viewBox="0 0 ${widthPx} ${heightPx}" role="img" aria-label="Percentiles of the base and the new run on a logarithmic axis; the table below has every number" font-size="12">
${decades.map(
  (ms) => html`<line x1="${x(ms)}" x2="${x(ms)}" y1="0" y2="${heightPx - 20}" stroke="${palette.rule.light}"/>
<text x="${x(ms)}" y="${heightPx - 5}" text-anchor="middle" fill="${palette.quiet.light}">${sayTick(ms)}</text>`,
)}
${drawn.map((row, i) => rowMarkup(row, x, i * rowPx + rowPx / 2))}
</svg></figure>`
}

function rowMarkup(row: Drawn, x: (ms: number) => number, y: number): Markup {
  const ink = row.answer === 'worse' ? palette.failed : palette.ok
  return html`<g><title>${clip(placeText(row), 80)} ${row.measure}: ${sayMs(row.base)}, then ${sayMs(row.new)}</title>
<text x="0" y="${y + 4}" fill="${palette.text.light}">${clip(placeText(row), 24)} ${row.measure}</text>
<line x1="${x(row.base)}" x2="${x(row.new)}" y1="${y}" y2="${y}" stroke="${ink.light}" stroke-width="2"/>
<circle cx="${x(row.base)}" cy="${y}" r="5" fill="${palette.paper.light}" stroke="${palette.quiet.light}" stroke-width="2"/>
<circle cx="${x(row.new)}" cy="${y}" r="5" fill="${ink.light}"/></g>`
}

function rounded(px: number): number {
  return Math.round(px * 10) / 10
}
