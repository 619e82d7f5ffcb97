// Lines over time as a static SVG. The only module that knows ECharts; knows nothing of reports, and escapes nothing itself:
// ECharts' SVG renderer escapes every label (a test holds it to that).
import { LineChart } from 'echarts/charts'
import { GridComponent, MarkAreaComponent, MarkLineComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { clip, escapeHtml, plainLine } from '../escape.ts'
import { sayClock } from '../format.ts'
import type { Point } from './condense.ts'
import type { Markup } from './markup.ts'
import { trusted } from './markup.ts'
import type { InkName } from './palette.ts'
import { palette } from './palette.ts'

use([LineChart, GridComponent, MarkAreaComponent, MarkLineComponent, SVGRenderer])

export type Line = {
  readonly ink: InkName
  readonly points: readonly Point[]
  readonly widthPx: number
  readonly dash?: 'dashed' | 'dotted'
  readonly filled?: boolean
}
export type Band = { readonly name: string; readonly fromMs: number; readonly toMs: number }
/** A level that should not be crossed, drawn over the time in which it holds. */
export type Level = { readonly text: string; readonly value: number; readonly fromMs: number; readonly toMs: number }

export type Drawing = {
  /** Read aloud instead of the picture. */
  readonly label: string
  readonly lines: readonly Line[]
  readonly bands: readonly Band[]
  readonly levels: readonly Level[]
  readonly lastingMs: number
  readonly scale: 'linear' | 'log'
  readonly sayValue: (value: number) => string
}

export type Size = { readonly name: 'wide' | 'narrow'; readonly widthPx: number; readonly heightPx: number }

const margin = { left: 58, right: 14, top: 26, bottom: 26 }
const fontPx = 12
/** Mean width of a letter in a system sans-serif at 12 px: labels that would not fit their band are cut or left out. */
const letterPx = 6.6

/** `id` must be unlike every other chart's on the page. */
export function drawSvg(drawing: Drawing, size: Size, id: string): Markup {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: size.widthPx, height: size.heightPx })
  try {
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: 'system-ui,sans-serif', fontSize: fontPx },
      grid: { ...margin, outerBoundsMode: 'none' },
      xAxis: timeAxis(drawing, size),
      yAxis: valueAxis(drawing),
      series: [backdrop(drawing, size), ...drawing.lines.map((line) => lineSeries(line, drawing.scale))],
    })
    return trusted(tidy(chart.renderToSVGString(), drawing.label, size, id))
  } finally {
    // An undisposed chart keeps the process from ending.
    chart.dispose()
  }
}

const axisLabel = { color: palette.quiet.light, fontSize: fontPx, hideOverlap: true }

function timeAxis({ lastingMs }: Drawing, { widthPx }: Size): object {
  return {
    type: 'value',
    min: 0,
    max: lastingMs,
    interval: tickMs(lastingMs, Math.floor(widthPx / 90)),
    axisLine: { lineStyle: { color: palette.quiet.light } },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: { ...axisLabel, showMaxLabel: false, formatter: sayClock },
  }
}

const niceSeconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400]

/** The smallest pleasant step that gives at most `most` ticks. */
export function tickMs(lastingMs: number, most: number): number {
  const least = lastingMs / 1e3 / Math.max(1, most)
  return (niceSeconds.find((seconds) => seconds >= least) ?? Math.ceil(least / 86_400) * 86_400) * 1e3
}

function valueAxis({ scale, sayValue, lines }: Drawing): object {
  const values = lines.flatMap((line) => line.points.map(([, value]) => value).filter((value) => value !== null && value > 0))
  const least = values.reduce<number>((a, b) => Math.min(a, b ?? a), Number.POSITIVE_INFINITY)
  const range =
    scale === 'log'
      ? { type: 'log', min: 10 ** Math.floor(Math.log10(Number.isFinite(least) ? Math.max(least, smallest) : 1)) }
      : { type: 'value', min: 0 }
  return {
    ...range,
    splitNumber: 4,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: palette.rule.light } },
    axisLabel: { ...axisLabel, formatter: sayValue },
  }
}

/** A logarithmic axis has no zero; one µs is the finest that is measured. */
const smallest = 0.001

function lineSeries({ points, ink, widthPx, dash, filled }: Line, scale: Drawing['scale']): object {
  const color = palette[ink].light
  return {
    type: 'line',
    data: points.map(([atMs, value], i) => {
      const placed = [atMs, value !== null && scale === 'log' ? Math.max(value, smallest) : value]
      // A second with answers between two without would be a line of no length.
      const alone = value !== null && (points[i - 1]?.[1] ?? null) === null && (points[i + 1]?.[1] ?? null) === null
      return alone ? { value: placed, symbol: 'circle', symbolSize: widthPx * 2 } : placed
    }),
    symbol: 'none',
    showSymbol: true,
    silent: true,
    clip: true,
    itemStyle: { color },
    lineStyle: { color, width: widthPx, type: dash ?? 'solid', join: 'round' },
    ...(filled === true ? { areaStyle: { color, opacity: 0.14 } } : {}),
  }
}

/** Phases as bands, every second one shaded, and levels, on a series of their own below all lines. */
function backdrop({ bands, levels, lastingMs }: Drawing, { widthPx }: Size): object {
  const pxPerMs = (widthPx - margin.left - margin.right) / Math.max(1, lastingMs)
  return {
    type: 'line',
    // Unseen points that make the axis reach up to every level: how far below its limit a run stayed is half the news.
    data: levels.map((level) => [level.fromMs, level.value]),
    symbol: 'none',
    lineStyle: { opacity: 0 },
    silent: true,
    z: 1,
    markArea: {
      silent: true,
      label: { position: 'top', distance: 6, color: palette.quiet.light, fontSize: fontPx, textBorderWidth: 0 },
      data: bands.map((band, i) => [
        {
          name: fitting(band.name, (band.toMs - band.fromMs) * pxPerMs),
          xAxis: band.fromMs,
          itemStyle: { color: palette.band.light, opacity: i % 2 === 1 ? 0.09 : 0 },
        },
        { xAxis: band.toMs },
      ]),
    },
    markLine: {
      silent: true,
      symbol: 'none',
      lineStyle: { color: palette.limit.light, type: [6, 4], width: 1.5 },
      label: { position: 'insideStartTop', color: palette.limit.light, fontSize: fontPx, textBorderWidth: 0 },
      data: levels.map((level) => [
        { name: fitting(level.text, (level.toMs - level.fromMs) * pxPerMs), coord: [level.fromMs, level.value] },
        { coord: [level.toMs, level.value] },
      ]),
    },
  }
}

function fitting(outside: string, widthPx: number): string {
  const text = plainLine(outside)
  const letters = Math.floor((widthPx - 4) / letterPx)
  const fitted = text.length <= letters ? text : letters < 5 ? '' : clip(text, letters)
  // The chart library caches widths in plain objects, keyed by the text: a phase named `__proto__` would write into every object of the process.
  return fitted in Object.prototype ? `${fitted}\u2060` : fitted
}

/** Names the picture, lets it scale, and drops what only a script or a second chart on the page would trip over: hover styles, metadata, equal ids. */
function tidy(svg: string, label: string, { name, widthPx, heightPx }: Size, id: string): string {
  return svg
    .replace(/<svg [^>]*>/, `<svg class="${name}" viewBox="0 0 ${widthPx} ${heightPx}" role="img" aria-label="${escapeHtml(label)}">`)
    .replace(/<style ?>[\s\S]*?<\/style>/g, '')
    .replace(/ (?:class="zr\d+-cls-\d+"|ecmeta_\w+="[^"]*"|pointer-events="visible"|xml:space="preserve")/g, '')
    .replace(/(id="|url\(#)zr\d+-/g, `$1${id}-`)
    .replace(/\n/g, '')
}
