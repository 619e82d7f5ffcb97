import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatObjective } from '../src/format-objective.ts'
import { metricScopes, metricUnit } from '../src/metrics.ts'
import type { Metric, Objective, OnBreach, Op, Unit } from '../src/objective.ts'
import { parseObjective } from '../src/parse-objective.ts'
import { PlanError } from '../src/problems.ts'

function refusalOf(text: string, path?: string): string {
  try {
    return `accepted: ${parseObjective(text, path).text}`
  } catch (error) {
    if (error instanceof PlanError) return error.message
    throw error
  }
}

describe('reading', () => {
  test.each([
    ['p(95) < 500ms', { metric: { kind: 'response', at: 95 }, op: '<', limit: 500, unit: 'ms' }],
    ['p99.9<2s', { metric: { kind: 'response', at: 99.9 }, limit: 2000 }],
    ['med <= 80', { metric: { kind: 'response', at: 50 }, op: '<=', limit: 80, unit: 'ms' }],
    ['errors < 0.1%', { metric: { kind: 'errors' }, limit: 0.001, unit: 'ratio' }],
    ['degraded < 0.25', { metric: { kind: 'degraded' }, limit: 0.25, unit: 'ratio' }],
    ['goodput >= 1200/m', { metric: { kind: 'goodput' }, op: '>=', limit: 20, unit: 'perSec' }],
    ['recovery < 1m30s', { metric: { kind: 'recovery' }, limit: 90_000, unit: 'ms' }],
    ['oversold == 0', { metric: { kind: 'ledger', of: 'oversold' }, op: '==', limit: 0, unit: 'count' }],
    ['degraded p99 < 2s', { metric: { kind: 'degraded-response', at: 99 }, limit: 2000, unit: 'ms' }],
    ['finished > 99%', { metric: { kind: 'finished' }, op: '>', limit: 0.99, unit: 'ratio' }],
    ['gave-up < 1%', { metric: { kind: 'gave-up' }, limit: 0.01 }],
    ['turned-away < 5%', { metric: { kind: 'turned-away' }, limit: 0.05 }],
    ['stopped < 0.1%', { metric: { kind: 'stopped' }, limit: 0.001 }],
    ['amplification <= 1.2', { metric: { kind: 'amplification' }, op: '<=', limit: 1.2, unit: 'factor' }],
    ['hysteresis <= 1.2x', { metric: { kind: 'hysteresis' }, limit: 1.2, unit: 'factor' }],
    ['herd-penalty <= 2', { metric: { kind: 'herd-penalty' }, limit: 2, unit: 'factor' }],
    ['stampede <= 2', { metric: { kind: 'stampede' }, op: '<=', limit: 2, unit: 'factor' }],
    ['collapse > 60s', { metric: { kind: 'collapse' }, limit: 60_000, unit: 'ms' }],
    ['mismatches == 0', { metric: { kind: 'ledger', of: 'mismatches' }, unit: 'count' }],
    ['personal-data == 0', { metric: { kind: 'findings', of: 'personal-data' }, unit: 'count' }],
    ['shared-sessions == 0', { metric: { kind: 'findings', of: 'shared-sessions' } }],
    ['open-doors == 0', { metric: { kind: 'findings', of: 'open-doors' } }],
    ['counter cart.value > 1_200.5', { metric: { kind: 'counter', name: 'cart.value' }, limit: 1200.5, unit: 'number' }],
    ['counter "my count" > -5', { metric: { kind: 'counter', name: 'my count' }, limit: -5 }],
    ['trend first-offer p(95) < 2s', { metric: { kind: 'trend', name: 'first-offer', at: 95 }, limit: 2000, unit: 'ms' }],
    ['trend items avg < 12.5', { metric: { kind: 'trend', name: 'items', at: 'avg' }, limit: 12.5, unit: 'number' }],
    ['lateness p99 < 5', { metric: { kind: 'lateness', at: 99 }, limit: 5, unit: 'ms' }],
    ['lateness max < 50ms', { metric: { kind: 'lateness', at: 'max' }, limit: 50 }],
  ])('%s is read in the unit of its metric', (text, expected) => {
    expect(parseObjective(text)).toMatchObject(expected)
  })

  test('step, phase, span and breach are read, in either order of phase and span', () => {
    const expected = {
      step: 'GET /p',
      phase: 'doors',
      span: { kind: 'within', lastingMs: 10_000 },
      onBreach: { kind: 'abort', afterMs: 5_000 },
    }
    expect(parseObjective('p(99) of "GET /p" < 3s in doors within 10s, abort after 5s')).toMatchObject(expected)
    expect(parseObjective('p(99) of "GET /p" < 3s within 10s in doors , abort after 5s')).toMatchObject(expected)
  })

  test('an objective without a breach clause is judged at the end, and has no step, phase or span at all', () => {
    expect(parseObjective('p(95) < 500ms')).toEqual({
      text: 'p(95) < 500ms',
      metric: { kind: 'response', at: 95 },
      op: '<',
      limit: 500,
      unit: 'ms',
      onBreach: { kind: 'judge' },
    })
  })

  test.each([
    ['p95<500', 'p(95) < 500ms'],
    ['med<80', 'p(50) < 80ms'],
    ['errors<0.07,warn', 'errors < 7%, warn'],
    ['p(99)  of  checkout<3s for 60s in doors', 'p(99) of checkout < 3s in doors for 1m'],
    ['errors < 1%, abort after 0s', 'errors < 1%, abort'],
    ['http_req_duration{name:checkout}: p(95)<500', 'p(95) of checkout < 500ms'],
    ['http_req_duration { step: GET /p , phase:doors } : avg<200', 'avg of "GET /p" < 200ms in doors'],
    ['http_req_failed: rate<0.01 for 10s, abort', 'errors < 1% for 10s, abort'],
    ['http_reqs: rate>=100', 'rate >= 100/s'],
  ])('%s is written as %s', (text, canonical) => {
    expect(parseObjective(text).text).toBe(canonical)
  })
})

describe('scopes', () => {
  test.each([
    ['p(95) of device mobile < 800ms', { of: { by: 'device', name: 'mobile' } }],
    ['p(95) of class "early birds" < 800ms', { of: { by: 'class', name: 'early birds' } }],
    ['errors of group checkout < 1%', { of: { by: 'group', name: 'checkout' } }],
    ['p(95) of answered-by cache < 20ms', { of: { by: 'answered-by', name: 'cache' } }],
    ['p(95) of class < 800ms', { step: 'class' }],
    ['p(95) of "class" < 800ms', { step: 'class' }],
  ])('%s is read', (text, expected) => expect(parseObjective(text)).toMatchObject(expected))
})

describe('refusing', () => {
  test.each([
    ['', 'column 1: expected a metric'],
    ['latency < 5', 'column 1: expected a metric: p(0..100)'],
    ['toString < 5', 'column 1: expected a metric'],
    ['p(101) < 5', 'column 3: expected a percentile from 0 to 100, such as p(95) or p(99.9), received "101"'],
    ['p() < 5', 'column 3: expected a percentile'],
    ['p(95 < 5', 'column 6: expected ")"'],
    ['p999 < 5', 'column 2: expected a percentile'],
    ['lateness < 5', 'column 10: expected p(0..100), p95, avg, med or max of the lateness, received "<"'],
    ['p(95) = 5', 'column 7: expected "of" and a step, or one of < <= > >= ==, received "="'],
    ['p(95) != 5', 'received "!="'],
    ['p(95)', 'column 6: expected "of" and a step, or one of < <= > >= ==, received the end of the text'],
    ['p(95) <', 'column 8: expected a time'],
    ['p(95) < -5', 'column 9: expected a time such as 500ms or 2s (a bare number means ms), received "-5"'],
    ['p(95) < 1%', 'column 9: expected a time'],
    ['p(95) < 5/s', 'column 9: expected a time'],
    ['errors < 5ms', 'column 10: expected a share such as 0.1%, or a bare ratio from 0 to 1, received "5ms"'],
    ['errors < 1.5', 'expected a share'],
    ['errors < 101%', 'expected a share'],
    ['rate > 100', 'column 8: expected a rate such as 100/s'],
    ['leaks == 0%', 'expected a whole number'],
    ['leaks == 0.5', 'expected a whole number'],
    ['p(95) of < 5', 'column 10: expected a step'],
    ['p(95) of "" < 5', 'column 10: expected a step'],
    ['p(95) < 5 in', 'column 13: expected a phase'],
    ['p(95) < 5 in a in b', 'column 16: expected one phase only'],
    ['http_req_duration{phase:a}: p(95) < 5 in b', 'expected one phase only'],
    ['p(95) < 5 for 1s within 2s', 'expected one "for" or "within" only'],
    ['p(95) < 5 for 999ms', 'column 15: expected a duration of at least 1s'],
    ['p(95) < 5, stop', 'column 12: expected "abort", "abort after 10s" or "warn", received "stop"'],
    ['p(95) < 5 ms', 'column 11: expected the end of the objective'],
    ['recovery < 30s, abort', 'column 17: expected no "abort"'],
    ['recovery < 30s in doors', 'expected no "in"'],
    ['recovery of checkout < 30s', 'expected no step'],
    ['oversold == 0 for 10s', 'expected no "for"'],
    ['lateness p99 of checkout < 5', 'expected no step'],
    ['hysteresis of checkout < 2', 'expected no step'],
    ['hysteresis < 2 in doors', 'expected no "in", because hysteresis is judged over the whole run'],
    ['collapse > 5s, abort', 'expected no "abort"'],
    ['finished of group checkout > 99%', 'column 13: expected no "group", because finished is not counted by it'],
    ['degraded p(99) of class buyer < 2s', 'expected no "class", because degraded p(99) is not counted by it'],
    ['counter x > 5 in doors', 'expected no "in"'],
    ['counter > 5', 'expected the name of a counter'],
    ['trend x > 5', 'expected p(0..100), p95, avg, med or max of the trend'],
    ['amplification <= 20%', 'expected a number of times, such as 1.2 or 1.2x'],
    ['counter x > 5ms', 'expected a number without a unit'],
    ['http_req_waiting: p(95) < 5', 'column 1: expected one of the k6 metrics known here: http_req_duration, http_req_failed, http_reqs'],
    ['http_req_duration{status:200}: p(95) < 5', 'column 19: expected a tag {name:…} or {step:…} for a step, {phase:…} for a phase'],
    ['http_req_duration{name:a,step:b}: p(95) < 5', 'each once'],
    ['http_req_failed: p(95) < 5', 'column 18: expected "rate" after http_req_failed, received "p"'],
    ['http_reqs: count > 5', 'expected "rate" after http_reqs, received "count"'],
  ])('%s is refused at the place that does not fit', (text, message) => {
    expect(refusalOf(text)).toContain(message)
  })

  test('the place of the text stands before the column', () => {
    expect(refusalOf('p(95)', 'objectives[2]')).toMatch(/^OBJECTIVE_INVALID objectives\[2\], column 6: /)
  })

  test('any text is either read or refused with a PlanError', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'p(95)<>=%/s of in"\\,:{}erabot'.split('')) }),
        (text) => typeof refusalOf(text) === 'string',
      ),
    )
  })
})

const digits = fc.nat({ max: 10_000_000 }).map((n) => n / 1000)
const limitOf: Record<Unit, fc.Arbitrary<number>> = {
  ms: digits,
  ratio: fc.oneof(
    fc.double({ min: 1e-6, max: 1, noNaN: true }),
    fc.nat({ max: 1000 }).map((n) => n / 1000),
  ),
  perSec: digits,
  count: fc.nat(),
  factor: digits,
  number: fc.oneof(
    digits,
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).filter((value) => !Object.is(value, -0)),
  ),
}
const statistic = fc.oneof(
  fc.constantFrom('avg' as const, 'max' as const),
  fc.nat({ max: 100_000 }).map((n) => n / 1000),
)
const name = fc.oneof(
  fc.constantFrom('checkout', 'GET /p', 'in', '/p/tv-55', 'class', 'device', 'p95'),
  fc.string({ minLength: 1, unit: 'binary' }).filter((text) => text.isWellFormed()),
)
const plainKinds = ['errors', 'degraded', 'rate', 'goodput', 'finished', 'gave-up', 'turned-away', 'amplification', 'recovery'] as const
const lateKinds = ['collapse', 'hysteresis', 'herd-penalty', 'stampede', 'stopped'] as const
const metricArbitrary: fc.Arbitrary<Metric> = fc.oneof(
  fc.record({ kind: fc.constantFrom('response' as const, 'lateness' as const, 'degraded-response' as const), at: statistic }),
  fc.record({ kind: fc.constantFrom(...plainKinds, ...lateKinds) }),
  fc.record({ kind: fc.constant('ledger' as const), of: fc.constantFrom('oversold' as const, 'duplicates', 'mismatches', 'leaks') }),
  fc.record({ kind: fc.constant('findings' as const), of: fc.constantFrom('personal-data' as const, 'shared-sessions', 'open-doors') }),
  fc.record({ kind: fc.constant('counter' as const), name }),
  fc.record({ kind: fc.constant('trend' as const), name, at: statistic }),
)
const lastingMs = fc.integer({ min: 1000, max: 9_000_000 })
const breach: fc.Arbitrary<OnBreach> = fc.oneof(
  fc.constantFrom<OnBreach>({ kind: 'judge' }, { kind: 'warn' }),
  fc.record({ kind: fc.constant('abort' as const), afterMs: fc.nat({ max: 100_000 }) }),
)

const scopeOf = ({ step, of }: ReturnType<typeof metricScopes>): fc.Arbitrary<Pick<Objective, 'step' | 'of'>> =>
  fc.oneof(
    fc.constant({}),
    ...(step ? [name.map((step) => ({ step }))] : []),
    ...(of.length > 0 ? [fc.record({ of: fc.record({ by: fc.constantFrom(...of), name }) })] : []),
  )

const objectiveArbitrary = fc.tuple(metricArbitrary, fc.boolean()).chain(([metric, isTime]): fc.Arbitrary<Omit<Objective, 'text'>> => {
  const scopes = metricScopes(metric)
  const unit: Unit = metric.kind === 'trend' && isTime ? 'ms' : metricUnit(metric)
  return scopeOf(scopes).chain((scope) => unscoped(metric, unit).map((objective) => ({ ...objective, ...scope })))
})

function unscoped(metric: Metric, unit: Unit): fc.Arbitrary<Omit<Objective, 'text'>> {
  const scopes = metricScopes(metric)
  return fc.record(
    {
      metric: fc.constant(metric),
      op: fc.constantFrom<Op>('<', '<=', '>', '>=', '=='),
      limit: limitOf[unit],
      unit: fc.constant(unit),
      onBreach: scopes.abort ? breach : fc.constant<OnBreach>({ kind: 'judge' }),
      ...(scopes.phase && { phase: name }),
      ...(scopes.span && { span: fc.record({ kind: fc.constantFrom('for' as const, 'within' as const), lastingMs }) }),
    },
    { requiredKeys: ['metric', 'op', 'limit', 'unit', 'onBreach'] },
  )
}

test('an objective written as text reads back as the same objective, and its text as the same text', () => {
  fc.assert(
    fc.property(objectiveArbitrary, (objective) => {
      const text = formatObjective(objective)
      expect(parseObjective(text)).toEqual({ text, ...objective })
    }),
    { numRuns: 500 },
  )
})
