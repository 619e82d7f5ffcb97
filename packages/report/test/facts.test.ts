import { expect, test } from 'vitest'
import { calibrationText, connectionsText, cpuText, howToRepeat, instrumentFacts, runFacts } from '../src/facts.ts'
import { noPct, sampleReport } from './support/sample-report.ts'

const report = sampleReport({ verdict: 'go' })
const { summary, start } = report

test('CPU is said as a share of a core and by request: 1 s for 10,000 requests in 10 s is a tenth and 100 µs', () => {
  const run = {
    ...summary,
    durationMs: 10_000,
    totals: { ...summary.totals, sent: 10_000 },
    generator: { ...summary.generator, cpuSeconds: 1 },
  }
  expect(cpuText(run)).toBe('10 % of one core, 100 µs a request')
  expect(cpuText({ ...run, generator: { ...run.generator, cpuSeconds: null } })).toBe('not known: the run was cut off')
})

test('lateness that was never measured is a dash', () => {
  const [lateness] = instrumentFacts({ start, summary: { ...summary, generator: { ...summary.generator, latenessMs: noPct } } })
  expect(lateness?.value).toBe('p50 –, p99 –, max – of 0 requests')
})

test('connections are told with their count, and handshakes only where there were any', () => {
  const pct = { ...noPct, count: 1_234, p50: 0.4, p99: 3.6, max: 8.4 }
  expect(connectionsText({ ...summary, connectMs: pct })).toBe('1,234 opened, TCP p50 0.40 ms, p99 3.6 ms, max 8.4 ms')
  expect(connectionsText({ ...summary, connectMs: pct, handshakeMs: { ...pct, count: 1 } })).toMatch(/; 1 TLS handshake, p50 0\.40 ms/)
  expect(connectionsText({ ...summary, connectMs: noPct })).toBeNull()
})

const calibration = { startedAt: '2026-11-20T08:00:00.000Z', cleanPerSec: 29_000, kind: 'urls', peakRatio: 0.34 } as const

test('the share of a calibrated machine is told with its date; of one that never was, that', () => {
  expect(calibrationText({ ...start, calibration })).toBe(
    'peak uses 34 % of what this machine sends cleanly (29,000/s requests), calibrated 2026-11-20',
  )
  expect(calibrationText({ ...start, calibration: { ...calibration, kind: 'journeys' } })).toContain('29,000/s shoppers')
  expect([calibrationText(start), calibrationText({ ...start, calibration: null })]).toEqual([null, null])
  expect(instrumentFacts(report).at(-1)?.value).toBe('this machine was never calibrated')
})

test('threads are told with what the busiest used, and with what died', () => {
  const threads = (generator: Partial<typeof summary.generator>): string | undefined =>
    instrumentFacts({ start, summary: { ...summary, generator: { ...summary.generator, ...generator } } }).find(
      ({ name }) => name === 'Threads',
    )?.value
  const unknown = { busiestRatio: null, busiestWindowRatio: null }
  expect(threads({ threads: 2 })).toBe('2, the busiest 21 % of a core, 48 % in its worst second')
  expect(threads({ threadCpu: unknown })).toBe('1')
  expect(threads({ threadCpu: unknown, lost: { threads: 1, arrivals: 412 } })).toBe('1; 1 died, and 412 arrivals with it')
})

test('pauses that nobody measured are a dash', () => {
  const paused = (gcPauseMs: typeof summary.generator.gcPauseMs): string | undefined =>
    instrumentFacts({ start, summary: { ...summary, generator: { ...summary.generator, gcPauseMs } } }).find(
      ({ name }) => name === 'Garbage collection',
    )?.value
  expect([paused(null), paused({ total: 412, max: 8.1 })]).toEqual(['–', '412 ms in all, longest 8.1 ms'])
})

test('a cut-off run says so beside its length', () => {
  const lasted = (finished: boolean): string | undefined =>
    runFacts({ start, summary: { ...summary, finished } }).find((fact) => fact.name === 'Lasted')?.value
  expect(lasted(true)).toBe('2 min 30 s')
  expect(lasted(false)).toBe('2 min 30 s, cut off before its end')
})

test('equal arrivals are promised only where arrivals are planned', () => {
  expect(howToRepeat(report)).toContain('due at the same instant')
  expect(howToRepeat({ summary, start: { ...start, arrivalsHash: null } })).not.toContain('due at the same instant')
})
