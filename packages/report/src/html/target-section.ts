// The target's own figures as small pictures over time, phases shaded, with the numbers behind them. What came to its end first stands first.
// The pictures are drawn here: plain lines, a hundredth of what a chart library writes, since there may be dozens.
import type { PhaseSpan, TargetLine, TargetPoint } from '@doorbuster/measurements'
import type { Saturated, Summary } from '@doorbuster/verdict'
import { clip } from '../escape.ts'
import { nothing, sayClock } from '../format.ts'
import type { Report } from '../report.ts'
import { saturatedTable, sayTarget, silentNote, targetTable } from '../target-tables.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import { section, tableMarkup } from './sections.ts'

const mostPictures = 24
const mostPoints = 150
const mostRows = 40
const widthPx = 300
const heightPx = 72

export function targetSection(report: Report): Markup | null {
  const { target, summary } = report
  if (target === undefined) return null
  const saturated = summary.target?.saturated ?? []
  const lines = inOrder(target.lines, saturated).filter(({ points }) => points.length > 0)
  const shown = lines.slice(0, mostPictures)
  const first = saturatedTable(summary)
  const note = silentNote(summary.target)
  return section(
    'target',
    'What the target said of itself',
    html`${first.rows.length > 0 ? html`<h3>${first.name}</h3>${tableMarkup(first)}` : html`<p class="note">No series came to its end, as far as can be told from what was read.</p>`}
${shown.length > 0 && html`<div class="series">${shown.map((line) => picture(line, report, saturated))}</div>`}
${lines.length > shown.length && html`<p class="note">The other ${lines.length - shown.length} series are in target.jsonl.</p>`}
${lines.length === 0 && note !== '' && html`<p class="note">${note}</p>`}
${lines.length > 0 && numbers(summary, shown)}`,
  )
}

function inOrder(lines: readonly TargetLine[], saturated: readonly Saturated[]): readonly TargetLine[] {
  const rank = (line: TargetLine): number => {
    const found = saturated.findIndex((each) => isOf(each, line))
    return found === -1 ? saturated.length : found
  }
  return [...lines].sort((a, b) => rank(a) - rank(b))
}

function isOf({ page, name }: Saturated, line: TargetLine): boolean {
  return page === line.page && name === line.name
}

function picture(line: TargetLine, { start, summary }: Report, saturated: readonly Saturated[]): Markup {
  const { points, name, page, unit } = line
  const lengthMs = Math.max(1, start.lastingMs, points.at(-1)?.[0] ?? 0)
  const most = points.reduce((top, [, value]) => Math.max(top, value), line.ceiling ?? 0)
  const least = points.reduce((low, [, value]) => Math.min(low, value), 0)
  const x = (atMs: number): number => round((Math.min(Math.max(atMs, 0), lengthMs) / lengthMs) * widthPx)
  const y = (value: number): number => round(heightPx - 3 - ((value - least) / (most - least || 1)) * (heightPx - 6))
  const end = saturated.find((each) => isOf(each, line))
  const peak = summary.target?.series.find((each) => each.page === page && each.name === name)?.atPeak ?? null
  const words = `highest ${sayTarget(most0(points), unit)}${peak === null ? '' : `, at the peak ${sayTarget(peak, unit)}`}`
  return html`<figure><figcaption><strong>${short(name)}</strong> <small>${short(page)}: ${words}</small></figcaption>
<svg viewBox="0 0 ${widthPx} ${heightPx}" role="img" aria-label="${short(name)} of ${short(page)} over time: ${words}">${start.phases.map((phase, i) => i % 2 === 1 && bandOf(phase, x))}${line.ceiling !== null && html`<path class="all" d="M0 ${y(line.ceiling)}H${widthPx}"/>`}<path class="line" d="${pathOf(joined(points), x, y)}"/>${end !== undefined && html`<path class="end" d="M${x(end.atMs)} 0V${heightPx}"/>`}</svg></figure>
`
}

function bandOf({ startMs, lastingMs }: PhaseSpan, x: (atMs: number) => number): Markup {
  return html`<rect x="${x(startMs)}" y="0" width="${round(x(startMs + lastingMs) - x(startMs))}" height="${heightPx}"/>`
}

function most0(points: readonly TargetPoint[]): number {
  return points.reduce((top, [, value]) => Math.max(top, value), Number.NEGATIVE_INFINITY)
}

function pathOf(points: readonly TargetPoint[], x: (atMs: number) => number, y: (value: number) => number): string {
  // A single reading would be a line of no length.
  const [only] = points
  if (points.length === 1 && only !== undefined) return `M${round(x(only[0]) - 2)} ${y(only[1])}h4`
  return points.map(([atMs, value], i) => `${i === 0 ? 'M' : 'L'}${x(atMs)} ${y(value)}`).join('')
}

/** Of neighbours that share a place, the highest and so the worst of most series is shown. */
function joined(points: readonly TargetPoint[], most = mostPoints): readonly TargetPoint[] {
  const every = Math.max(1, Math.ceil(points.length / most))
  if (every === 1) return points
  return Array.from({ length: Math.ceil(points.length / every) }, (_, i) =>
    points.slice(i * every, (i + 1) * every).reduce((worst, each) => (each[1] > worst[1] ? each : worst)),
  )
}

/** The series as a table, and their readings side by side. */
function numbers(summary: Summary, lines: readonly TargetLine[]): Markup {
  const rows = joined(lines[0]?.points ?? [], mostRows).map(([atMs]) => atMs)
  return html`<details><summary>The numbers behind these pictures</summary>
${tableMarkup(targetTable(summary))}
<div class="scroll" role="region" tabindex="0" aria-label="Readings of the target, as numbers"><table>
<thead><tr><th scope="col">at</th>${lines.map(({ name }) => html`<th scope="col" class="right">${short(name)}</th>`)}</tr></thead>
<tbody>${rows.map(
    (
      atMs,
    ) => html`<tr><th scope="row">${sayClock(atMs)}</th>${lines.map((line) => html`<td class="right">${readingAt(line, atMs)}</td>`)}</tr>
`,
  )}</tbody></table></div></details>`
}

/** The last reading by then, if it is not older than two seconds. */
function readingAt({ points, unit }: TargetLine, atMs: number): string {
  const found = points.findLast(([at]) => at <= atMs + 500)
  return found === undefined || found[0] < atMs - 2_000 ? nothing : sayTarget(found[1], unit)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

function short(text: string): string {
  return clip(text, 60)
}
