// What a target did at each rate that was offered, as a static SVG with the rates that matter as marked lines. Knows nothing of reports. Drawn by
// hand, since its axis is a rate and not a time; every text goes through the escaping template.
import { clip, plainLine } from '../escape.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import type { InkName } from './palette.ts'
import { palette } from './palette.ts'

export type RatePoint = { readonly ratePerSec: number; readonly value: number }
export type Curve = { readonly ink: InkName; readonly points: readonly RatePoint[]; readonly dashed?: boolean }
export type Mark = { readonly text: string; readonly ratePerSec: number; readonly ink: InkName }

export type RateDrawing = {
  /** Read aloud instead of the picture. */
  readonly label: string
  readonly curves: readonly Curve[]
  readonly marks: readonly Mark[]
  readonly scale: 'linear' | 'log'
  readonly sayRate: (perSec: number) => string
  readonly sayValue: (value: number) => string
}

type Size = { readonly name: 'wide' | 'narrow'; readonly widthPx: number; readonly heightPx: number }
type Axis = { readonly ticks: readonly number[]; readonly place: (value: number) => number }

const sizes: readonly Size[] = [
  { name: 'wide', widthPx: 980, heightPx: 300 },
  { name: 'narrow', widthPx: 400, heightPx: 280 },
]
const margin = { left: 64, right: 16, bottom: 26 }
const fontPx = 12
/** One line above the picture for each mark, so that no two labels meet. */
const linePx = 16

/** Both pictures, of which the style sheet shows the one that fits. */
export function rateChart(drawing: RateDrawing): Markup {
  return html`${sizes.map((size) => draw(drawing, size))}`
}

function draw(drawing: RateDrawing, size: Size): Markup {
  const { name, widthPx, heightPx } = size
  const topPx = 8 + linePx * drawing.marks.length
  const [xs, ys] = axesOf(drawing, size, topPx)
  const floorPx = heightPx - margin.bottom
  return html`<svg class="${name}" viewBox="0 0 ${widthPx} ${heightPx}" role="img" aria-label="${drawing.label}" font-family="system-ui,sans-serif" font-size="${fontPx}">
${ys.ticks.map((value) => html`<line x1="${margin.left}" x2="${widthPx - margin.right}" y1="${px(ys.place(value))}" y2="${px(ys.place(value))}" stroke="${palette.rule.light}"/><text x="${margin.left - 8}" y="${px(ys.place(value) + 4)}" text-anchor="end" fill="${palette.quiet.light}">${drawing.sayValue(value)}</text>`)}
${xs.ticks.map((value) => html`<text x="${px(xs.place(value))}" y="${heightPx - 8}" text-anchor="middle" fill="${palette.quiet.light}">${drawing.sayRate(value)}</text>`)}
${drawing.marks.map((mark, at) => markLine(mark, { x: xs.place(mark.ratePerSec), widthPx, floorPx, textPx: linePx * (at + 1) }))}
${drawing.curves.map((curve) => curveMarkup(curve, xs, ys))}
</svg>`
}

function axesOf({ curves, marks, scale }: RateDrawing, { widthPx, heightPx }: Size, topPx: number): readonly [Axis, Axis] {
  const points = curves.flatMap((curve) => curve.points)
  const mostRate = Math.max(1e-6, ...points.map(({ ratePerSec }) => ratePerSec), ...marks.map(({ ratePerSec }) => ratePerSec))
  const values = points.map(({ value }) => value).filter((value) => value > 0)
  const mostValue = Math.max(1e-6, ...values)
  const across = (share: number): number => margin.left + share * (widthPx - margin.left - margin.right)
  const up = (share: number): number => heightPx - margin.bottom - share * (heightPx - margin.bottom - topPx)
  const xTicks = ticksOf(mostRate, widthPx > 500 ? 8 : 4)
  const xs = { ticks: xTicks, place: (value: number) => across(value / (mostRate * 1.02)) }
  if (scale === 'linear') return [xs, { ticks: ticksOf(mostValue, 4), place: (value: number) => up(value / (mostValue * 1.04)) }]
  const [from, to] = [Math.floor(Math.log10(Math.min(mostValue, ...values))), Math.ceil(Math.log10(mostValue) + 1e-9)]
  const decades = Array.from({ length: to - from + 1 }, (_, at) => 10 ** (from + at))
  return [xs, { ticks: decades, place: (value: number) => up((Math.log10(Math.max(value, 10 ** from)) - from) / (to - from)) }]
}

/** Round steps of 1, 2 or 5 up to the most. */
function ticksOf(most: number, count: number): readonly number[] {
  const rough = most / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10) * power
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, at) => at * step)
}

type Place = { readonly x: number; readonly widthPx: number; readonly floorPx: number; readonly textPx: number }

function markLine({ text, ink }: Mark, { x, widthPx, floorPx, textPx }: Place): Markup {
  const isRight = x > widthPx / 2
  const color = palette[ink].light
  return html`<line x1="${px(x)}" x2="${px(x)}" y1="${textPx - 10}" y2="${floorPx}" stroke="${color}" stroke-width="1.5" stroke-dasharray="6 4"/><text x="${px(isRight ? x - 5 : x + 5)}" y="${textPx}" text-anchor="${isRight ? 'end' : 'start'}" fill="${color}">${clip(plainLine(text), 60)}</text>
`
}

function curveMarkup({ ink, points, dashed }: Curve, xs: Axis, ys: Axis): Markup {
  const color = palette[ink].light
  const line = points.map(({ ratePerSec, value }) => `${px(xs.place(ratePerSec))},${px(ys.place(value))}`).join(' ')
  const dots = dashed === true ? [] : points
  return html`<polyline points="${line}" fill="none" stroke="${color}" stroke-width="${dashed === true ? '1.2' : '2'}"${dashed === true && html` stroke-dasharray="4 4"`}/>
${dots.map(({ ratePerSec, value }) => html`<circle cx="${px(xs.place(ratePerSec))}" cy="${px(ys.place(value))}" r="3" fill="${color}"/>`)}
`
}

function px(value: number): string {
  return value.toFixed(1)
}
