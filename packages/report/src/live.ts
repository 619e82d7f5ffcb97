// A run while it goes on: one line a window where nobody watches, a few lines for a terminal. Pure text from a state, no colour, no cursor:
// whoever prints it owns the stream. No line is longer than the width asked for, so that a redraw always counts its lines right.
import { columnsOf, cutTo, pad } from './columns.ts'
import { plainLine } from './escape.ts'
import { sayClock, sayCount, sayMs, sayRate, sayShare, saySpan } from './format.ts'
import { sparkline } from './sparkline.ts'

export type LiveState = {
  readonly name: string
  readonly elapsedMs: number
  /** Planned length of the traffic; what runs longer is draining. */
  readonly lastingMs: number
  readonly phases: readonly { readonly name: string; readonly startMs: number; readonly lastingMs: number }[]
  readonly phase: string | null
  /** Null in the closed model, where nothing is planned. */
  readonly plannedPerSec: number | null
  readonly sentPerSec: number
  readonly okPerSec: number
  /** Since the run began, as are `dropped` and `causes`. */
  readonly failed: number
  readonly dropped: number
  /** (failed + dropped) ÷ (done + dropped) so far, as the objective on errors counts; null before anything was done. */
  readonly failedRatio: number | null
  /** Shoppers who lost patience or were told no for good, since the run began. */
  readonly lost: number
  readonly causes: Readonly<Record<string, number>>
  /** Response times in ms of the last window; null when nothing was answered in it. */
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
  readonly max: number | null
  readonly inFlight: number
  /** Sent per second, window by window, the latest last. */
  readonly recent: readonly number[]
  readonly plannedRecent: readonly number[]
  /** What is already known to be broken, in words. */
  readonly breaches: readonly string[]
}

/** `00:12  doors  planned 300/s  sent 300/s  ok 298/s  failed 2  p50 3.2 ms  p99 18 ms  in flight 12` */
export function liveLine(state: LiveState): string {
  const { elapsedMs, phase, plannedPerSec, sentPerSec, okPerSec, failed, dropped, lost, p50, p99, inFlight } = state
  return [
    sayClock(elapsedMs),
    phase === null ? '' : plainLine(phase),
    plannedPerSec === null ? '' : `planned ${sayRate(plannedPerSec)}`,
    `sent ${sayRate(sentPerSec)}`,
    `ok ${sayRate(okPerSec)}`,
    `failed ${sayCount(failed)}`,
    dropped === 0 ? '' : `dropped ${sayCount(dropped)}`,
    lost === 0 ? '' : `lost ${sayCount(lost)} shoppers`,
    `p50 ${sayMs(p50)}`,
    `p99 ${sayMs(p99)}`,
    `in flight ${sayCount(inFlight)}`,
  ]
    .filter((part) => part !== '')
    .join('  ')
}

const mostCauses = 3
const mostBreaches = 3
const leastWidth = 30

/** Lines joined by newlines. How many there are may change with the breaches. */
export function liveScreen(state: LiveState, width: number): string {
  const room = Math.max(leastWidth, width)
  return [
    header(state, room),
    ...(state.phases.length > 0 ? phaseBar(state, room) : [bar(0, room, filledTo(state, room))]),
    '',
    ...rateLines(state, room),
    outcomeLine(state),
    `p50 ${sayMs(state.p50)}   p95 ${sayMs(state.p95)}   p99 ${sayMs(state.p99)}   max ${sayMs(state.max)}`,
    ...causeLines(state),
    ...breachLines(state.breaches),
  ]
    .map((line) => cutTo(line.trimEnd(), room))
    .join('\n')
}

function header({ name, elapsedMs, lastingMs }: LiveState, room: number): string {
  const left = elapsedMs >= lastingMs ? 'draining' : `${saySpan(Math.ceil((lastingMs - elapsedMs) / 1e3) * 1e3)} left`
  const long = `${sayClock(elapsedMs)} of ${sayClock(lastingMs)}, ${left}`
  const clock = room < columnsOf(long) + 16 ? left : long
  return `${pad(plainLine(name), Math.max(0, room - columnsOf(clock) - 2))}  ${clock}`
}

function filledTo({ elapsedMs, lastingMs }: LiveState, room: number): number {
  return lastingMs <= 0 ? room : Math.round((Math.min(elapsedMs, lastingMs) / lastingMs) * room)
}

/** One stretch of the bar between two columns, filled as far as the run has come. */
function bar(from: number, to: number, filled: number): string {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => (from + i < filled ? '█' : '░')).join('')
}

/** Phases side by side, as wide as they last, the name of each below it; the one under way is marked. */
function phaseBar(state: LiveState, room: number): readonly string[] {
  const filled = filledTo(state, room)
  const column = (ms: number): number => Math.round((Math.min(ms, state.lastingMs) / Math.max(1, state.lastingMs)) * room)
  const edges = new Set(state.phases.map((phase) => column(phase.startMs)).filter((edge) => edge > 0))
  const cells = Array.from(bar(0, room, filled), (cell, i) => (edges.has(i) ? '│' : cell))
  const names = state.phases.map((phase, i) => {
    const next = state.phases[i + 1]
    const room = column(next?.startMs ?? state.lastingMs) - column(phase.startMs)
    const mark = phase.name === state.phase ? '▸' : ''
    return pad(room < 4 ? mark : cutTo(`${mark}${plainLine(phase.name)}`, room - 1), room)
  })
  const before = ' '.repeat(column(state.phases[0]?.startMs ?? 0))
  return [cells.join(''), before + names.join('')]
}

function rateLines({ plannedPerSec, sentPerSec, recent, plannedRecent }: LiveState, room: number): readonly string[] {
  const columns = Math.min(60, Math.max(0, room - 22))
  const most = Math.max(...recent, ...plannedRecent, 0)
  const line = (title: string, perSec: number, values: readonly number[]): string =>
    `${title.padEnd(8)} ${sayRate(perSec).padStart(11)}  ${sparkline(values, most, columns)}`
  return [...(plannedPerSec === null ? [] : [line('planned', plannedPerSec, plannedRecent)]), line('sent', sentPerSec, recent)]
}

function outcomeLine({ okPerSec, failed, dropped, lost, inFlight }: LiveState): string {
  const left = lost === 0 ? '' : `   shoppers lost ${sayCount(lost)}`
  return `${'ok'.padEnd(8)} ${sayRate(okPerSec).padStart(11)}  failed ${sayCount(failed)}   dropped ${sayCount(dropped)}   in flight ${sayCount(inFlight)}${left}`
}

function causeLines({ causes, failedRatio }: LiveState): readonly string[] {
  const top = Object.entries(causes)
    .filter(([, count]) => count > 0)
    .toSorted(([, a], [, b]) => b - a)
  if (top.length === 0) return []
  const shown = top.slice(0, mostCauses).map(([cause, count]) => `${plainLine(cause)} ${sayCount(count)}`)
  const more = top.length > mostCauses ? [`${top.length - mostCauses} more`] : []
  return [`causes   ${[...shown, ...more].join(' · ')}   (${sayShare(failedRatio)} failed so far)`]
}

function breachLines(breaches: readonly string[]): readonly string[] {
  const hidden = breaches.length - mostBreaches
  return [...breaches.slice(0, mostBreaches).map((breach) => `✗ ${plainLine(breach)}`), ...(hidden > 0 ? [`✗ and ${hidden} more`] : [])]
}
