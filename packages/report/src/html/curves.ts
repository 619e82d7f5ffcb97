// How response times are distributed: percentiles across, each decade of rarity as wide as the last (as HdrHistogram plots them), time up.
import type { Curve, CurvePoint } from '@doorbuster/measurements'
import { nothing, sayMs, sayTick } from '../format.ts'
import type { Report } from '../report.ts'
import type { Key } from './figure.ts'
import { exhibitMarkup, sizes } from './figure.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import type { InkName } from './palette.ts'
import { palette } from './palette.ts'
import { linePath } from './path.ts'
import type { Plot, Size } from './plot.ts'
import { fitting, footAxis, labelMarkup, svgMarkup, valueAxis } from './plot.ts'
import type { Scale } from './scale.ts'
import { linearScale, logScale } from './scale.ts'

type Drawn = { readonly name: string; readonly ink: InkName; readonly widthPx: number; readonly dash?: string; readonly curve: Curve }

const stepInks = ['curve1', 'curve2', 'curve3', 'curve4'] as const satisfies readonly InkName[]

export function distributionFigure(report: Report): Markup | null {
  const curves = (report.gallery?.curves ?? []).filter(({ of }) => of === 'response')
  const drawn = curves.map((curve, i): Drawn => {
    if (curve.step === null) return { name: 'all steps', ink: 'sent', widthPx: 2.5, curve }
    const ink = stepInks[(i - 1) % stepInks.length] ?? 'curve1'
    return { name: curve.step, ink, widthPx: 1.6, ...(i > stepInks.length ? { dash: '5 3' } : {}), curve }
  })
  return curvesFigure(drawn, {
    id: 'distribution',
    title: 'Response times by percentile',
    axis: 'response time',
    note: `Each line ends where ${carried} answers are left above it: higher percentiles would be another next time.`,
  })
}

export function serviceFigure(report: Report): Markup | null {
  const curve = (of: Curve['of']): Curve | undefined => report.gallery?.curves.find((one) => one.step === null && one.of === of)
  const [response, service] = [curve('response'), curve('service')]
  if (response === undefined || service === undefined) return null
  const drawn: readonly Drawn[] = [
    { name: 'response', ink: 'sent', widthPx: 2, curve: response },
    { name: 'service', ink: 'curve1', widthPx: 2, dash: '5 3', curve: service },
  ]
  return curvesFigure(drawn, {
    id: 'service',
    title: 'Response time against service time',
    axis: 'time',
    note: 'Response is counted from when a request was due, service from when it was sent. Where the lines part, requests waited here for a connection or for their turn.',
  })
}

const carried = 10

type Words = { readonly id: string; readonly title: string; readonly axis: string; readonly note: string }

function curvesFigure(all: readonly Drawn[], { id, title, axis, note }: Words): Markup | null {
  const drawn = all.filter(({ curve }) => curve.points.length > 1)
  const longest = drawn.reduce<readonly CurvePoint[]>((most, { curve }) => (curve.points.length > most.length ? curve.points : most), [])
  const mostBeyond = longest.at(-1)?.[0] ?? 0
  if (mostBeyond < 2) return null
  const marks = longest.map(([beyond]) => beyond)
  const cellsOf = (beyond: number): readonly string[] => [sayPercentile(beyond), ...drawn.map(({ curve }) => sayMsAt(curve.points, beyond))]
  const label = `${title}: ${drawn.map(({ name, curve }) => `${name}, ${curve.points.at(-1) === undefined ? nothing : endInWords(curve)}`).join('; ')}.`
  return exhibitMarkup({
    id,
    title,
    keys: drawn.map(keyOf),
    pictures: sizes.map((size) => pictureOf(drawn, { size, id: `${id}-${size.name}`, label, axis, mostBeyond })),
    titles: ['percentile', ...drawn.map(({ name }) => name)],
    rows: marks.map(cellsOf),
    places: marks.map((beyond) => ({ share: Math.log10(beyond) / Math.log10(mostBeyond), cells: cellsOf(beyond) })),
    notes: [note],
  })
}

function keyOf({ ink, name, dash }: Drawn): Key {
  return { ink, text: name, ...(dash === undefined ? {} : { look: 'dashed' }) }
}

function endInWords({ points }: Curve): string {
  const [beyond, ms] = points.at(-1) ?? [1, 0]
  return `${sayPercentile(beyond)} ${sayMs(ms)}`
}

function sayMsAt(points: readonly CurvePoint[], beyond: number): string {
  return sayMs(points.find(([at]) => Math.abs(at - beyond) < beyond * 1e-9)?.[1] ?? null)
}

/** 100 → `p99`, 1,000 → `p99.9`. */
function sayPercentile(beyond: number): string {
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

function pictureOf(drawn: readonly Drawn[], { size, id, label, axis, mostBeyond }: Scene): Markup {
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

function scaleOf(drawn: readonly Drawn[], { top, bottom }: Plot): Scale {
  const times = drawn.flatMap(({ curve }) => curve.points.map(([, ms]) => ms))
  const [least, most] = [Math.max(0.001, Math.min(...times)), Math.max(0.001, ...times)]
  const span = { from: bottom, to: top }
  return most > 20 * least ? logScale(least, most, span) : linearScale(most, span)
}

/** The lines' names at the right, in the order in which they end, each with a thread to its end. */
function endNames(drawn: readonly Drawn[], { x, scale, plot, widthPx }: EndPlaces): readonly (Markup | null)[] {
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
