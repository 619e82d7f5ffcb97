// Every answer of a run as one picture: time across, response time up, how many as shade; failed requests as a row of their own on top.
// One path for each shade, made of the runs of equal cells in a row: a tenth of what single cells would weigh.
import type { Gallery } from '@doorbuster/measurements'
import { heatEdgesMs, joinStretches } from '@doorbuster/measurements'
import { nothing, sayClock, sayCount, sayMs, saySpan, sayTick } from '../format.ts'
import type { Report } from '../report.ts'
import { joinNeighbours } from './condense.ts'
import { exhibitMarkup, mostTableRows, shareOf, sizes } from './figure.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import type { InkName } from './palette.ts'
import { palette } from './palette.ts'
import type { Plot, Size } from './plot.ts'
import { labelMarkup, px, svgMarkup, valueAxis } from './plot.ts'
import { common, levelsOf } from './run-stage.ts'
import { logTicks } from './scale.ts'
import { levelsMarkup } from './svg.ts'
import type { TimeFrame } from './time-frame.ts'
import { clockAxis, phaseBands, phaseEdges, timeFrame } from './time-frame.ts'

type Stretch = Gallery['stretches'][number]

const shades = ['heat1', 'heat2', 'heat3', 'heat4', 'heat5', 'heat6'] as const satisfies readonly InkName[]
/** Finer rows than these are thinner than a line. */
const mostHeatRows = 60
const failedRowPx = 13

type Grid = {
  /** From the fastest; each has a count for every stretch. */
  readonly rows: readonly (readonly number[])[]
  readonly leastMs: number
  readonly mostMs: number
  readonly failed: readonly number[]
  readonly most: number
}

export function heatFigure(report: Report): Markup | null {
  const stretches = report.gallery?.stretches ?? []
  const grid = gridOf(stretches)
  if (grid === null) return null
  const { label, ...stage } = common(report, labelOf(stretches, grid))
  const frameOf = (plot: Plot): TimeFrame => timeFrame({ fromMs: 0, toMs: stage.lastingMs, bands: stage.bands }, plot)
  return exhibitMarkup({
    id: 'heat',
    title: 'Every answer by its response time',
    keys: keysOf(grid.most),
    pictures: sizes.map((size) => pictureOf(report, grid, { size, label, frameOf, stretches })),
    titles: ['from', 'answers', 'most took', 'slowest took', 'failed or never sent'],
    rows: joinNeighbours(stretches, mostTableRows, joinStretches).map(cellsOf),
    places: stretches.map((one) => ({ share: shareOf(one.startMs + one.lastingMs / 2, stage), cells: cellsOf(one) })),
    notes: [
      `Each column is ${saySpan(stretches[0]?.lastingMs ?? 0)}, each row a range of response times ${Math.round((Math.max(1.1, (grid.mostMs / grid.leastMs) ** (1 / grid.rows.length)) - 1) * 100)} % wide. Shades grow by equal factors.${grid.failed.some((count) => count > 0) ? ' The row on top has requests that failed or were never sent.' : ''}`,
    ],
  })
}

function labelOf(stretches: readonly Stretch[], { leastMs, mostMs }: Grid): string {
  const answers = stretches.reduce((sum, { heat }) => sum + heat.reduce((all, count) => all + count, 0), 0)
  return `${sayCount(answers)} answers by moment and response time, from ${sayMs(leastMs)} to ${sayMs(mostMs)}.`
}

/** Null without an answer. */
function gridOf(stretches: readonly Stretch[]): Grid | null {
  const used = heatEdgesMs.map((_, i) => stretches.some(({ heat }) => (heat[i] ?? 0) > 0))
  const above = stretches.some(({ heat }) => (heat[heatEdgesMs.length] ?? 0) > 0)
  const first = used.indexOf(true)
  if (first < 0 && !above) return null
  const last = above ? heatEdgesMs.length : used.lastIndexOf(true)
  const from = first < 0 ? last : first
  const each = Math.ceil((last - from + 1) / mostHeatRows)
  const rows = Array.from({ length: Math.ceil((last - from + 1) / each) }, (_, row) =>
    stretches.map(({ heat }) => Array.from({ length: each }, (_, i) => heat[from + row * each + i] ?? 0).reduce((a, b) => a + b, 0)),
  )
  const failed = stretches.map(failedOf)
  const most = rows.flat().reduce((a, b) => Math.max(a, b), 1)
  const edge = (i: number): number => 10 ** (i / 20 - 1)
  return { rows, leastMs: edge(from - 1), mostMs: edge(from - 1 + rows.length * each), failed, most }
}

function failedOf({ causes }: Stretch): number {
  return Object.values(causes).reduce((sum, count) => sum + count, 0)
}

type Scene = {
  readonly size: Size
  readonly label: string
  readonly frameOf: (plot: Plot) => TimeFrame
  readonly stretches: readonly Stretch[]
}

function pictureOf(report: Report, grid: Grid, { size, label, frameOf, stretches }: Scene): Markup {
  const anyFailed = grid.failed.some((count) => count > 0)
  const whole: Plot = { left: 58, right: size.widthPx - 12, top: 42, bottom: size.heightPx - 26 }
  const plot: Plot = { ...whole, top: whole.top + (anyFailed ? failedRowPx + 4 : 0) }
  const frame = frameOf(plot)
  const { bands, lastingMs } = common(report, '')
  const stage = { fromMs: 0, toMs: lastingMs, bands }
  const decades = Math.log10(grid.mostMs / grid.leastMs)
  const place = (ms: number): number => plot.bottom - (Math.log10(ms / grid.leastMs) / decades) * (plot.bottom - plot.top)
  const scale = { place, least: grid.leastMs, most: grid.mostMs, ticks: logTicks(grid.leastMs, grid.mostMs) }
  const edges = stretches.map(({ startMs, lastingMs }) => [frame.x(startMs), frame.x(startMs + lastingMs)] as const)
  const levels = levelsOf(report).filter(({ value }) => value > grid.leastMs && value < grid.mostMs)
  return svgMarkup({ id: `heat-${size.name}`, label, size, plot: whole }, [
    ...phaseBands(stage, frameOf(whole)),
    ...valueAxis(scale, plot, sayTick, 'response time'),
    cellsMarkup(grid, edges, plot),
    anyFailed ? failedMarkup(grid, edges, whole.top) : null,
    ...phaseEdges(stage, frameOf(whole)),
    ...levelsMarkup(levels, frame, scale),
    ...clockAxis(stage, frame),
  ])
}

type Edges = readonly (readonly [from: number, to: number])[]

function cellsMarkup({ rows, most }: Grid, edges: Edges, { top, bottom }: Plot): Markup {
  const rowPx = (bottom - top) / rows.length
  const paths = shades.map(() => '')
  rows.forEach((row, i) => {
    for (const { from, to, shade } of runsOf(row, most)) {
      const [left, right] = [edges[from]?.[0] ?? 0, edges[to]?.[1] ?? 0]
      // In rows' own units up the picture: strokes as wide as a row.
      paths[shade] = `${paths[shade]}M${px(left)} ${rows.length - i - 0.5}H${px(right)}`
    }
  })
  return html`<g transform="translate(0 ${px(top)}) scale(1 ${Math.round(rowPx * 1e4) / 1e4})" fill="none" shape-rendering="crispEdges">${shades.map(
    (ink, i) => paths[i] !== '' && html`<path d="${paths[i] ?? ''}" stroke="${palette[ink].light}"/>`,
  )}</g>`
}

function failedMarkup({ failed, most }: Grid, edges: Edges, top: number): Markup {
  const y = top + failedRowPx / 2
  const runs = runsOf(failed, Math.max(most, ...failed)).map(({ from, to, shade }) => {
    const opacity = Math.round((0.4 + 0.12 * shade) * 100) / 100
    return html`<path d="M${px(edges[from]?.[0] ?? 0)} ${y}H${px(edges[to]?.[1] ?? 0)}" stroke-opacity="${opacity}"/>`
  })
  return html`${labelMarkup({ x: 50, y: y + 4, text: 'failed', anchor: 'end', ink: 'failed' })}<g fill="none" stroke="${palette.failed.light}" stroke-width="${failedRowPx}" shape-rendering="crispEdges">${runs}</g>`
}

type Run = { readonly from: number; readonly to: number; readonly shade: number }

/** Neighbours of one shade as one; cells without a count are left out. */
function runsOf(counts: readonly number[], most: number): readonly Run[] {
  const runs: Run[] = []
  counts.forEach((count, i) => {
    if (count === 0) return
    const shade = shadeOf(count, most)
    const last = runs.at(-1)
    if (last?.to === i - 1 && last.shade === shade) runs[runs.length - 1] = { ...last, to: i }
    else runs.push({ from: i, to: i, shade })
  })
  return runs
}

/** Equal factors from 1 to the most. */
function shadeOf(count: number, most: number): number {
  const found = shades.findIndex((_, i) => count <= highest(i, most))
  return found < 0 ? shades.length - 1 : found
}

function highest(shade: number, most: number): number {
  return Math.floor(most ** ((shade + 1) / shades.length) + 1e-9)
}

function keysOf(most: number) {
  return shades.flatMap((ink, i) => {
    const [from, to] = [i === 0 ? 1 : highest(i - 1, most) + 1, highest(i, most)]
    if (to < from) return []
    return [
      {
        ink,
        look: 'area',
        text: `${from === to ? sayCount(from) : `${sayCount(from)} to ${sayCount(to)}`}${i === shades.length - 1 ? ' answers' : ''}`,
      } as const,
    ]
  })
}

function cellsOf(stretch: Stretch): readonly string[] {
  const { startMs, heat } = stretch
  const answers = heat.reduce((sum, count) => sum + count, 0)
  const most = heat.reduce((best, count, i) => (count > (heat[best] ?? 0) ? i : best), 0)
  const slowest = heat.findLastIndex((count) => count > 0)
  return [
    sayClock(startMs),
    sayCount(answers),
    answers === 0 ? nothing : rangeOf(most),
    answers === 0 ? nothing : rangeOf(slowest),
    sayCount(failedOf(stretch)),
  ]
}

/** The response times that a bucket holds. */
function rangeOf(bucket: number): string {
  const [below, above] = [heatEdgesMs[bucket - 1], heatEdgesMs[bucket]]
  if (above === undefined) return `over ${sayMs(below ?? 0)}`
  return below === undefined ? `up to ${sayMs(above)}` : `${sayMs(below)} to ${sayMs(above)}`
}
