// Several values over time, one strip below the other, each named where it lies: no key to look up, no colours to tell apart.
// Knows nothing of what is counted.
import { clip, plainLine } from '../escape.ts'
import { sayRate } from '../format.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import type { InkName } from './palette.ts'
import { palette } from './palette.ts'
import { barsPath } from './path.ts'
import type { Plot, Size } from './plot.ts'
import { fitting, labelMarkup, letterPx, rule, svgMarkup } from './plot.ts'
import type { Bin } from './svg.ts'
import type { Stage } from './time-frame.ts'
import { clockAxis, phaseBands, timeFrame } from './time-frame.ts'

export type Strip = {
  readonly name: string
  /** Stands at the right of the name. */
  readonly total: string
  readonly bins: readonly Bin[]
}

export type Strips = {
  readonly label: string
  readonly stage: Stage
  readonly ink: InkName
  readonly strips: readonly Strip[]
  /** `own`: each strip reaches its own highest rate; `one`: all are drawn to the same scale. */
  readonly scale: 'own' | 'one'
}

const nameRowPx = 19
const stripPx = 26
const top = 24

export function stripsHeightPx(strips: number): number {
  return top + strips * (nameRowPx + stripPx) + 30
}

export function stripsSvg({ label, stage, ink, strips, scale }: Strips, size: Size, id: string): Markup {
  const plot: Plot = { left: 58, right: size.widthPx - 12, top, bottom: size.heightPx - 26 }
  const frame = timeFrame(stage, plot)
  const highest = strips.map(({ bins }) => bins.reduce((most, { value }) => Math.max(most, value ?? 0), 0))
  const most = Math.max(...highest)
  return svgMarkup({ id, label, size, plot }, [
    ...phaseBands(stage, frame),
    ...strips.map(({ name, total, bins }, i) => {
      const foot = top + (i + 1) * (nameRowPx + stripPx)
      const full = scale === 'one' ? most : (highest[i] ?? 0)
      const bars = bins.map(({ fromMs, toMs, value }) => ({
        from: frame.x(fromMs),
        to: frame.x(toMs),
        // Whatever is there is seen, be it ever so rare.
        y: value === null || value === 0 ? null : foot - Math.max(1, (value / full) * stripPx),
      }))
      const totalPx = total.length * letterPx
      return html`${[
        labelMarkup({
          x: plot.left + 2,
          y: foot - stripPx - 5,
          text: fitting(clip(plainLine(name), 80), plot.right - plot.left - totalPx - 12),
          ink: 'text',
          bold: true,
        }),
        labelMarkup({ x: plot.right, y: foot - stripPx - 5, text: total, anchor: 'end' }),
        labelMarkup({ x: plot.left - 8, y: foot - stripPx + 8, text: sayRate(full), anchor: 'end' }),
        rule(plot.left, foot + 0.5, plot.right, foot + 0.5),
      ]}<path d="${barsPath(bars, foot)}" fill="${palette[ink].light}"/>`
    }),
    ...clockAxis(stage, frame),
  ])
}
