// What every picture over time shares: the clock below, the phases behind, named above. Knows nothing of values.
import { sayClock } from '../format.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import { palette } from './palette.ts'
import type { FootTick, Plot } from './plot.ts'
import { fitting, footAxis, labelMarkup, px } from './plot.ts'
import { tickMs } from './scale.ts'

export type Band = { readonly name: string; readonly fromMs: number; readonly toMs: number }

/** A stretch of the run, ms from its zero. */
export type Stage = { readonly fromMs: number; readonly toMs: number; readonly bands: readonly Band[] }

export type TimeFrame = { readonly plot: Plot; readonly x: (atMs: number) => number }

export function timeFrame({ fromMs, toMs }: Stage, plot: Plot): TimeFrame {
  const lastingMs = Math.max(1, toMs - fromMs)
  return { plot, x: (atMs) => plot.left + (Math.min(Math.max(atMs - fromMs, 0), lastingMs) / lastingMs) * (plot.right - plot.left) }
}

/** Every second phase is shaded, so that two that touch are told apart; names that do not fit are left out. */
export function phaseBands({ bands, fromMs, toMs }: Stage, { plot, x }: TimeFrame): readonly (Markup | null)[] {
  return bands
    .map((band, i) => ({ ...band, isShaded: i % 2 === 1 }))
    .filter((band) => band.toMs > fromMs && band.fromMs < toMs)
    .flatMap(({ name, isShaded, ...band }) => {
      const [left, right] = [x(band.fromMs), x(band.toMs)]
      const shade = html`<rect x="${px(left)}" y="${plot.top}" width="${px(right - left)}" height="${px(plot.bottom - plot.top)}" fill="${palette.band.light}" fill-opacity=".09"/>`
      return [
        isShaded ? shade : null,
        labelMarkup({ x: (left + right) / 2, y: plot.top - 7, text: fitting(name, right - left), anchor: 'middle' }),
      ]
    })
}

/** Where a phase begins, over data that would hide the shade. */
export function phaseEdges({ bands, fromMs, toMs }: Stage, { plot, x }: TimeFrame): readonly Markup[] {
  return bands
    .filter((band) => band.fromMs > fromMs && band.fromMs < toMs)
    .map(
      (band) =>
        html`<path d="M${px(x(band.fromMs))} ${plot.top}V${plot.bottom}" fill="none" stroke="${palette.quiet.light}" stroke-opacity=".35" stroke-dasharray="1 3"/>`,
    )
}

export function clockAxis({ fromMs, toMs }: Stage, { plot, x }: TimeFrame): readonly (Markup | null)[] {
  const lastingMs = toMs - fromMs
  const every = tickMs(lastingMs, Math.min(10, Math.floor((plot.right - plot.left) / 64)))
  const first = Math.ceil(fromMs / every)
  const ticks: FootTick[] = []
  for (let i = first; i * every <= toMs; i++) ticks.push({ x: x(i * every), text: sayClock(i * every) })
  return footAxis(ticks, plot, toMs <= 3_600e3 ? 'min:s' : 'h:min:s')
}
