// A search for capacity, concluded by the real judge from levels that are invented.
import type { CapacityAsked, CapacityLevel, CapacityResult } from '@doorbuster/verdict'
import { concludeCapacity } from '@doorbuster/verdict'

/** Met up to 320/s; at 640/s it answers 400. N grows so that the law fits. */
export function sampleCapacity(
  more: Partial<CapacityAsked> = {},
  because = 'The p99 was 900 ms; it must stay below 250 ms.',
): CapacityResult {
  const asked: CapacityAsked = {
    name: 'shop',
    target: 'http://127.0.0.1:4000/',
    planHash: '0123456789abcdef',
    startedAt: '2026-11-20T08:00:00.000Z',
    per: 'shoppers',
    objectives: ['p99 < 250ms'],
    leftOut: ['recovery < 10s'],
    levelMs: 20_000,
    coolDownMs: 5_000,
    fromPerSec: 10,
    ceiling: null,
    forecastPerSec: 200,
    zones: { count: 3, lost: 1 },
    ...more,
  }
  const level = (ratePerSec: number, own: Partial<CapacityLevel> = {}): CapacityLevel => ({
    purpose: 'bracket',
    standing: 'met',
    ratePerSec,
    lastingMs: 20_000,
    hasEndedEarly: false,
    isSteady: true,
    due: ratePerSec * 20,
    answeredPerSec: ratePerSec,
    requestsPerArrival: 1,
    concurrency: ratePerSec / (400 - ratePerSec),
    answers: ratePerSec * 20,
    p50Ms: 5,
    p95Ms: 20,
    p99Ms: 40,
    errorRatio: 0,
    because: 'fine',
    folder: `levels/${ratePerSec}`,
    ...own,
  })
  const met = [10, 20, 40, 80, 160, 320, 320].map((ratePerSec) => level(ratePerSec))
  const over = [329, 329].map((ratePerSec) => level(ratePerSec, { standing: 'missed', p99Ms: 900, because }))
  const beyond = level(640, { purpose: 'beyond', standing: 'missed', answeredPerSec: 400, p99Ms: null, isSteady: false, concurrency: 90 })
  return concludeCapacity(asked, [...met, ...over, beyond], { finished: true, stopped: null })
}
