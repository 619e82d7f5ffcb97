// The target's own figures as small pictures over time, phases shaded, with the numbers behind them. What came to its end first stands first.
import type { PhaseSpan, TargetLine, TargetPoint } from '@doorbuster/measurements'
import type { Saturated, Summary } from '@doorbuster/verdict'
import { clip } from '../escape.ts'
import { nothing, sayClock } from '../format.ts'
import type { Report } from '../report.ts'
import { saturatedTable, sayTarget, silentNote, targetTable } from '../target-tables.ts'
import type { Key } from './figure.ts'
import { keysMarkup, plotMarkup, shareOf } from './figure.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import { linePath } from './path.ts'
import type { Size } from './plot.ts'
import { px, svgMarkup } from './plot.ts'
import { section, tableMarkup } from './sections.ts'

const mostPictures = 24
const mostPoints = 100
const mostRows = 40
/** One for every screen: they stand side by side, as many as there is room for. */
const size: Size = { name: 'small', widthPx: 300, heightPx: 72 }

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
    html`${first.rows.length > 0 ? html`<h4>${first.name}</h4>${tableMarkup(first)}` : html`<p class="note">No series came to its end, as far as can be told from what was read.</p>`}
${
  shown.length > 0 &&
  html`${keysMarkup(keysOf(shown, saturated))}
<div class="series">${shown.map((line, i) => picture(line, `target-${i}`, report, saturated))}</div>
${shadedNote(report)}`
}
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

function keysOf(shown: readonly TargetLine[], saturated: readonly Saturated[]): readonly Key[] {
  return [
    { ink: 'ok', text: 'each reading: 0 at the foot, the highest (or all there is) at the top' },
    ...(shown.some(({ ceiling }) => ceiling !== null) ? [{ ink: 'quiet', look: 'dashed', text: 'all there is of it' } as const] : []),
    ...(saturated.length > 0 ? [{ ink: 'limit', look: 'dashed', text: 'came to its end' } as const] : []),
  ]
}

/** There is no room for names in pictures so small. */
function shadedNote({ start: { phases } }: Report): Markup | null {
  const shaded = phases.filter((_, i) => i % 2 === 1).map(({ name }) => name)
  return shaded.length === 0 ? null : html`<p class="note">Shaded: ${clip(shaded.join(', '), 120)}.</p>`
}

function isOf({ page, name }: Saturated, line: TargetLine): boolean {
  return page === line.page && name === line.name
}

function picture(line: TargetLine, id: string, { start, summary }: Report, saturated: readonly Saturated[]): Markup {
  const { points, name, page, unit, ceiling } = line
  const lastingMs = Math.max(1, start.lastingMs, points.at(-1)?.[0] ?? 0)
  const most = highest(points)
  const scale = { most: Math.max(most, ceiling ?? 0), least: points.reduce((low, [, value]) => Math.min(low, value), 0) }
  const x = (atMs: number): number => px(shareOf(atMs, { lastingMs }) * size.widthPx)
  const y = (value: number): number => size.heightPx - 3 - ((value - scale.least) / (scale.most - scale.least || 1)) * (size.heightPx - 6)
  const end = saturated.find((each) => isOf(each, line))
  const peak = summary.target?.series.find((each) => each.page === page && each.name === name)?.atPeak ?? null
  const words = `highest ${sayTarget(most, unit)}${peak === null ? '' : `, at the peak ${sayTarget(peak, unit)}`}`
  const drawn = joined(points)
  const plot = { left: 0, right: size.widthPx, top: 0, bottom: size.heightPx }
  const svg = svgMarkup({ id, label: `${short(name)} of ${short(page)} over time: ${words}`, size, plot }, [
    ...start.phases.map((phase, i) => (i % 2 === 1 ? bandOf(phase, x) : null)),
    ceiling === null ? null : html`<path class="all" d="M0 ${px(y(ceiling))}H${size.widthPx}"/>`,
    html`<path class="line" d="${linePath(drawn.map(([atMs, value]) => [x(atMs), y(value)]))}"/>`,
    end === undefined ? null : html`<path class="end" d="M${x(end.atMs)} 0V${size.heightPx}"/>`,
  ])
  const places = drawn.map(([atMs, value]) => ({ share: shareOf(atMs, { lastingMs }), cells: [sayClock(atMs), sayTarget(value, unit)] }))
  return html`<figure><figcaption><strong>${short(name)}</strong> <small>${short(page)}: ${words}</small></figcaption>
${plotMarkup({ pictures: [svg], titles: ['at', 'was'], places })}</figure>
`
}

function bandOf({ startMs, lastingMs }: PhaseSpan, x: (atMs: number) => number): Markup {
  return html`<rect x="${x(startMs)}" y="0" width="${px(x(startMs + lastingMs) - x(startMs))}" height="${size.heightPx}"/>`
}

function highest(points: readonly TargetPoint[]): number {
  return points.reduce((top, [, value]) => Math.max(top, value), Number.NEGATIVE_INFINITY)
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

function short(text: string): string {
  return clip(text, 60)
}
