// How sure a sample report's numbers are, and what it leaves open. `name` stands where a phase or step is named.
import type { Pct } from '@doorbuster/measurements'
import type { Summary } from '@doorbuster/verdict'

/** Percentiles of so many samples around `p50`, with intervals of a tenth on each side; p99.9 is open above with fewer than 3,688. */
export function samplePct(count: number, p50: number): Pct {
  const values = { p50, p90: p50 * 2.5, p95: p50 * 4, p99: p50 * 9, p999: p50 * 15 }
  const around = (value: number): readonly [number, number] => [value * 0.9, value * 1.1]
  const p999: readonly [number, number | null] = [values.p999 * 0.9, count < 3_688 ? null : values.p999 * 1.1]
  const { p50: half, p90, p95, p99 } = values
  const intervals = { p50: around(half), p90: around(p90), p95: around(p95), p99: around(p99), p999 }
  return { count, mean: p50 * 1.4, min: p50 / 3, ...values, max: p50 * 21, intervals }
}

export function sampleNumbers(name: string, sick: boolean): Pick<Summary, 'budget' | 'outside' | 'notMeasured'> {
  const spentMs = sick ? 9_400 : 360
  const because = `${spentMs} ms of 7.2 s were spent`
  return {
    budget: {
      availabilityRatio: 0.999,
      overMs: 7_200e3,
      isDeclared: true,
      totalMs: 7_200,
      spentMs,
      leftMs: 7_200 - spentMs,
      goneAtMs: sick ? 88_400 : null,
      burns: [
        { everyMs: 10_000, worst: sick ? 412 : 1.8, fromMs: 71_000 },
        { everyMs: 60_000, worst: sick ? 96.5 : 0.7, fromMs: 52_000 },
      ],
      because,
    },
    outside: [
      { text: `p(95) < 500ms in ${name}`, watchedMs: 60_000, outsideMs: 31_000, firstMs: 58_000, longestMs: 27_000, longestFromMs: 60_000 },
      { text: 'errors < 0.1%', watchedMs: 150_000, outsideMs: 0, firstMs: null, longestMs: 0, longestFromMs: null },
    ],
    notMeasured: [
      `Steps that no shopper reached: ${name}.`,
      'Trust was not rehearsed: no canary was planted, no probe asked and no order counted.',
      'p99.9 is not known from above: it needs 3,688 samples, 288 missing in the whole run.',
      'What many addresses do: all requests came from one, so limits and balancing by address saw a single client.',
      'Resilience was not rehearsed: nothing that the shop depends on was slowed down or taken away.',
      'Response was not rehearsed: nobody was timed on noticing a failure, on telling customers and on mending it.',
    ],
  }
}
