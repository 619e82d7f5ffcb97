// What is shown while a run goes on: a screen that redraws itself on a terminal, one line a window anywhere else.
import type { RunStart, ShopperCounts, TimelineRow } from '@doorbuster/measurements'
import type { LiveState } from '@doorbuster/report'
import { liveLine, liveScreen } from '@doorbuster/report'
import type { Sink, World } from './world.ts'
import { isLive, widthOf } from './world.ts'

/** One row of the timeline; and so far: causes, shoppers, and what is broken. */
type Seen = readonly [
  row: TimelineRow,
  causes: Readonly<Record<string, number>>,
  shoppers: Readonly<ShopperCounts>,
  breaches: readonly string[],
]

export type Progress = {
  window(...seen: Seen): void
  note(text: string): void
  /** Leaves the last state on the screen. */
  end(): void
}

const silent: Progress = { window: () => {}, note: () => {}, end: () => {} }
const mostRecent = 60
const controlSequence = '\u001b['

/** The last window of a run may be a few ms; as a rate it would only mislead. */
const shortestShownMs = 500

export function showProgress(world: World, start: RunStart, isQuiet: boolean): Progress {
  if (isQuiet) return silent
  const { stderr } = world
  const progress = isLive(world, stderr) ? screen(stderr, start) : lines(stderr, start)
  return { ...progress, window: (row, ...rest) => row.lastingMs >= shortestShownMs && progress.window(row, ...rest) }
}

function lines(sink: Sink, start: RunStart): Progress {
  const next = stateOf(start)
  return {
    window: (...seen) => sink.write(`${liveLine(next(...seen))}\n`),
    note: (text) => sink.write(`${text}\n`),
    end: () => {},
  }
}

/** Writes over its own last lines: up as many as there were, then clear to the end of the screen. */
function screen(sink: Sink, start: RunStart): Progress {
  const next = stateOf(start)
  let drawn = 0
  const clear = (): string => (drawn === 0 ? '' : `${controlSequence}${drawn}A${controlSequence}0J`)
  return {
    window: (...seen) => {
      const text = liveScreen(next(...seen), widthOf(sink))
      sink.write(`${clear()}${text}\n`)
      drawn = text.split('\n').length
    },
    note: (text) => {
      sink.write(`${clear()}${text}\n`)
      drawn = 0
    },
    end: () => {
      drawn = 0
    },
  }
}

function stateOf(start: RunStart): (...seen: Seen) => LiveState {
  const sums = { failed: 0, dropped: 0 }
  const recent: number[] = []
  const plannedRecent: number[] = []
  return (row, causes, { gaveUp, turnedAway }, breaches) => {
    const perSec = (count: number): number => (row.lastingMs > 0 ? (count * 1e3) / row.lastingMs : 0)
    sums.failed += row.failed
    sums.dropped += row.dropped
    const plannedPerSec = start.model === 'closed' ? null : plannedAt(start, row.startMs)
    keep(recent, perSec(row.sent))
    keep(plannedRecent, plannedPerSec ?? 0)
    const phase = start.phases.findLast(({ startMs, lastingMs }) => row.startMs >= startMs - 1 && row.startMs < startMs + lastingMs)
    return {
      name: start.name,
      elapsedMs: row.startMs + row.lastingMs,
      lastingMs: start.lastingMs,
      phases: start.phases,
      phase: phase?.name ?? null,
      plannedPerSec,
      sentPerSec: perSec(row.sent),
      okPerSec: perSec(row.ok + row.degraded),
      ...sums,
      lost: gaveUp + turnedAway,
      causes,
      p50: row.p50,
      p95: row.p95,
      p99: row.p99,
      max: row.max,
      inFlight: Math.round(row.inFlight),
      recent,
      plannedRecent,
      breaches,
    }
  }
}

function plannedAt({ planned: { everyMs, arrivals } }: RunStart, startMs: number): number {
  return ((arrivals[Math.floor(startMs / everyMs)] ?? 0) * 1e3) / everyMs
}

function keep(values: number[], value: number): void {
  values.push(value)
  if (values.length > mostRecent) values.shift()
}
