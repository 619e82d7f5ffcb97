// Every answer of a run as one picture: time across, response time up, how many as shade; failed requests as a row of their own on top.
// One path for each shade, made of the runs of equal cells in a row: a tenth of what single cells would weigh.
import type { Gallery } from '@doorbuster/measurements'
import { heatEdgesMs, joinStretches } from '@doorbuster/measurements'
import { nothing, sayClock, sayCount, sayMs, saySpan, sayTick } from '../format.ts'
import type { Report } from '../report.ts'
import { joinNeighbours } from './condense.ts'
import type { Key } from './figure.ts'
import { exhibitMarkup, mostTableRows, shareOf, sizes } from './figure.ts'
import type { HeatGrid } from './heat-grid.ts'
import { failedOf, heatGrid, highestOf, runsOf, totalOf } from './heat-grid.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import type { InkName } from './palette.ts'
import { palette } from './palette.ts'
import type { Plot, Size } from './plot.ts'
import { labelMarkup, px, svgMarkup, valueAxis } from './plot.ts'
import { common, levelsOf, stretchesOf } from './run-stage.ts'
import { logTicks } from './scale.ts'
import { levelsMarkup } from './svg.ts'
import { clockAxis, phaseBands, phaseEdges, timeFrame } from './time-frame.ts'

type Stretch = Gallery['stretches'][number]

const shades = ['heat1', 'heat2', 'heat3', 'heat4', 'heat5', 'heat6'] as const satisfies readonly InkName[]
const failedRowPx = 13

export function heatFigure(report: Report): Markup | null {
  const stretches = stretchesOf(report)
  const grid = heatGrid(stretches)
  if (grid === null) return null
  const { lastingMs } = common(report, '')
  return exhibitMarkup({
    id: 'heat',
    title: 'Every answer by its response time',
    keys: keysOf(grid.most),
    pictures: sizes.map((size) => pictureOf(report, stretches, grid, size)),
    titles: ['from', 'answers', 'most took', 'slowest took', 'failed or never sent'],
    rows: joinNeighbours(stretches, mostTableRows, joinStretches).map(cellsOf),
    places: stretches.map((one) => ({ share: shareOf(one.startMs + one.lastingMs / 2, { lastingMs }), cells: cellsOf(one) })),
    notes: [noteOf(stretches, grid)],
  })
}

function noteOf([first]: readonly Stretch[], { rows, leastMs, mostMs, failed }: HeatGrid): string {
  const widthPercent = Math.round(((mostMs / leastMs) ** (1 / rows.length) - 1) * 100)
  const cells = `Each column is ${saySpan(first?.lastingMs ?? 0)}, each row a range of response times ${widthPercent} % wide.`
  const above = totalOf(failed) > 0 ? ' The row on top has requests that failed or were never sent.' : ''
  return `${cells} From shade to shade counts grow by equal factors.${above}`
}

function keysOf(most: number): readonly Key[] {
  const keys = shades.flatMap((ink, i) => {
    const [from, to] = [i === 0 ? 1 : highestOf(i - 1, most) + 1, highestOf(i, most)]
    return to < from ? [] : [{ ink, look: 'area' as const, text: from === to ? sayCount(from) : `${sayCount(from)} to ${sayCount(to)}` }]
  })
  return keys.map((key, i) => (i === keys.length - 1 ? { ...key, text: `${key.text} answers` } : key))
}

function pictureOf(report: Report, stretches: readonly Stretch[], grid: HeatGrid, size: Size): Markup {
  const { bands, lastingMs, label } = common(report, labelOf(stretches, grid))
  const anyFailed = totalOf(grid.failed) > 0
  const whole: Plot = { left: 58, right: size.widthPx - 12, top: 42, bottom: size.heightPx - 26 }
  const plot: Plot = { ...whole, top: whole.top + (anyFailed ? failedRowPx + 4 : 0) }
  const stage = { fromMs: 0, toMs: lastingMs, bands }
  const [frame, wholeFrame] = [timeFrame(stage, plot), timeFrame(stage, whole)]
  const { leastMs, mostMs } = grid
  const place = (ms: number): number => plot.bottom - (Math.log(ms / leastMs) / Math.log(mostMs / leastMs)) * (plot.bottom - plot.top)
  const scale = { place, least: leastMs, most: mostMs, ticks: logTicks(leastMs, mostMs) }
  const edges = stretches.map(({ startMs, lastingMs }) => [frame.x(startMs), frame.x(startMs + lastingMs)] as const)
  // Elsewhere the axis reaches up to every limit; here it ends with the answers.
  const levels = levelsOf(report).filter(({ value }) => value > leastMs && value < mostMs)
  return svgMarkup({ id: `heat-${size.name}`, label, size, plot: whole }, [
    ...phaseBands(stage, wholeFrame),
    ...valueAxis(scale, plot, sayTick, 'response time'),
    cellsMarkup(grid, edges, plot),
    anyFailed ? failedMarkup(grid, edges, whole.top) : null,
    ...phaseEdges(stage, wholeFrame),
    ...levelsMarkup(levels, frame, scale),
    ...clockAxis(stage, frame),
  ])
}

function labelOf(stretches: readonly Stretch[], { leastMs, mostMs }: HeatGrid): string {
  const answers = totalOf(stretches.map(({ heat }) => totalOf(heat)))
  return `${sayCount(answers)} answers by moment and response time, from ${sayMs(leastMs)} to ${sayMs(mostMs)}.`
}

type Edges = readonly (readonly [from: number, to: number])[]

/** In units of rows up the picture, so that a stroke of one is as high as a row. */
function cellsMarkup({ rows, most }: HeatGrid, edges: Edges, { top, bottom }: Plot): Markup {
  const rowPx = Math.round(((bottom - top) / rows.length) * 1e4) / 1e4
  const runs = rows.flatMap((row, i) => runsOf(row, most).map((run) => ({ ...run, y: rows.length - i - 0.5 })))
  const pathOf = (shade: number): string =>
    runs
      .filter((run) => run.shade === shade)
      .map(({ from, to, y }) => `M${px(edges[from]?.[0] ?? 0)} ${y}H${px(edges[to]?.[1] ?? 0)}`)
      .join('')
  return html`<g transform="translate(0 ${px(top)}) scale(1 ${rowPx})" fill="none" shape-rendering="crispEdges">${shades.map(
    (ink, i) => html`<path d="${pathOf(i)}" stroke="${palette[ink].light}"/>`,
  )}</g>`
}

function failedMarkup({ failed, most }: HeatGrid, edges: Edges, top: number): Markup {
  const y = top + failedRowPx / 2
  const runs = runsOf(failed, Math.max(most, ...failed)).map(({ from, to, shade }) => {
    const opacity = Math.round((0.4 + 0.12 * shade) * 100) / 100
    return html`<path d="M${px(edges[from]?.[0] ?? 0)} ${y}H${px(edges[to]?.[1] ?? 0)}" stroke-opacity="${opacity}"/>`
  })
  return html`${labelMarkup({ x: 50, y: y + 4, text: 'failed', anchor: 'end', ink: 'failed' })}<g fill="none" stroke="${palette.failed.light}" stroke-width="${failedRowPx}" shape-rendering="crispEdges">${runs}</g>`
}

function cellsOf(stretch: Stretch): readonly string[] {
  const { startMs, heat } = stretch
  const answers = totalOf(heat)
  const most = heat.reduce((best, count, i) => (count > (heat[best] ?? 0) ? i : best), 0)
  const slowest = heat.findLastIndex((count) => count > 0)
  const times = answers === 0 ? [nothing, nothing] : [rangeOf(most), rangeOf(slowest)]
  return [sayClock(startMs), sayCount(answers), ...times, sayCount(failedOf(stretch))]
}

/** The response times that a bucket holds. */
function rangeOf(bucket: number): string {
  const [below, above] = [heatEdgesMs[bucket - 1], heatEdgesMs[bucket]]
  if (above === undefined) return `over ${sayMs(below ?? 0)}`
  return below === undefined ? `up to ${sayMs(above)}` : `${sayMs(below)} to ${sayMs(above)}`
}
