// Rehearsals so far, invented; `name` stands where a run or a folder is named.
import type { Past, PastRun } from '../../src/history.ts'

export function samplePast(name = 'spring-drop', isReady = true): Past {
  const folder = name === 'spring-drop' ? '2026-03-14T09-30-00Z-spring-drop' : name
  const run = (day: number, more: Partial<PastRun> = {}): PastRun => ({
    kind: 'run',
    folder,
    name,
    startedAt: `2026-03-${day}T09:30:00.000Z`,
    planHash: 'b1946ac92492d234',
    verdict: 'go',
    isFinished: true,
    p95Ms: 40 + day,
    p99Ms: 90 + 3 * day,
    goodputPerSec: 212,
    failureRatio: 0.0004,
    capacityPerSec: null,
    ...more,
  })
  const search = { kind: 'capacity', planHash: null, verdict: 'capacity', p95Ms: null, p99Ms: null, goodputPerSec: null } as const
  return {
    schema: 'doorbuster/history@1',
    runs: [
      run(10, { verdict: 'no-go', failureRatio: 0.071 }),
      run(11, { ...search, failureRatio: null, capacityPerSec: 320 }),
      run(12, { verdict: 'invalid', isFinished: false }),
      run(14),
    ],
    unreadable: [{ folder: name, because: `plan.json: expected JSON, received ${name}` }],
    lastRehearsal: { folder, startedAt: '2026-03-14T09:30:00.000Z', ageMs: (isReady ? 2 : 20) * 86_400e3 },
    maxAgeMs: 14 * 86_400e3,
    isReady,
  }
}
