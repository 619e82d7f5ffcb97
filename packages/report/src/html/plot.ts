// The frame of a picture: where it begins and ends, its axes, its texts. Knows nothing of runs.
// Everything is made with the escaping template, so a text from outside is a text in the picture too.
import { clip, plainLine } from '../escape.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import type { InkName } from './palette.ts'
import { palette } from './palette.ts'
import type { Scale } from './scale.ts'

export type Size = { readonly name: 'wide' | 'narrow' | 'small'; readonly widthPx: number; readonly heightPx: number }

/** The drawing area inside a picture. */
export type Plot = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }

const fontPx = 12
/** Mean width of a letter in a system sans-serif at 12 px: labels that would not fit their place are cut or left out. */
export const letterPx = 6.6

export type Picture = {
  readonly id: string
  /** Read aloud instead of the picture. */
  readonly label: string
  readonly size: Size
  readonly plot: Plot
}

/** `data-plot` tells the hover script from where to where, in units of the picture, the data lie. */
export function svgMarkup({ id, label, size, plot }: Picture, body: readonly (Markup | null)[]): Markup {
  const { name, widthPx, heightPx } = size
  return html`<svg id="${id}" class="${name}" viewBox="0 0 ${widthPx} ${heightPx}" role="img" aria-label="${label}" data-plot="${plot.left} ${plot.right} ${plot.top} ${plot.bottom} ${widthPx}" font-family="system-ui,sans-serif" font-size="${fontPx}">${body}</svg>`
}

export type Label = {
  readonly x: number
  readonly y: number
  readonly text: string
  readonly ink?: InkName
  readonly anchor?: 'start' | 'middle' | 'end'
  /** Paper around the letters, for a text that lies over data. */
  readonly halo?: true
  readonly bold?: true
}

export function labelMarkup({ x, y, text, ink = 'quiet', anchor = 'start', halo, bold }: Label): Markup | null {
  if (text === '') return null
  const around = halo === true && html` stroke="${palette.paper.light}" stroke-width="6" stroke-linejoin="round" paint-order="stroke"`
  return html`<text x="${px(x)}" y="${px(y)}" fill="${palette[ink].light}"${anchor !== 'start' && html` text-anchor="${anchor}"`}${bold === true && html` font-weight="600"`}${around}>${text}</text>`
}

/** The text if it fits so many pixels, else as much as does; nothing where that says nothing. */
export function fitting(outside: string, widthPx: number): string {
  const text = plainLine(outside)
  const letters = Math.floor((widthPx - 4) / letterPx)
  return text.length <= letters ? text : letters < 5 ? '' : clip(text, letters)
}

export function rule(x1: number, y1: number, x2: number, y2: number, ink: InkName = 'rule', more: Markup | null = null): Markup {
  return html`<path d="M${px(x1)} ${px(y1)}L${px(x2)} ${px(y2)}" fill="none" stroke="${palette[ink].light}"${more}/>`
}

/** Values up the left side with a line across for each; `title` says of what, above them. */
export function valueAxis(scale: Scale, plot: Plot, say: (value: number) => string, title = ''): readonly (Markup | null)[] {
  return [
    labelMarkup({ x: 0, y: fontPx, text: title }),
    ...scale.ticks.flatMap((tick) => {
      const y = Math.round(scale.place(tick)) + 0.5
      return [rule(plot.left, y, plot.right, y), labelMarkup({ x: plot.left - 8, y: y + 4, text: say(tick), anchor: 'end' })]
    }),
  ]
}

export type FootTick = { readonly x: number; readonly text: string }

/** Names below the drawing; `title` stands at the right end, and what it would touch is left out. */
export function footAxis(ticks: readonly FootTick[], plot: Plot, title: string): readonly (Markup | null)[] {
  const y = plot.bottom + 18
  const fromTitle = title === '' ? Number.POSITIVE_INFINITY : plot.right - title.length * letterPx - 10
  const shown: FootTick[] = []
  for (const tick of ticks) {
    const half = (tick.text.length * letterPx) / 2
    const last = shown.at(-1)
    const isFree = last === undefined || tick.x - half > last.x + (last.text.length * letterPx) / 2 + 8
    if (isFree && tick.x + half < fromTitle) shown.push(tick)
  }
  return [
    rule(plot.left, plot.bottom + 0.5, plot.right, plot.bottom + 0.5, 'quiet'),
    ...shown.map(({ x, text }) => labelMarkup({ x, y, text, anchor: 'middle' })),
    labelMarkup({ x: plot.right, y, text: title, anchor: 'end' }),
  ]
}

/** A tenth of a pixel is enough. */
export function px(value: number): number {
  return Math.round(value * 10) / 10
}
