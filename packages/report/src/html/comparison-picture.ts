// Percentiles of two runs, a row for each, as a static SVG: a ring where it was, a dot where it is. Knows nothing of reports.
import { sayTick } from '../format.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import type { InkName } from './palette.ts'
import { palette } from './palette.ts'
import { linePath } from './path.ts'
import type { Plot, Size } from './plot.ts'
import { fitting, footAxis, labelMarkup, px, rule, svgMarkup } from './plot.ts'
import type { Scale } from './scale.ts'
import { logScale } from './scale.ts'

export type Pair = { readonly name: string; readonly baseMs: number; readonly newMs: number; readonly ink: InkName }

const footPx = 26

/** On a wide screen names stand beside their rows, on a narrow one above them. */
const looks = { wide: { left: 250, rowPx: 26, foot: 0.5 }, narrow: { left: 8, rowPx: 40, foot: 0.72 } } as const

export function pairsSvg(pairs: readonly Pair[], label: string, size: Pick<Size, 'name' | 'widthPx'>, id: string): Markup {
  const { left, rowPx, foot } = looks[size.name === 'wide' ? 'wide' : 'narrow']
  const plot: Plot = { left, right: size.widthPx - 24, top: 6, bottom: 6 + pairs.length * rowPx }
  const times = pairs.flatMap(({ baseMs, newMs }) => [baseMs, newMs])
  // Equal distances are equal ratios.
  const scale = logScale(Math.max(0.001, Math.min(...times)), Math.max(0.001, ...times), { from: plot.left, to: plot.right })
  return svgMarkup({ id, label, size: { ...size, heightPx: plot.bottom + footPx }, plot }, [
    ...scale.ticks.map((tick) => rule(scale.place(tick), plot.top, scale.place(tick), plot.bottom)),
    ...pairs.map((pair, i) => {
      const top = plot.top + i * rowPx
      const name = left > 100 ? { x: 0, y: top + rowPx / 2 + 4, widthPx: left - 10 } : { x: 0, y: top + 14, widthPx: size.widthPx }
      return html`${labelMarkup({ x: name.x, y: name.y, text: fitting(pair.name, name.widthPx), ink: 'text' })}${pairMarkup(pair, scale, top + rowPx * foot)}`
    }),
    ...footAxis(
      scale.ticks.map((tick) => ({ x: scale.place(tick), text: sayTick(tick) })),
      plot,
      '',
    ),
  ])
}

function pairMarkup({ baseMs, newMs, ink }: Pair, scale: Scale, y: number): Markup {
  const [from, to] = [scale.place(baseMs), scale.place(newMs)]
  const color = palette[ink].light
  return html`<path d="${linePath([
    [from, y],
    [to, y],
  ])}" fill="none" stroke="${color}" stroke-width="2"/><circle cx="${px(from)}" cy="${px(y)}" r="5" fill="${palette.paper.light}" stroke="${palette.quiet.light}" stroke-width="2"/><circle cx="${px(to)}" cy="${px(y)}" r="5" fill="${color}"/>`
}
