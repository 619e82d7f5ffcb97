// What a target did at each rate that was offered, as a static SVG with the rates that matter as marked lines. Knows nothing of reports.
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import type { InkName } from './palette.ts'
import { palette } from './palette.ts'
import { linePath } from './path.ts'
import type { Plot, Size } from './plot.ts'
import { fitting, footAxis, labelMarkup, letterPx, px, svgMarkup, valueAxis } from './plot.ts'
import type { Scale, Span } from './scale.ts'
import { linearScale, logScale } from './scale.ts'

export type RatePoint = { readonly ratePerSec: number; readonly value: number }
export type RateCurve = { readonly ink: InkName; readonly points: readonly RatePoint[]; readonly dashed?: true }
export type Mark = { readonly text: string; readonly ratePerSec: number; readonly ink: InkName }

export type RateDrawing = {
  /** Read aloud instead of the picture. */
  readonly label: string
  readonly axis: string
  readonly curves: readonly RateCurve[]
  readonly marks: readonly Mark[]
  /** How far the picture reaches, so that two of one search can be held against each other. */
  readonly mostPerSec: number
  readonly scale: 'linear' | 'log'
  readonly sayRate: (perSec: number) => string
  readonly sayValue: (value: number) => string
}

const markRowPx = 16

export function rateSvg(drawing: RateDrawing, size: Size, id: string): Markup {
  const { label, axis, curves, marks, sayRate, sayValue } = drawing
  const width = { left: 58, right: size.widthPx - 12 }
  const xs = rateScale(drawing, { from: width.left, to: width.right })
  const placed = marksPlaced(marks, xs, width)
  const rows = placed.reduce((most, { row }) => Math.max(most, row + 1), 0)
  const plot: Plot = { ...width, top: 30 + rows * markRowPx, bottom: size.heightPx - 26 }
  const ys = valueScale(drawing, plot)
  return svgMarkup({ id, label, size, plot }, [
    ...valueAxis(ys, plot, sayValue, axis),
    ...placed.map((mark) => markLine(mark, plot)),
    ...placed.map(markName),
    ...curves.map((curve) => curveMarkup(curve, xs, ys)),
    ...footAxis(
      xs.ticks.map((rate) => ({ x: xs.place(rate), text: sayRate(rate) })),
      plot,
      'offered',
    ),
  ])
}

/** How far from the left of the picture a rate lies, 0 to 1. */
export function rateShare(drawing: RateDrawing, ratePerSec: number): number {
  return rateScale(drawing, { from: 0, to: 1 }).place(ratePerSec)
}

/** The same for every size, so that one list of places serves all; names that would touch are left out below. */
function rateScale({ mostPerSec }: RateDrawing, span: Span): Scale {
  return linearScale(mostPerSec, span, 8)
}

function valueScale({ curves, scale }: RateDrawing, { top, bottom }: Plot): Scale {
  const values = curves.flatMap(({ points }) => points.map(({ value }) => value)).filter((value) => value > 0)
  const most = values.reduce((a, b) => Math.max(a, b), 1e-3)
  const span = { from: bottom, to: top }
  return scale === 'linear'
    ? linearScale(most, span)
    : logScale(
        values.reduce((a, b) => Math.min(a, b), most),
        most,
        span,
      )
}

type Placed = Mark & { readonly x: number; readonly row: number; readonly from: number; readonly isLeft: boolean }

/** Each name beside its line, in the first row above the picture in which it touches no other. */
function marksPlaced(marks: readonly Mark[], xs: Scale, { left, right }: Pick<Plot, 'left' | 'right'>): readonly Placed[] {
  const placed: Placed[] = []
  for (const mark of marks) {
    const x = xs.place(mark.ratePerSec)
    const isLeft = right - x < mark.text.length * letterPx + 10
    const text = fitting(mark.text, isLeft ? x - left : right - x)
    const widthPx = text.length * letterPx + 10
    const from = isLeft ? x - widthPx : x
    const touches = (row: number): boolean =>
      placed.some((one) => one.row === row && one.from < from + widthPx && from < one.from + one.text.length * letterPx + 10)
    const row = marks.findIndex((_, i) => !touches(i))
    placed.push({ ...mark, text, x, row: Math.max(0, row), from, isLeft })
  }
  return placed
}

function rowY(row: number): number {
  return 26 + row * markRowPx
}

function markLine({ ink, x, row }: Placed, { bottom }: Plot): Markup {
  return html`<path d="M${px(x)} ${px(rowY(row) - 9)}V${px(bottom)}" fill="none" stroke="${palette[ink].light}" stroke-width="1.5" stroke-dasharray="6 4"/>`
}

/** After all lines, on paper of its own, since another mark's line may pass below it. */
function markName({ ink, text, x, row, isLeft }: Placed): Markup | null {
  return labelMarkup({ x: isLeft ? x - 5 : x + 5, y: rowY(row), text, ink, anchor: isLeft ? 'end' : 'start', halo: true })
}

/** With a dot for each rate, unless the line is only there to be held against. */
function curveMarkup({ ink, points, dashed }: RateCurve, xs: Scale, ys: Scale): Markup {
  const color = palette[ink].light
  const places = points.map(({ ratePerSec, value }) => [xs.place(ratePerSec), ys.place(value)] as const)
  const line = html`<path d="${linePath(places)}" fill="none" stroke="${color}" stroke-width="${dashed === true ? 1.2 : 2}" stroke-linejoin="round"${dashed === true && html` stroke-dasharray="4 4"`}/>`
  if (dashed === true) return line
  const dots = linePath(places.flatMap((place) => [place, null]))
  return html`${line}<path d="${dots}" fill="none" stroke="${color}" stroke-width="6" stroke-linecap="round"/>`
}
