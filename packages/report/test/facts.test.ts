import { expect, test } from 'vitest'
import { cpuText, howToRepeat, instrumentFacts, runFacts } from '../src/facts.ts'
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
  const [lateness] = instrumentFacts({ ...summary, generator: { ...summary.generator, latenessMs: noPct } })
  expect(lateness?.value).toBe('p50 –, p99 –, max – of 0 requests')
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
