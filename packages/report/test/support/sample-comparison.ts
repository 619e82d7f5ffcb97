// A run held against an earlier one, invented: `name` stands where a run, a phase or a step is named.
import type { ComparedRow, ComparedRun, RunComparison } from '@doorbuster/verdict'
import { usualRules } from '@doorbuster/verdict'

const base = { startedAt: '2026-03-12T09:30:00.000Z', planHash: '0123456789abcdef' }

/** Of `count` new runs the first is worse, the others are not. */
export function sampleComparison(name = 'spring-drop', count = 1): RunComparison {
  const runs = Array.from({ length: count }, (_, i) => sampleCompared(name, i === 0))
  return {
    schema: 'doorbuster/comparison@1',
    base: { name, ...base },
    answer: 'worse',
    rules: usualRules,
    noiseRuns: 0,
    remarks: [`${name} differs in its transport.`],
    runs,
  }
}

function sampleCompared(name: string, isWorse: boolean): ComparedRun {
  const step = name === 'spring-drop' ? 'checkout' : name
  const scopes = [
    { phase: null, step: null },
    { phase: 'doors', step: null },
    { phase: null, step },
    { phase: 'doors', step },
  ]
  const rows = scopes.flatMap((scope, i) => [
    timesRow(scope, 'p50', 12 * (i + 1), isWorse ? 1.3 : 1.01),
    timesRow(scope, 'p95', 60 * (i + 1), isWorse ? 1.4 : 1),
    timesRow(scope, 'p99', 210 * (i + 1), isWorse ? 1.5 : 0.99),
  ])
  const reasons = isWorse
    ? [`p95 of ${step} in doors: +96 ms.`, 'The goodput was the same.']
    : ['No percentile differs by more than chance.']
  return { name, ...base, answer: isWorse ? 'worse' : 'not-worse', reasons, rows: [...rows, failuresRow()] }
}

function timesRow(scope: Pick<ComparedRow, 'phase' | 'step'>, measure: 'p50' | 'p95' | 'p99', ms: number, factor: number): ComparedRow {
  const around = (value: number, spread: number) => ({ value, low: value - spread, high: value + spread })
  const isWorse = factor > 1.1
  return {
    ...scope,
    measure,
    base: ms,
    new: ms * factor,
    difference: around(ms * (factor - 1), ms * 0.03),
    ratio: around(factor, 0.03),
    samples: { base: 17_204, new: 17_190 },
    band: 0.02,
    answer: isWorse ? 'worse' : 'not-worse',
    because: '',
    chance: isWorse ? 0.001 : 0.6,
  }
}

function failuresRow(): ComparedRow {
  const difference = { value: 0.002, low: -0.001, high: 0.005 }
  const counts = { base: 0.001, new: 0.003, samples: { base: 17_204, new: 17_190 } }
  const answer = { answer: 'cannot-tell', because: 'too few samples', chance: 0.2 } as const
  return { phase: null, step: null, measure: 'failures', ...counts, difference, ratio: null, band: 0.001, ...answer }
}
