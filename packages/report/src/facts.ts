// The circumstances of a run as pairs of words: what was rehearsed, by which instrument, and how to do it again.
// Knows nothing of layout; nothing here is escaped yet.
import type { Pct } from '@doorbuster/measurements'
import type { Summary } from '@doorbuster/verdict'
import { nothing, sayBytes, sayCount, sayFactor, sayMany, sayMoment, sayMs, sayRate, sayShare, saySpan } from './format.ts'
import type { Report } from './report.ts'

export type Fact = { readonly name: string; readonly value: string; readonly exact?: boolean }

/** `exact` marks what is copied and compared, such as hashes, and belongs in a fixed-width face. */
export function runFacts({ summary, start }: Pick<Report, 'summary' | 'start'>): readonly Fact[] {
  const { shoppers, totals } = summary
  const connections = connectionsText(summary)
  const counted = countedText(summary)
  return [
    { name: 'Target', value: start.target, exact: true },
    { name: 'Started', value: sayMoment(summary.startedAt) },
    { name: 'Lasted', value: `${saySpan(summary.durationMs)}${summary.finished ? '' : ', cut off before its end'}` },
    { name: 'Traffic', value: start.shape ?? 'a closed loop: each shopper starts again when done', exact: start.shape !== null },
    {
      name: 'Shoppers',
      value: `${sayCount(shoppers.due)} due, ${sayCount(shoppers.started)} started, ${sayCount(shoppers.finished)} finished (${sayCount(shoppers.finishedDegraded)} of them degraded), ${sayCount(shoppers.gaveUp)} gave up, ${sayCount(shoppers.turnedAway)} turned away, ${sayCount(shoppers.dropped)} dropped, ${sayCount(shoppers.threw)} threw, ${sayCount(shoppers.cut)} cut off by the end`,
    },
    ...(counted === null ? [] : [{ name: 'Counted', value: counted }]),
    ...(connections === null ? [] : [{ name: 'Connections', value: connections }]),
    { name: 'Bytes', value: `${sayBytes(totals.bytesIn)} received, ${sayBytes(totals.bytesOut)} sent` },
    { name: 'Plan hash', value: summary.planHash, exact: true },
    { name: 'Arrivals hash', value: start.arrivalsHash ?? nothing, exact: true },
    ...(start.runId === undefined
      ? []
      : [{ name: 'Run id', value: `${start.runId}, in every request's header doorbuster-run`, exact: true }]),
    { name: 'Seed', value: String(summary.seed), exact: true },
    { name: 'Ceiling', value: `${sayCount(start.ceiling.sockets)} requests and ${sayCount(start.ceiling.shoppers)} shoppers at once` },
    { name: 'Transport', value: start.transport },
    {
      name: 'Machine',
      value: `${start.machine.cpu}, ${sayCount(start.machine.cores)} cores, ${sayBytes(start.machine.memoryBytes)}, ${start.machine.os}`,
    },
    { name: 'Versions', value: `doorbuster ${start.versions.doorbuster}, Node ${start.versions.node}` },
  ]
}

/** Four numbers that are easily taken for each other. Null where all of them are the same: a shopper is one request, and tries once. */
export function countedText({ shoppers, totals, amplification }: Summary): string | null {
  const { intents, attempts, due } = totals
  if (new Set([shoppers.due, intents, attempts, due]).size === 1) return null
  const tries = amplification === null ? '' : ` (${sayFactor(amplification)})`
  return `${sayMany(shoppers.due, 'shopper')}, ${sayMany(intents, 'intent')}, ${sayMany(attempts, 'attempt')}${tries}, ${sayMany(due, 'request')}`
}

/** Null when none was opened, or the record is of a time when nobody counted them. */
export function connectionsText({ connectMs, handshakeMs }: Summary): string | null {
  if (connectMs.count === 0) return null
  const opened = `${sayCount(connectMs.count)} opened, TCP ${timesText(connectMs)}`
  return handshakeMs.count === 0 ? opened : `${opened}; ${sayMany(handshakeMs.count, 'TLS handshake')}, ${timesText(handshakeMs)}`
}

function timesText({ p50, p99, max }: Pct): string {
  return `p50 ${sayMs(p50)}, p99 ${sayMs(p99)}, max ${sayMs(max)}`
}

/** How to get the same arrivals again, in one sentence. */
export function howToRepeat({ summary, start }: Pick<Report, 'summary' | 'start'>): string {
  if (start.arrivalsHash === null)
    return `Run the same plan again with --seed ${summary.seed}; in a closed loop the target's speed decides when requests go out.`
  return `Run the same plan again with --seed ${summary.seed}: equal plan and arrivals hashes mean that every shopper was due at the same instant.`
}

/** How well the instrument itself did. */
export function instrumentFacts({ summary, start }: Pick<Report, 'summary' | 'start'>): readonly Fact[] {
  const { latenessMs, loopDelayMs, gcPauseMs, inFlight, threads } = summary.generator
  return [
    {
      name: 'Lateness',
      value: `p50 ${sayMs(latenessMs.p50)}, p99 ${sayMs(latenessMs.p99)}, max ${sayMs(latenessMs.max)} of ${sayCount(latenessMs.count)} requests`,
    },
    { name: 'Event-loop delay', value: `p99 ${sayMs(loopDelayMs.p99)}, max ${sayMs(loopDelayMs.max)}` },
    {
      name: 'Garbage collection',
      value: gcPauseMs === null ? nothing : `${sayMs(gcPauseMs.total)} in all, longest ${sayMs(gcPauseMs.max)}`,
    },
    { name: 'CPU', value: cpuText(summary) },
    { name: 'Requests under way', value: `${sayCount(inFlight.mean)} on average, ${sayCount(inFlight.max)} at most` },
    { name: 'Threads', value: threadsText(summary, threads) },
    { name: 'Calibration', value: calibrationText(start) ?? 'this machine was never calibrated' },
  ]
}

function threadsText({ generator: { threadCpu, lost } }: Summary, threads: number): string {
  const { busiestRatio, busiestWindowRatio } = threadCpu
  const cpu =
    busiestRatio === null ? '' : `, the busiest ${sayShare(busiestRatio)} of a core, ${sayShare(busiestWindowRatio)} in its worst second`
  const died = lost === null ? '' : `; ${sayCount(lost.threads)} died, and ${sayMany(lost.arrivals, 'arrival')} with it`
  return `${sayCount(threads)}${cpu}${died}`
}

/** Null when this machine was never calibrated. */
export function calibrationText({ calibration }: Report['start']): string | null {
  if (calibration === null || calibration === undefined) return null
  const { peakRatio, cleanPerSec, kind, startedAt } = calibration
  const what = kind === 'urls' ? 'requests' : 'shoppers'
  return `peak uses ${sayShare(peakRatio)} of what this machine sends cleanly (${sayRate(cleanPerSec)} ${what}), calibrated ${startedAt.slice(0, 10)}`
}

/** CPU of the whole process, as a share of one core over the run and by request. */
export function cpuText({ generator, durationMs, totals: { sent } }: Summary): string {
  const { cpuSeconds } = generator
  if (cpuSeconds === null) return 'not known: the run was cut off'
  const share = durationMs > 0 ? `${sayShare((cpuSeconds * 1e3) / durationMs)} of one core` : saySpan(cpuSeconds * 1e3)
  return sent > 0 ? `${share}, ${sayCount((cpuSeconds * 1e6) / sent)} µs a request` : share
}
