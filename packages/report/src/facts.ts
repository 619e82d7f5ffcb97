// The circumstances of a run as pairs of words: what was rehearsed, by which instrument, and how to do it again.
// Knows nothing of layout; nothing here is escaped yet.
import type { Summary } from '@doorbuster/verdict'
import { nothing, sayBytes, sayCount, sayMoment, sayMs, sayShare, saySpan } from './format.ts'
import type { Report } from './report.ts'

export type Fact = { readonly name: string; readonly value: string; readonly exact?: boolean }

/** `exact` marks what is copied and compared, such as hashes, and belongs in a fixed-width face. */
export function runFacts({ summary, start }: Pick<Report, 'summary' | 'start'>): readonly Fact[] {
  const { shoppers, totals } = summary
  return [
    { name: 'Target', value: start.target, exact: true },
    { name: 'Started', value: sayMoment(summary.startedAt) },
    { name: 'Lasted', value: `${saySpan(summary.durationMs)}${summary.finished ? '' : ', cut off before its end'}` },
    { name: 'Traffic', value: start.shape ?? 'a closed loop: each shopper starts again when done', exact: start.shape !== null },
    {
      name: 'Shoppers',
      value: `${sayCount(shoppers.due)} due, ${sayCount(shoppers.started)} started, ${sayCount(shoppers.finished)} finished, ${sayCount(shoppers.dropped)} dropped, ${sayCount(shoppers.threw)} threw, ${sayCount(shoppers.cut)} cut off by the end`,
    },
    { name: 'Bytes', value: `${sayBytes(totals.bytesIn)} received, ${sayBytes(totals.bytesOut)} sent` },
    { name: 'Plan hash', value: summary.planHash, exact: true },
    { name: 'Arrivals hash', value: start.arrivalsHash ?? nothing, exact: true },
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

/** How to get the same arrivals again, in one sentence. */
export function howToRepeat({ summary, start }: Pick<Report, 'summary' | 'start'>): string {
  if (start.arrivalsHash === null)
    return `Run the same plan again with --seed ${summary.seed}; in a closed loop the target's speed decides when requests go out.`
  return `Run the same plan again with --seed ${summary.seed}: equal plan and arrivals hashes mean that every shopper was due at the same instant.`
}

/** How well the instrument itself did. */
export function instrumentFacts(summary: Summary): readonly Fact[] {
  const { latenessMs, loopDelayMs, inFlight, threads } = summary.generator
  return [
    {
      name: 'Lateness',
      value: `p50 ${sayMs(latenessMs.p50)}, p99 ${sayMs(latenessMs.p99)}, max ${sayMs(latenessMs.max)} of ${sayCount(latenessMs.count)} requests`,
    },
    { name: 'Event-loop delay', value: `p99 ${sayMs(loopDelayMs.p99)}, max ${sayMs(loopDelayMs.max)}` },
    { name: 'CPU', value: cpuText(summary) },
    { name: 'Requests under way', value: `${sayCount(inFlight.mean)} on average, ${sayCount(inFlight.max)} at most` },
    { name: 'Threads', value: sayCount(threads) },
  ]
}

/** CPU of the whole process, as a share of one core over the run and by request. */
export function cpuText({ generator, durationMs, totals: { sent } }: Summary): string {
  const { cpuSeconds } = generator
  if (cpuSeconds === null) return 'not known: the run was cut off'
  const share = durationMs > 0 ? `${sayShare((cpuSeconds * 1e3) / durationMs)} of one core` : saySpan(cpuSeconds * 1e3)
  return sent > 0 ? `${share}, ${sayCount((cpuSeconds * 1e6) / sent)} µs a request` : share
}
