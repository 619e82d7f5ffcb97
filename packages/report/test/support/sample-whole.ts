// A report with every section a page can have, and one that has more of everything than two sheets of paper. `words` as in sample-report.ts.
import type { Light, ObjectiveResult } from '@doorbuster/verdict'
import { sampleCapacity } from '../../../../test/support/sample-capacity.ts'
import type { Report } from '../../src/report.ts'
import { sampleComparison } from './sample-comparison.ts'
import type { SampleOptions } from './sample-report.ts'
import { sampleReport } from './sample-report.ts'
import { targetLine, withTarget } from './sample-target.ts'

export function wholeReport(options: SampleOptions = {}): Report {
  return everySection(sampleReport(options), options.words?.other)
}

/** With all that stands beside a run; `other` comes after every name. */
export function everySection(report: Report, other?: string, series: readonly string[] = ['load', 'connections', 'cpu']): Report {
  const named = (name: string): string => (other === undefined ? name : `${name} ${other}`)
  const points = report.timeline.map(({ startMs }) => [startMs + 1_000, startMs < 90_000 ? 0.5 : 0.95] as const)
  const lines = series.map((name) => targetLine(named(name), { page: named('web1'), points }))
  return {
    ...withTarget(lines, report),
    signature: sampleSignature(named('release owner'), named('the old login is slow'), 1),
    capacity: sampleCapacity({ name: named('shop'), target: named('http://127.0.0.1:4000/'), objectives: [named('p99 < 250ms')] }),
    comparison: sampleComparison(other),
  }
}

/** Everything that goes to paper, many times over and in many words. */
export function crowdedReport(): Report {
  const report = wholeReport()
  const { summary } = report
  const long = 'and the queue before the shop held them up while the doors stood open and nobody saw that it grew '
  const objectives = Array.from({ length: 40 }, (_, i): ObjectiveResult => {
    const step = `a step with quite a long name, number ${i}`
    const base = {
      step,
      of: null,
      phase: 'doors',
      observed: 2_084,
      limit: 500,
      unit: 'ms',
      samples: 17_204,
      low: 2_010,
      high: 2_150,
    } as const
    const text = `p(95) of ${step} < 500ms in doors`
    return { ...base, text, status: 'missed', warnOnly: i > 20, firstBreachMs: 58_000, because: `p95 of ${step} was 2.1 s ${long}${long}` }
  })
  const many = (text: string, count: number): readonly string[] => Array.from({ length: count }, (_, i) => `${text} ${i}: ${long}.`)
  const grey: Light = { status: 'not-rehearsed', because: `nobody was paged ${long}` }
  const [step] = summary.steps
  const [finding] = summary.findings
  return {
    ...report,
    signature: sampleSignature(`release owner ${long}`, long.repeat(4), 9),
    summary: {
      ...summary,
      name: long,
      objectives,
      reasons: [...many('Remark', 30), ...summary.reasons],
      notMeasured: many('Steps that no shopper reached', 24),
      lights: { capacity: { status: 'no-go', because: `40 were missed ${long}` }, trust: grey, resilience: grey, response: grey },
      steps: step === undefined ? [] : Array.from({ length: 60 }, (_, i) => ({ ...step, name: `step ${i}` })),
      findings: finding === undefined ? [] : Array.from({ length: 60 }, () => finding),
    },
  }
}

function sampleSignature(as: string, acceptedRisk: string, count: number): NonNullable<Report['signature']> {
  const signOff = {
    as,
    signedAt: '2026-03-21T12:00:00.000Z',
    until: '2026-04-01T23:59:59.999Z',
    verdict: 'no-go',
    acceptedRisk,
    known: [],
    inputs: { planHash: 'a', seed: 1, arrivalsHash: null, target: 'x', shape: null, doorbuster: '0.1.0' },
    evidence: {},
    follows: null,
    by: '0.1.0',
  } as const
  return { schema: 'doorbuster/signature@1', signOffs: Array.from({ length: count }, () => signOff) }
}
