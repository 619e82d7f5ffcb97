// A percentile plot: percentiles across, each decade of rarity as wide as the last (as HdrHistogram plots them), time up.
// Knows nothing of steps.
import type { Curve } from '@doorbuster/measurements'
import { sayTick } from '../format.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import type { InkName } from './palette.ts'
import { palette } from './palette.ts'
import { linePath } from './path.ts'
import type { Plot, Size } from './plot.ts'
import { fitting, footAxis, labelMarkup, svgMarkup, valueAxis } from './plot.ts'
import type { Scale } from './scale.ts'
import { linearScale, logScale } from './scale.ts'

export type DrawnCurve = {
  readonly name: string
  readonly ink: InkName
  readonly widthPx: number
  readonly dash?: string
  readonly curve: Curve
}

/** 100 → `p99`, 1,000 → `p99.9`. */
export function sayPercentile(beyond: number): string {
  if (beyond <= 1) return 'fastest'
  const digits = Math.max(1, Math.ceil(Math.log10(beyond)))
  return `p${Number((100 * (1 - 1 / beyond)).toFixed(digits))}`
}

type Scene = { readonly size: Size; readonly id: string; readonly label: string; readonly axis: string; readonly mostBeyond: number }

type EndPlaces = {
  readonly x: (beyond: number) => number
  readonly scale: Scale
  readonly plot: Plot
  readonly widthPx: number
}

const namedBeyond = [2, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7]

export function curvesSvg(drawn: readonly DrawnCurve[], { size, id, label, axis, mostBeyond }: Scene): Markup {
  // On a small screen names would leave no room for the lines; the key has them.
  const isNamed = size.name === 'wide'
  const plot: Plot = { left: 58, right: size.widthPx - (isNamed ? 150 : 12), top: 26, bottom: size.heightPx - 26 }
  const x = (beyond: number): number => plot.left + (Math.log10(beyond) / Math.log10(mostBeyond)) * (plot.right - plot.left)
  const scale = scaleOf(drawn, plot)
  const ticks = namedBeyond.filter((beyond) => beyond <= mostBeyond).map((beyond) => ({ x: x(beyond), text: sayPercentile(beyond) }))
  return svgMarkup({ id, label, size, plot }, [
    ...valueAxis(scale, plot, sayTick, axis),
    ...drawn.map(({ curve, ink, widthPx, dash }) => {
      const path = linePath(curve.points.map(([beyond, ms]) => [x(beyond), scale.place(ms)]))
      return html`<path d="${path}" fill="none" stroke="${palette[ink].light}" stroke-width="${widthPx}" stroke-linejoin="round"${dash !== undefined && html` stroke-dasharray="${dash}"`}/>`
    }),
    ...(isNamed ? endNames(drawn, { x, scale, plot, widthPx: size.widthPx }) : []),
    ...footAxis(ticks, plot, 'percentile'),
  ])
}

function scaleOf(drawn: readonly DrawnCurve[], { top, bottom }: Plot): Scale {
  const times = drawn.flatMap(({ curve }) => curve.points.map(([, ms]) => ms))
  const [least, most] = [Math.max(0.001, Math.min(...times)), Math.max(0.001, ...times)]
  const span = { from: bottom, to: top }
  return most > 20 * least ? logScale(least, most, span) : linearScale(most, span)
}

/** The lines' names at the right, in the order in which they end, each with a thread to its end. */
function endNames(drawn: readonly DrawnCurve[], { x, scale, plot, widthPx }: EndPlaces): readonly (Markup | null)[] {
  const ends = drawn
    .map(({ name, ink, curve }) => {
      const [beyond, ms] = curve.points.at(-1) ?? [1, 0]
      return { name, ink, x: x(beyond), y: scale.place(ms) }
    })
    .toSorted((a, b) => a.y - b.y)
  const fromX = plot.right + 22
  return ends.flatMap(({ name, ink, ...end }, i) => {
    const y =
      spread(
        ends.map((one) => one.y),
        plot,
      )[i] ?? end.y
    return [
      html`<path d="${linePath([
        [end.x, end.y],
        [plot.right + 4, end.y],
        [fromX, y],
      ])}" fill="none" stroke="${palette[ink].light}" stroke-opacity=".6" stroke-dasharray="1 3"/>`,
      labelMarkup({ x: fromX + 4, y: y + 4, text: fitting(name, widthPx - fromX - 4), ink }),
    ]
  })
}

const nameRowPx = 14

/** Rising places, pushed apart until a name fits each, and back up where they would leave the drawing. */
function spread(places: readonly number[], { top, bottom }: Plot): readonly number[] {
  let free = top
  const down = places.map((place) => {
    const y = Math.max(place, free)
    free = y + nameRowPx
    return y
  })
  let most = bottom
  return down
    .toReversed()
    .map((place) => {
      const y = Math.min(place, most)
      most = y - nameRowPx
      return y
    })
    .toReversed()
}
