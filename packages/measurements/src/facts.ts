// What a run measured, without judging it: the numbers of summary.json. Knows nothing of objectives.
import type { Counter } from './counters.ts'
import type { Finding } from './ledger-entries.ts'
import type { Pct } from './pct.ts'
import type { Tenths } from './tenths.ts'
import type { ShopperCounts } from './window.ts'

export type Totals = {
  /** Requests; `intents` are what shoppers wanted, `attempts` their tries at it. */
  readonly due: number
  readonly sent: number
  /** ok + degraded + failed. */
  readonly done: number
  readonly ok: number
  readonly degraded: number
  readonly failed: number
  readonly dropped: number
  readonly bytesIn: number
  readonly bytesOut: number
  readonly intents: number
  readonly attempts: number
}

/** One row of the phases or steps table. */
export type Slice = {
  readonly name: string
  readonly due: number
  readonly sent: number
  readonly ok: number
  readonly degraded: number
  readonly failed: number
  readonly dropped: number
  readonly intents: number
  readonly attempts: number
  readonly responseMs: Pct
  readonly serviceMs: Pct
  readonly failedMs: Pct
}

export type PhaseSlice = Slice & { readonly startMs: number; readonly lastingMs: number }

/** The same requests by something else than phase and step. */
export type CutSlice = Omit<Slice, 'serviceMs'> & { readonly failures: Readonly<Record<string, number>> }

/** Shoppers of one class. Only visits of more than one request are counted apart from their request. */
export type VisitSlice = Readonly<Omit<ShopperCounts, 'started'>> & {
  readonly name: string
  /** How long a visit took, from the arrival's due moment to the end of the journey. */
  readonly visitMs: Pct
  /** How long those stayed who did not finish. */
  readonly lostMs: Pct
  /** How many were lost where: `gave-up:<step>`, `turned-away:<why>`, `threw`, `cut`. */
  readonly lostAt: Readonly<Record<string, number>>
}

/** A named stretch of the traffic, ms from the run's zero; `arrivals` is the planned area (not rounded). */
export type PhaseSpan = { readonly name: string; readonly startMs: number; readonly lastingMs: number; readonly arrivals: number }

export type Machine = { readonly cpu: string; readonly cores: number; readonly memoryBytes: number; readonly os: string }

/** Written to plan.json before the first packet: everything about a run that is known before it starts. */
export type RunStart = {
  readonly schema: 'doorbuster/run@1'
  readonly name: string
  readonly target: string
  /** Words after `doorbuster run` that do the same again, secrets covered; absent for a plan's file, whose path is nobody's business. */
  readonly repeat?: readonly string[]
  /** Canonical plan, journeys replaced by the hash of their text. */
  readonly plan: unknown
  readonly planHash: string
  readonly seed: number
  /** Hash of every due time: equal on every machine for the same plan and seed. Null in the closed model. */
  readonly arrivalsHash: string | null
  /** Canonical text of the traffic shape; null in the closed model. */
  readonly shape: string | null
  readonly model: 'open' | 'closed'
  readonly startedAt: string
  /** Sent with every request, so that the target's own log can be held against this run. Absent in folders of an earlier version. */
  readonly runId?: string
  readonly phases: readonly PhaseSpan[]
  /** The stage with the highest planned rate; null in the closed model. `perSec` is the mean rate of its busiest second. */
  readonly peak: { readonly startMs: number; readonly lastingMs: number; readonly perSec: number } | null
  readonly lastingMs: number
  /** Planned arrivals; null in the closed model. */
  readonly arrivals: number | null
  /**
   * Planned arrivals by window of 1 s, at most 3,600 numbers, each covering `planned.everyMs`. `tenths`: the same by 100 ms; absent for a run of
   * more than six minutes, whose tenths would be more than 3,600, in a closed loop and in folders of an earlier version.
   */
  readonly planned: { readonly everyMs: number; readonly arrivals: readonly number[]; readonly tenths?: readonly number[] }
  /** Most requests and most shoppers that may be under way at once. */
  readonly ceiling: { readonly sockets: number; readonly shoppers: number }
  readonly transport: string
  readonly threads: number
  /** How many of this machine's addresses requests leave from; absent in folders of an earlier version. */
  readonly sources?: number
  readonly versions: { readonly doorbuster: string; readonly node: string }
  readonly machine: Machine
  /** What this machine was found to send cleanly; null or absent when it never was calibrated. */
  readonly calibration?: Calibration | null
}

/** `cleanPerSec`: most requests per second (`urls`), or shoppers per second (`journeys`), with lateness within its limit. */
export type Calibration = {
  readonly startedAt: string
  readonly cleanPerSec: number
  readonly kind: 'urls' | 'journeys'
  /** Planned peak ÷ `cleanPerSec`. */
  readonly peakRatio: number
}

/** How a run ended; `finished` false when anything stopped it before its planned end, be it drained or cut off (killed, crashed). */
export type RunEnd = {
  readonly finished: boolean
  readonly stoppedBy: 'end' | 'interrupt' | 'abort' | 'journey' | 'plan' | 'guard' | 'disk' | 'bug' | 'cut-off'
  /** From the run's zero to the last answer or the end of the drain. */
  readonly durationMs: number
  /** CPU of the whole process from first to last arrival; null when the run was cut off. */
  readonly cpuSeconds: number | null
  /** Share of this machine's CPU time that its host gave to others meanwhile (steal), 0 to 1; absent where nobody can tell. */
  readonly stolenCpuRatio?: number
  /** Sending threads that died, and the arrivals of their stripes that nobody accounted for; absent when all lived. */
  readonly lost?: { readonly threads: number; readonly arrivals: number }
  readonly note?: string
}

export type Facts = {
  readonly name: string
  readonly planHash: string
  readonly seed: number
  readonly startedAt: string
  readonly durationMs: number
  readonly finished: boolean
  readonly totals: Totals
  readonly shoppers: Readonly<ShopperCounts>
  readonly generator: {
    readonly threads: number
    readonly latenessMs: Pct
    readonly cpuSeconds: number | null
    readonly node: string
    readonly transport: string
    readonly loopDelayMs: { readonly p99: number; readonly max: number }
    /** Of all sending threads together; null where nobody measured them. */
    readonly gcPauseMs: { readonly total: number; readonly max: number } | null
    /** Share of a core that the busiest thread used over the run, and in the busiest window; null where nobody can tell. */
    readonly threadCpu: { readonly busiestRatio: number | null; readonly busiestWindowRatio: number | null }
    /** As `RunEnd.lost`; null when all threads lived. */
    readonly lost: { readonly threads: number; readonly arrivals: number } | null
    readonly inFlight: { readonly mean: number; readonly max: number }
  }
  readonly responseMs: Pct
  readonly serviceMs: Pct
  readonly failedMs: Pct
  /** Every connection that was opened: TCP, and the TLS handshake after it. Both are inside response times too. */
  readonly connectMs: Pct
  readonly handshakeMs: Pct
  readonly phases: readonly PhaseSlice[]
  readonly steps: readonly Slice[]
  /** Failed and dropped requests by cause. */
  readonly failures: Readonly<Record<string, number>>
  readonly checks: Readonly<Record<string, { readonly passed: number; readonly failed: number }>>
  /** attempts ÷ intents; null when nobody wanted anything. */
  readonly amplification: number | null
  /** Response times of degraded answers. */
  readonly degradedMs: Pct
  readonly visits: readonly VisitSlice[]
  /** The same by device, for classes that have some. */
  readonly deviceVisits: readonly VisitSlice[]
  readonly classes: readonly CutSlice[]
  readonly devices: readonly CutSlice[]
  /** Who gave the answer; a request without one is in none of these. */
  readonly answeredBy: readonly CutSlice[]
  readonly groups: readonly CutSlice[]
  /** Numbers that journeys, or the generator beside its requests, counted; and those of which the percentiles count. */
  readonly counters: Readonly<Record<string, Readonly<Counter>>>
  readonly trends: Readonly<Record<string, Pct>>
  /** What should never have been seen in an answer, the most frequent first, at most 200; samples are masked. */
  readonly findings: readonly Finding[]
}

/** One row of the timeline a report draws. Times in ms; null where nothing was answered. */
export type TimelineRow = {
  readonly startMs: number
  readonly lastingMs: number
  readonly due: number
  readonly sent: number
  readonly ok: number
  readonly degraded: number
  readonly failed: number
  readonly dropped: number
  readonly inFlight: number
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
  readonly max: number | null
  readonly latenessP99: number | null
  /** Absent where several windows make one row, and in folders of an earlier version. */
  readonly tenths?: Tenths
}
