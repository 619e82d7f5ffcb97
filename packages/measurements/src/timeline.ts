// The rows a report draws, one a window; past the limit neighbours are joined, so that a day's run draws as many as an hour's.
import type { TimelineRow } from './facts.ts'
import { Histogram } from './histogram.ts'
import { JoinedRows } from './joined-rows.ts'
import type { Window } from './window.ts'

export const mostRows = 3_600

/** Joined rows add their counts and keep the worse of their percentiles: a bad second never disappears in a longer row. */
export class Timeline {
  readonly #rows = new JoinedRows<TimelineRow>({ most: mostRows, join })
  readonly #response = Histogram.create()

  add(window: Window): TimelineRow {
    const row = this.#row(window)
    this.#rows.add(row)
    return row
  }

  get rows(): readonly TimelineRow[] {
    return this.#rows.rows
  }

  #row(window: Window): TimelineRow {
    const sum = { due: 0, sent: 0, ok: 0, degraded: 0, failed: 0, dropped: 0 }
    this.#response.reset()
    for (const { counts, response } of window.cells) {
      for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += counts[key]
      this.#response.add(response)
    }
    return {
      startMs: window.startMs,
      lastingMs: window.lastingMs,
      ...sum,
      inFlight: window.inFlight.mean,
      p50: this.#response.percentileMs(50),
      p95: this.#response.percentileMs(95),
      p99: this.#response.percentileMs(99),
      max: this.#response.maxMs,
      latenessP99: window.lateness.percentileMs(99),
      ...(window.tenths !== undefined && { tenths: window.tenths }),
    }
  }
}

function join(a: TimelineRow, b: TimelineRow): TimelineRow {
  return {
    startMs: a.startMs,
    lastingMs: a.lastingMs + b.lastingMs,
    due: a.due + b.due,
    sent: a.sent + b.sent,
    ok: a.ok + b.ok,
    degraded: a.degraded + b.degraded,
    failed: a.failed + b.failed,
    dropped: a.dropped + b.dropped,
    inFlight: (a.inFlight * a.lastingMs + b.inFlight * b.lastingMs) / (a.lastingMs + b.lastingMs),
    p50: worse(a.p50, b.p50),
    p95: worse(a.p95, b.p95),
    p99: worse(a.p99, b.p99),
    max: worse(a.max, b.max),
    latenessP99: worse(a.latenessP99, b.latenessP99),
  }
}

function worse(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return Math.max(a, b)
}
