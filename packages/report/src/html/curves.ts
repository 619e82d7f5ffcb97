// How response times are distributed: which lines a percentile plot has, and the numbers behind it. Knows nothing of SVG.
import type { Curve, CurvePoint } from '@doorbuster/measurements'
import { sayMs } from '../format.ts'
import type { Report } from '../report.ts'
import type { DrawnCurve } from './curve-plot.ts'
import { curvesSvg, sayPercentile } from './curve-plot.ts'
import type { Key } from './figure.ts'
import { exhibitMarkup, sizes } from './figure.ts'
import type { Markup } from './markup.ts'
import type { InkName } from './palette.ts'

const stepInks = ['curve1', 'curve2', 'curve3', 'curve4'] as const satisfies readonly InkName[]

export function distributionFigure(report: Report): Markup | null {
  const curves = (report.gallery?.curves ?? []).filter(({ of }) => of === 'response')
  const drawn = curves.map((curve, i): DrawnCurve => {
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
  const drawn: readonly DrawnCurve[] = [
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

function curvesFigure(all: readonly DrawnCurve[], { id, title, axis, note }: Words): Markup | null {
  const drawn = all.filter(({ curve }) => curve.points.length > 1)
  const longest = drawn.reduce<readonly CurvePoint[]>((most, { curve }) => (curve.points.length > most.length ? curve.points : most), [])
  const mostBeyond = longest.at(-1)?.[0] ?? 0
  if (mostBeyond < 2) return null
  const marks = longest.map(([beyond]) => beyond)
  const cellsOf = (beyond: number): readonly string[] => [sayPercentile(beyond), ...drawn.map(({ curve }) => sayMsAt(curve.points, beyond))]
  const label = `${title}: ${drawn.map(({ name, curve }) => `${name}, ${endInWords(curve)}`).join('; ')}.`
  return exhibitMarkup({
    id,
    title,
    keys: drawn.map(keyOf),
    pictures: sizes.map((size) => curvesSvg(drawn, { size, id: `${id}-${size.name}`, label, axis, mostBeyond })),
    titles: ['percentile', ...drawn.map(({ name }) => name)],
    rows: marks.map(cellsOf),
    places: marks.map((beyond) => ({ share: Math.log10(beyond) / Math.log10(mostBeyond), cells: cellsOf(beyond) })),
    notes: [note],
  })
}

function keyOf({ ink, name, dash }: DrawnCurve): Key {
  return { ink, text: name, ...(dash === undefined ? {} : { look: 'dashed' }) }
}

function endInWords({ points }: Curve): string {
  const [beyond, ms] = points.at(-1) ?? [1, 0]
  return `${sayPercentile(beyond)} ${sayMs(ms)}`
}

function sayMsAt(points: readonly CurvePoint[], beyond: number): string {
  return sayMs(points.find(([at]) => Math.abs(at - beyond) < beyond * 1e-9)?.[1] ?? null)
}
