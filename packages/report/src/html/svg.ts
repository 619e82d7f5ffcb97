// Values over time as a static SVG: areas, lines, limits, phases. Knows nothing of reports.
import type { Point } from './condense.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import type { InkName } from './palette.ts'
import { palette } from './palette.ts'
import { barsPath, linePath } from './path.ts'
import type { Plot, Size } from './plot.ts'
import { fitting, labelMarkup, letterPx, rule, svgMarkup, valueAxis } from './plot.ts'
import type { Scale } from './scale.ts'
import { linearScale, logScale } from './scale.ts'
import type { Band, Stage, TimeFrame } from './time-frame.ts'
import { clockAxis, phaseBands, phaseEdges, timeFrame } from './time-frame.ts'

export type Line = {
  readonly ink: InkName
  readonly points: readonly Point[]
  readonly widthPx: number
  readonly dash?: 'dashed' | 'dotted'
  /** A tint between the line and the foot. */
  readonly filled?: boolean
}
/** Covers everything from the foot up to its values; areas are drawn in order, each over the last. */
export type Area = { readonly ink: InkName; readonly edge?: InkName; readonly bins: readonly Bin[] }
export type Bin = { readonly fromMs: number; readonly toMs: number; readonly value: number | null }
/** A level that should not be crossed, drawn over the time in which it holds. */
export type Level = { readonly text: string; readonly value: number; readonly fromMs: number; readonly toMs: number }

export type Drawing = {
  /** Read aloud instead of the picture. */
  readonly label: string
  /** What the values are, with their unit; stands above them. */
  readonly axis?: string
  readonly areas?: readonly Area[]
  readonly lines: readonly Line[]
  readonly bands: readonly Band[]
  readonly levels: readonly Level[]
  /** Where the picture begins, when that is not the run's zero. */
  readonly fromMs?: number
  readonly lastingMs: number
  readonly scale: 'linear' | 'log'
  readonly sayValue: (value: number) => string
}

/** `id` must be unlike every other picture's on the page. */
export function drawSvg(drawing: Drawing, size: Size, id: string): Markup {
  const { axis = '', areas = [], lines, levels, bands, fromMs = 0, lastingMs, sayValue, label } = drawing
  const plot: Plot = { left: 58, right: size.widthPx - 12, top: axis === '' ? 26 : 42, bottom: size.heightPx - 26 }
  const stage: Stage = { fromMs, toMs: fromMs + lastingMs, bands }
  const frame = timeFrame(stage, plot)
  const scale = valueScale(drawing, plot)
  return svgMarkup({ id, label, size, plot }, [
    ...phaseBands(stage, frame),
    ...valueAxis(scale, plot, sayValue, axis),
    ...areas.map((area) => areaMarkup(area, frame, scale)),
    ...(areas.length > 0 ? phaseEdges(stage, frame) : []),
    ...lines.map((line) => lineMarkup(line, frame, scale)),
    ...levelsMarkup(levels, frame, scale),
    ...clockAxis(stage, frame),
  ])
}

/** A logarithmic axis has no zero; one µs is the finest that is measured. */
const smallest = 0.001

function valueScale({ scale, lines, areas = [], levels }: Drawing, { top, bottom }: Plot): Scale {
  const drawn = [
    ...lines.flatMap((line) => line.points.map(([, value]) => value)),
    ...areas.flatMap((area) => area.bins.map(({ value }) => value)),
    // How far below its limit a run stayed is half the news, so the axis reaches up to every level.
    ...levels.map(({ value }) => value),
  ].filter((value) => value !== null)
  const most = drawn.reduce((a, b) => Math.max(a, b), 0)
  const span = { from: bottom, to: top }
  if (scale === 'linear') return linearScale(most, span)
  const least = drawn.reduce((a, b) => (b > 0 ? Math.min(a, b) : a), Number.POSITIVE_INFINITY)
  return logScale(Number.isFinite(least) ? Math.max(least, smallest) : 1, Math.max(most, smallest), span)
}

function areaMarkup({ ink, edge, bins }: Area, { x, plot }: TimeFrame, scale: Scale): Markup | null {
  const bars = bins.map(({ fromMs, toMs, value }) => ({
    from: x(fromMs),
    to: x(toMs),
    y: value === null || value === 0 ? null : scale.place(value),
  }))
  const path = barsPath(bars, plot.bottom)
  return path === ''
    ? null
    : html`<path d="${path}" fill="${palette[ink].light}"${edge !== undefined && html` stroke="${palette[edge].light}"`}/>`
}

const dashes = { dashed: '6 4', dotted: '1 4' } as const

function lineMarkup({ ink, points, widthPx, dash, filled }: Line, { x, plot }: TimeFrame, scale: Scale): Markup | null {
  const path = linePath(points.map(([atMs, value]) => (value === null ? null : [x(atMs), scale.place(value)])))
  if (path === '') return null
  const color = palette[ink].light
  const dashed = dash !== undefined && html` stroke-dasharray="${dashes[dash]}"`
  return html`${filled === true && html`<path d="${tintPath(points, x, scale, plot)}" fill="${color}" fill-opacity=".14"/>`}<path d="${path}" fill="none" stroke="${color}" stroke-width="${widthPx}" stroke-linejoin="round" stroke-linecap="round"${dashed}/>`
}

/** Below every piece of a line between two gaps. */
function tintPath(points: readonly Point[], x: (atMs: number) => number, scale: Scale, { bottom }: Plot): string {
  const pieces: [number, number][][] = [[]]
  for (const [atMs, value] of points) {
    if (value === null) pieces.push([])
    else pieces.at(-1)?.push([x(atMs), scale.place(value)])
  }
  return pieces
    .map((piece) => {
      const [first, last] = [piece[0], piece.at(-1)]
      return first === undefined || last === undefined ? '' : `${linePath([[first[0], bottom], ...piece, [last[0], bottom]])}z`
    })
    .join('')
}

/** A limit's text stands above its line, or below it where another text is already. */
export function levelsMarkup(levels: readonly Level[], { x, plot }: TimeFrame, scale: Scale): readonly (Markup | null)[] {
  const taken: { readonly from: number; readonly to: number; readonly y: number }[] = []
  return levels.flatMap(({ text, value, fromMs, toMs }) => {
    const [left, right, y] = [x(fromMs), x(toMs), scale.place(value)]
    const name = fitting(text, right - left)
    const place = { from: left, to: left + name.length * letterPx }
    const isTaken = (at: number): boolean => taken.some((one) => Math.abs(one.y - at) < 13 && one.from < place.to && place.from < one.to)
    const at = isTaken(y - 5) || y < plot.top + 16 ? y + 14 : y - 5
    taken.push({ ...place, y: at })
    return [
      // Paper below the line, so that it is seen over dark areas too.
      rule(left, y, right, y, 'paper', html` stroke-width="4" stroke-opacity=".75"`),
      rule(left, y, right, y, 'limit', html` stroke-width="1.5" stroke-dasharray="6 4"`),
      labelMarkup({ x: left + 4, y: at, text: name, ink: 'limit', halo: true }),
    ]
  })
}
