// The traffic shape as text: filled columns of rate over time, with the phases under them. Numbers in, text out; knows
// neither stages nor terminals (no colour, no control codes).
//
//   300/s ┤           ▆█▅▃▂
//         │    ▁▂▄▅▇███████▇▅▄▃▂▁
//     0/s └┬────────┬────────┬─────
//          0s       1m       2m
//          ├ baseline ┼ doors ─────┤
import { sayPlain } from './format.ts'

export type ShapeSketch = {
  /** Length of a bucket; the last one may be cut short by the end. */
  readonly everyMs: number
  /** Planned arrivals in each bucket. */
  readonly arrivals: readonly number[]
  readonly phases: readonly DrawnPhase[]
  readonly lastingMs: number
}

export type DrawnPhase = { readonly name: string; readonly startMs: number; readonly lastingMs: number }

/** A bucket length that draws well: 1 s, so that a burst shows as arrivals in its second, and less for a plan under 100 s. */
export function shapeBucketMs(lastingMs: number): number {
  return lastingMs > 0 ? Math.min(1000, lastingMs / 100) : 1000
}

/** `width` is of the whole drawing and at least 20; `height` is the most rows that columns may fill. */
export type DrawingOptions = { readonly width?: number; readonly height?: number; readonly characters?: 'blocks' | 'ascii' }

type Characters = {
  /** From a sliver to a full cell. */
  readonly fills: readonly string[]
  readonly axis: { readonly up: string; readonly mark: string; readonly corner: string; readonly along: string; readonly tick: string }
  readonly span: { readonly open: string; readonly meet: string; readonly close: string; readonly along: string }
  readonly until: string
}

const alphabets: Readonly<Record<'blocks' | 'ascii', Characters>> = {
  blocks: {
    fills: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
    axis: { up: '│', mark: '┤', corner: '└', along: '─', tick: '┬' },
    span: { open: '├', meet: '┼', close: '┤', along: '─' },
    until: '–',
  },
  ascii: {
    fills: ['.', ':', '#'],
    axis: { up: '|', mark: '+', corner: '+', along: '-', tick: '+' },
    span: { open: '|', meet: '|', close: '|', along: '-' },
    until: '-',
  },
}

/**
 * Lines joined by newlines, none wider than `width`. A column shows the highest bucket inside it, so that a short burst
 * stays visible however long the plan; and any rate above zero shows at least a sliver.
 */
export function drawShape(sketch: ShapeSketch, { width = 80, height = 12, characters = 'blocks' }: DrawingOptions = {}): string {
  const look = alphabets[characters]
  const spanMs = spanOf(sketch)
  const scale = rateScale(highest(bucketRates(sketch)), height)
  const labels = scale.ticks.map((tick) => `${sayPlain(tick)}/s`)
  const margin = Math.max(...labels.map((label) => label.length)) + 2
  const columns = Math.max(20, width) - margin
  const place = (atMs: number): number => Math.min(columns, Math.round((atMs / spanMs) * columns))
  const gutter = ' '.repeat(margin)
  return [
    ...drawRows(columnRates(sketch, spanMs, columns), scale, look, margin - 2),
    ...drawTimes(spanMs, columns, labels[0] ?? '', look, margin - 2),
    ...drawPhases(sketch.phases, columns, place, look).map((line) => gutter + line),
  ]
    .map((line) => line.trimEnd())
    .join('\n')
}

/** The end of the traffic, or of the bucket after it that holds a burst at the very end. */
function spanOf({ everyMs, arrivals, lastingMs }: ShapeSketch): number {
  return (arrivals.length - 1) * everyMs >= lastingMs ? Math.max(1, arrivals.length) * everyMs : lastingMs
}

/** Mean rate of each bucket. The end may cut the last one short, but not to a needle: a burst may stand in it. */
function bucketRates({ everyMs, arrivals, lastingMs }: ShapeSketch): readonly number[] {
  return arrivals.map((count, index) => {
    const leftMs = lastingMs - index * everyMs
    return (1000 * count) / (leftMs > 0 ? Math.min(everyMs, Math.max(everyMs / 10, leftMs)) : everyMs)
  })
}

/** Not Math.max(...): a day of seconds is more arguments than a call may have. */
function highest(rates: readonly number[]): number {
  return rates.reduce((most, rate) => Math.max(most, rate), 0)
}

function columnRates(sketch: ShapeSketch, spanMs: number, columns: number): readonly number[] {
  const rates = bucketRates(sketch)
  const bucketAt = (column: number): number => (column * spanMs) / columns / sketch.everyMs
  return Array.from({ length: columns }, (_, column) => {
    // Buckets whose middle lies in the column; where buckets are wider than columns, the one under the column's middle.
    const inside = rates.slice(Math.ceil(bucketAt(column) - 0.5), Math.ceil(bucketAt(column + 1) - 0.5))
    return inside.length > 0 ? highest(inside) : (rates[Math.floor(bucketAt(column + 0.5))] ?? 0)
  })
}

type RateScale = { readonly ticks: readonly number[]; readonly rowsPerTick: number; readonly perRow: number }

/** The round steps (1, 2, 2.5 or 5 times a power of ten) whose top lies least above the peak, with whole rows between them. */
function rateScale(peakPerSec: number, height: number): RateScale {
  const peak = peakPerSec > 0 ? peakPerSec : 1
  const mostTicks = Math.max(2, Math.min(6, Math.floor(height / 3)))
  const decade = 10 ** Math.floor(Math.log10(peak))
  const steps = [0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5, 10].map((factor) => factor * decade)
  const fitting = steps.map((step) => ({ step, count: Math.ceil(peak / step - 1e-9) })).filter(({ count }) => count <= mostTicks)
  const { step, count } = fitting.reduce((best, each) => (each.step * each.count < best.step * best.count * (1 - 1e-9) ? each : best))
  const rowsPerTick = Math.max(1, Math.floor(height / count))
  return { ticks: Array.from({ length: count + 1 }, (_, tick) => tick * step), rowsPerTick, perRow: step / rowsPerTick }
}

/** From the top row down. A label stands in the row whose upper edge is its value. */
function drawRows(rates: readonly number[], { ticks, rowsPerTick, perRow }: RateScale, look: Characters, labelWidth: number): string[] {
  const rows = (ticks.length - 1) * rowsPerTick
  return Array.from({ length: rows }, (_, index) => {
    const row = rows - 1 - index
    const tick = ticks[(row + 1) / rowsPerTick]
    const label = tick === undefined ? '' : `${sayPlain(tick)}/s`
    const edge = tick === undefined ? look.axis.up : look.axis.mark
    return `${label.padStart(labelWidth)} ${edge}${rates.map((rate) => cell(rate / perRow - row, row, rate, look)).join('')}`
  })
}

/** `filled` is in rows above the cell's lower edge. */
function cell(filled: number, row: number, rate: number, { fills }: Characters): string {
  const level = Math.min(fills.length, Math.round(filled * fills.length))
  if (level <= 0) return row === 0 && rate > 0 ? (fills[0] ?? '') : ' '
  return fills[level - 1] ?? ' '
}

const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const roundTimesMs = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * secondMs),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minuteMs),
  ...[1, 2, 3, 6, 12, 24, 48, 120, 240, 720].map((hours) => hours * hourMs),
]

/** The axis with its ticks, and the times under them. */
function drawTimes(spanMs: number, columns: number, zero: string, look: Characters, labelWidth: number): string[] {
  const stepMs = roundTimesMs.find((ms) => (ms / spanMs) * columns >= 8) ?? spanMs
  const axis = new Array<string>(columns).fill(look.axis.along)
  let times = ''
  for (let tick = 0; tick * stepMs <= spanMs * (1 + 1e-9); tick += 1) {
    const label = formatMs(tick * stepMs)
    const column = Math.min(columns - 1, Math.round(((tick * stepMs) / spanMs) * columns))
    axis[column] = look.axis.tick
    // The last label may not fit under its tick.
    const start = Math.min(column, columns - label.length)
    if (tick === 0 || start > times.length) times = times.padEnd(start) + label
  }
  return [`${zero.padStart(labelWidth)} ${look.axis.corner}${axis.join('')}`, `${' '.repeat(labelWidth + 2)}${times}`]
}

/** One line of spans; those too narrow for their name carry a number, explained in the lines below. */
function drawPhases(phases: readonly DrawnPhase[], columns: number, place: (atMs: number) => number, look: Characters): string[] {
  if (phases.length === 0) return []
  const line = new Array<string>(columns).fill(' ')
  const notes: string[] = []
  const spans = phases.map((phase) => ({
    phase,
    from: Math.min(columns - 1, place(phase.startMs)),
    to: Math.min(columns - 1, place(phase.startMs + phase.lastingMs)),
  }))
  for (const { from, to } of spans) drawSpan(line, from, to, look)
  // Labels last: the number of a phase at one instant stands on its neighbours' edge.
  for (const { phase, from, to } of spans) {
    const room = to - from - 1
    const isNamed = room >= phase.name.length
    if (!isNamed) notes.push(`${notes.length + 1} ${phase.name} ${sayPeriod(phase, look)}`)
    write(line, room > 0 ? from + 1 : from, isNamed ? padded(phase.name, room) : String(notes.length))
  }
  return [line.join(''), ...wrapped(notes, columns)]
}

function drawSpan(line: string[], from: number, to: number, { span }: Characters): void {
  line.fill(span.along, from + 1, to)
  line[from] = line[from] === span.close ? span.meet : span.open
  if (to > from) line[to] = span.close
}

function write(line: string[], from: number, text: string): void {
  line.splice(from, text.length, ...text)
}

/** With a space at each side if there is room for them. */
function padded(name: string, room: number): string {
  return room >= name.length + 2 ? ` ${name} ` : name
}

function sayPeriod({ startMs, lastingMs }: DrawnPhase, { until }: Characters): string {
  return lastingMs === 0 ? `at ${formatMs(startMs)}` : `${formatMs(startMs)}${until}${formatMs(startMs + lastingMs)}`
}

function wrapped(notes: readonly string[], columns: number): string[] {
  const lines: string[] = []
  for (const note of notes) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 3 + note.length <= columns) lines[lines.length - 1] = `${last}   ${note}`
    else lines.push(note.slice(0, columns))
  }
  return lines
}

/** `1m30s`, `2h`, `500ms`; at most two units, from the largest. */
function formatMs(ms: number): string {
  if (ms < secondMs) return ms === 0 ? '0s' : `${sayPlain(Number(ms.toPrecision(3)))}ms`
  if (ms < minuteMs) return `${sayPlain(Number((ms / secondMs).toPrecision(3)))}s`
  const [unitMs, unit, nextMs, next] = ms < hourMs ? ([minuteMs, 'm', secondMs, 's'] as const) : ([hourMs, 'h', minuteMs, 'm'] as const)
  const rounded = Math.round(ms / nextMs) * nextMs
  const rest = (rounded % unitMs) / nextMs
  return `${Math.floor(rounded / unitMs)}${unit}${rest === 0 ? '' : `${rest}${next}`}`
}
