// Whole reports with invented but consistent numbers, one for each verdict, so that renderers are tested on what they will meet.
import type { Pct, PhaseSlice, Slice, TimelineRow } from '@doorbuster/measurements'
import type { ObjectiveResult, Summary, TrustCheck, Verdict } from '@doorbuster/verdict'
import type { Report } from '../../src/report.ts'
import { sampleCrowd } from './sample-crowd.ts'
import { sampleGallery } from './sample-gallery.ts'
import { sampleNumbers, samplePct } from './sample-numbers.ts'

export const noPct: Pct = { count: 0, mean: null, min: null, p50: null, p90: null, p95: null, p99: null, p999: null, max: null }

function pct(count: number, p50: number): Pct {
  if (count === 0) return noPct
  return samplePct(count, p50)
}

type Words = {
  readonly name?: string
  readonly phase?: string
  readonly step?: string
  readonly cause?: string
  readonly target?: string
  readonly body?: string
  /** In the names of classes, devices, counters, findings and whatever else comes from outside. */
  readonly other?: string
}
export type SampleOptions = { readonly verdict?: Verdict; readonly seconds?: number; readonly words?: Words }

const shape =
  'baseline: hold 20/s for 30s; countdown: ramp to 80/s over 20s; doors: rush 9000 lognormal median 20s sigma 0.8 for 60s; aftershock: hold 20/s for 40s'

/** A run of `seconds` (150 unless told) in four phases. `words` replaces the names that come from outside. */
export function sampleReport({ verdict = 'no-go', seconds = 150, words = {} }: SampleOptions = {}): Report {
  const sick = verdict === 'no-go'
  const timeline = sampleTimeline(seconds, sick, verdict === 'invalid' ? 60 : 0.8)
  const cause = words.cause ?? 'status:503'
  const sum = (key: 'due' | 'sent' | 'ok' | 'degraded' | 'failed' | 'dropped'): number => timeline.reduce((all, row) => all + row[key], 0)
  const totals = {
    due: sum('due'),
    sent: sum('sent'),
    ok: sum('ok'),
    degraded: sum('degraded'),
    failed: sum('failed'),
    dropped: sum('dropped'),
  }
  const answered = totals.ok + totals.degraded
  const phases = samplePhases(timeline, seconds, words.phase ?? 'doors', sick)
  const timeouts = Math.floor(totals.failed / 5)
  const summary: Summary = {
    schema: 'doorbuster/summary@1',
    name: words.name ?? 'spring-drop',
    planHash: 'b1946ac92492d2347c6235b4d2611184e1f0c8a9d5a7b3c2d4e5f60718293a4b',
    seed: 4021,
    startedAt: '2026-03-14T09:30:00.000Z',
    durationMs: seconds * 1e3 + 412,
    finished: verdict !== 'inconclusive',
    verdict,
    ...judgement(verdict, words),
    ...sampleCrowd(words.other),
    // A launch that may go showed nobody what is another's.
    ...(verdict === 'go' && { findings: [] }),
    ...sampleNumbers(words.phase ?? 'doors', sick),
    totals: {
      ...totals,
      done: answered + totals.failed,
      intents: totals.due,
      attempts: totals.due,
      bytesIn: totals.sent * 18_240,
      bytesOut: totals.sent * 214,
    },
    shoppers: {
      due: totals.due,
      started: totals.due - 10,
      finished: totals.due - 98,
      finishedDegraded: 0,
      gaveUp: 0,
      turnedAway: 0,
      threw: 3,
      dropped: 10,
      cut: 85,
    },
    generator: {
      threads: 1,
      latenessMs: pct(totals.sent, verdict === 'invalid' ? 9 : 0.09),
      cpuSeconds: verdict === 'inconclusive' ? null : totals.sent * 9e-5,
      node: 'v26.0.0',
      transport: 'undici 8.0.0',
      loopDelayMs: { p99: verdict === 'invalid' ? 71.2 : 1.9, max: verdict === 'invalid' ? 340 : 12.4 },
      gcPauseMs: { total: 412, max: verdict === 'invalid' ? 96 : 8.1 },
      threadCpu: { busiestRatio: 0.21, busiestWindowRatio: 0.48 },
      lost: null,
      inFlight: { mean: sick ? 84.2 : 6.1, max: sick ? 912 : 41 },
    },
    responseMs: pct(answered, sick ? 210 : 14),
    serviceMs: pct(answered, sick ? 180 : 13),
    failedMs: pct(totals.failed, 900),
    connectMs: pct(totals.sent - 120, 0.4),
    handshakeMs: noPct,
    phases,
    steps: sampleSteps(totals, words.step ?? 'checkout', sick),
    failures: totals.failed === 0 ? {} : { timeout: timeouts, [cause]: totals.failed - timeouts, 'dropped:theirs-slots': totals.dropped },
    checks: { 'the cart holds the product': { passed: 2_310, failed: sick ? 41 : 0 } },
  }
  const gallery = sampleGallery(timeline, { cause, step: words.step ?? 'checkout', answerer: words.other ?? 'application' })
  return { summary, start: sampleStart(summary, words, timeline), timeline, events: sampleEvents(words, cause, sick), gallery }
}

function sampleTimeline(seconds: number, sick: boolean, latenessMs: number): readonly TimelineRow[] {
  return Array.from({ length: seconds }, (_, second) => {
    const due = plannedIn(second, seconds)
    const pressure = sick ? Math.max(0, due - 150) : 0
    const failed = Math.round(pressure * 0.55)
    const dropped = Math.round(pressure * 0.1)
    const p50 = 12 + (due / 40) ** 2 * (sick ? 14 : 0.25) + ((second * 7919) % 13) / 4
    const rest = { inFlight: Math.round((due * p50) / 900), latenessP99: latenessMs + ((second * 31) % 10) / 20 }
    const answered = due - failed - dropped
    const times =
      answered === 0 ? { p50: null, p95: null, p99: null, max: null } : { p50, p95: p50 * 3.1, p99: p50 * 5.5 + 20, max: p50 * 9 + 30 }
    return {
      startMs: second * 1e3,
      lastingMs: 1e3,
      due,
      sent: due - dropped,
      ok: answered,
      degraded: 0,
      failed,
      dropped,
      ...rest,
      ...times,
    }
  })
}

function plannedIn(second: number, seconds: number): number {
  const at = second / seconds
  if (at < 0.2) return 20
  if (at < 0.33) return Math.round(20 + ((at - 0.2) / 0.13) * 60)
  if (at >= 0.73) return 20
  const sinceOpen = ((at - 0.33) / 0.4) * 60 + 1
  return Math.round(80 + 260 * Math.exp(-((Math.log(sinceOpen / 14) / 0.6) ** 2)))
}

function samplePhases(timeline: readonly TimelineRow[], seconds: number, doors: string, sick: boolean): readonly PhaseSlice[] {
  const edges = [0, 0.2, 0.33, 0.73, 1].map((share) => Math.round(share * seconds))
  return ['baseline', 'countdown', doors, 'aftershock'].map((name, i) => {
    const [from = 0, to = 0] = [edges[i], edges[i + 1]]
    const rows = timeline.slice(from, to)
    const sum = (key: 'due' | 'sent' | 'ok' | 'failed' | 'dropped'): number => rows.reduce((all, row) => all + row[key], 0)
    return {
      ...slice(
        name,
        { due: sum('due'), sent: sum('sent'), ok: sum('ok'), failed: sum('failed'), dropped: sum('dropped') },
        sick && i === 2 ? 520 : 14,
      ),
      startMs: from * 1e3,
      lastingMs: (to - from) * 1e3,
    }
  })
}

function sampleSteps(
  totals: { due: number; sent: number; ok: number; failed: number; dropped: number },
  step: string,
  sick: boolean,
): readonly Slice[] {
  const share = (of: number): typeof totals => ({
    due: Math.round(totals.due * of),
    sent: Math.round(totals.sent * of),
    ok: Math.round(totals.ok * of),
    failed: Math.round(totals.failed * of),
    dropped: Math.round(totals.dropped * of),
  })
  return [
    slice('landing', share(0.6), sick ? 260 : 16),
    slice('product', share(0.3), sick ? 140 : 9),
    slice(step, share(0.1), sick ? 480 : 31),
  ]
}

function slice(name: string, counts: Pick<Slice, 'due' | 'sent' | 'ok' | 'failed' | 'dropped'>, p50: number): Slice {
  return {
    name,
    ...counts,
    degraded: 0,
    intents: counts.due,
    attempts: counts.due,
    responseMs: pct(counts.ok, p50),
    serviceMs: pct(counts.ok, p50 * 0.9),
    failedMs: pct(counts.failed, 900),
  }
}

function judgement(verdict: Verdict, words: Words): Pick<Summary, 'lights' | 'reasons' | 'objectives' | 'trust' | 'ledger'> {
  const doors = words.phase ?? 'doors'
  const step = words.step ?? 'checkout'
  const sick = verdict === 'no-go'
  const unseen = verdict === 'inconclusive'
  const objectives: readonly ObjectiveResult[] = [
    objective('p(95) < 500ms', sick ? 2_084 : 56.2, 500, 'ms', `p95 was ${sick ? '2.1 s' : '56 ms'}; less than 500 ms is allowed.`, {
      low: sick ? 2_010 : 54.1,
      high: sick ? 2_150 : 58.9,
    }),
    objective(
      `p(99) of ${step} < 3s in ${doors}`,
      unseen ? null : sick ? null : 279,
      3_000,
      'ms',
      unseen ? 'The phase was never reached.' : `p99 of ${step} in ${doors}.`,
      {
        step,
        phase: doors,
        status: unseen ? 'no-data' : sick ? 'missed' : 'met',
      },
    ),
    objective('errors < 0.1% for 10s, abort', sick ? 0.072 : 0, 0.001, 'ratio', sick ? '7.2 % of requests failed.' : 'No request failed.'),
    objective('recovery < 30s', sick ? 12_400 : 4_200, 30_000, 'ms', 'Back at the baseline after the peak.', { phase: null }),
    objective('goodput > 250/s, warn', 212, 250, 'perSec', 'The goodput was 212/s.', { warnOnly: true, status: 'missed' }),
  ]
  const lights = sampleLights(verdict)
  return {
    objectives,
    reasons: reasonsFor(verdict, doors),
    lights,
    trust: sampleTrust(verdict === 'invalid'),
    ledger: sampleLedger(step, sick),
  }
}

function sampleLights(verdict: Verdict): NonNullable<Summary['lights']> {
  const grey = (because: string) => ({ status: 'not-rehearsed', because }) as const
  const failed = 'the generator failed its own checks, so nothing can be said'
  const capacity = {
    go: 'all 4 of its objectives were met',
    'no-go': '3 of its 4 objectives were missed',
    inconclusive: '1 of its 4 objectives was left without data',
    invalid: failed,
  }
  return {
    capacity: { status: verdict, because: capacity[verdict] },
    trust: grey('no objective asks whether orders stay right and data stays private'),
    resilience: grey('no part of the shop was slowed down or taken away'),
    response: grey('nobody was paged and no word was sent to customers'),
  }
}

function sampleLedger(sku: string, sick: boolean): NonNullable<Summary['ledger']> {
  const sold = sick ? 523 : 480
  const range = (pieces: number) => ({ least: pieces, most: pieces })
  const seen = { confirmed: sold - 3, unknown: 3, refused: 90, cancelled: 0 }
  const shop = { shopSold: sold, shopStock: 0 }
  const products = [{ sku, stock: 500, ...seen, ...shop, sold: range(sold), oversold: range(Math.max(0, sold - 500)) }]
  return { orders: { ...seen }, products, duplicates: 0, mismatches: [], silent: [], lost: null }
}

function objective(
  text: string,
  observed: number | null,
  limit: number,
  unit: ObjectiveResult['unit'],
  because: string,
  more: Partial<ObjectiveResult> = {},
): ObjectiveResult {
  const missed = observed !== null && observed > limit
  const status = more.status ?? (missed ? 'missed' : 'met')
  const base = {
    text,
    status,
    warnOnly: false,
    step: null,
    of: null,
    phase: null,
    observed,
    limit,
    unit,
    samples: status === 'no-data' ? 0 : 17_204,
    low: null,
    high: null,
    because,
  }
  return { ...base, firstBreachMs: status === 'missed' ? 58_000 : null, ...more }
}

function reasonsFor(verdict: Verdict, doors: string): readonly string[] {
  if (verdict === 'go')
    return ['All objectives that decide were met over 17,204 answers.', 'Warning: goodput was 212/s where more than 250/s was wished for.']
  if (verdict === 'invalid') {
    return [
      'The 99th percentile of lateness was 81 ms; at most 10 ms is trusted. Use a faster machine, fewer shoppers a second, or more threads.',
      'The event loop stood still for 340 ms.',
    ]
  }
  if (verdict === 'inconclusive')
    return [`The phase ${doors} was never reached, so one objective has no samples.`, 'The run was interrupted after 150 s.']
  return [
    `In ${doors} the 95th percentile was 2.1 s where less than 500 ms is allowed.`,
    '7.2 % of requests failed, and 0.1 % is allowed.',
    `The 99th percentile of checkout in ${doors} has no finite value: too many were never answered.`,
  ]
}

function sampleTrust(failed: boolean): readonly TrustCheck[] {
  return [
    {
      name: 'lateness',
      status: failed ? 'failed' : 'passed',
      because: `The 99th percentile of lateness was ${failed ? '81 ms' : '0.81 ms'}; at most 10 ms is trusted.`,
    },
    {
      name: 'loop-delay',
      status: failed ? 'failed' : 'passed',
      because: `The event loop was at most ${failed ? '340 ms' : '12 ms'} late.`,
    },
    { name: 'dropped-by-us', status: 'passed', because: 'No request was dropped for want of our own sockets.' },
    { name: 'little', status: 'not-judged', because: "Too few requests were under way at once to hold the mean against Little's law." },
    { name: 'sent', status: 'passed', because: 'Everything due is accounted for.' },
  ]
}

function sampleStart(summary: Summary, words: Words, timeline: readonly TimelineRow[]): Report['start'] {
  const lastingMs = timeline.length * 1e3
  return {
    schema: 'doorbuster/run@1',
    name: summary.name,
    target: words.target ?? 'http://127.0.0.1:4000',
    plan: {},
    planHash: summary.planHash,
    seed: summary.seed,
    arrivalsHash: '5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03',
    shape,
    model: 'open',
    startedAt: summary.startedAt,
    phases: summary.phases.map(({ name, startMs, lastingMs, due }) => ({ name, startMs, lastingMs, arrivals: due })),
    peak: { startMs: 50_000, lastingMs: 60_000, perSec: 340 },
    lastingMs,
    arrivals: summary.totals.due,
    planned: { everyMs: 1e3, arrivals: timeline.map((row) => row.due) },
    ceiling: { sockets: 8_000, shoppers: 20_000 },
    transport: 'undici 8.0.0',
    threads: 1,
    versions: { doorbuster: '0.1.0', node: 'v26.0.0' },
    machine: { cpu: 'Example CPU at 2.5 GHz', cores: 2, memoryBytes: 8_323_000_000, os: 'linux 6.1' },
  }
}

function sampleEvents(words: Words, cause: string, sick: boolean): Report['events'] {
  const phase = { atMs: 50_000, kind: 'phase', text: `${words.phase ?? 'doors'} began` } as const
  if (!sick) return [phase]
  const sample = { step: words.step ?? 'checkout', status: 503, cause, body: words.body ?? '{"error":"queue full","retryAfter":2}' }
  return [
    phase,
    { atMs: 58_120, kind: 'failure', text: 'a request failed', sample },
    { atMs: 61_400, kind: 'failure', text: 'a request failed', sample: { step: 'landing', status: 0, cause: 'timeout' } },
    { atMs: 68_000, kind: 'warn', text: 'errors < 0.1% for 10s is broken since 00:58' },
  ]
}
