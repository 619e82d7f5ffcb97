import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amend } from '../src/amend.ts'
import { canonicalJson, canonicalPlan } from '../src/canonical.ts'
import type { Launch } from '../src/launch.ts'
import { launch } from '../src/launch.ts'
import { parseObjective } from '../src/parse-objective.ts'
import { parseSeries } from '../src/series.ts'
import { usualSeries } from '../src/usual-series.ts'
import { problemsOf } from './problems-of.ts'

const withPages = (metrics: unknown, objectives: readonly string[] = []) =>
  launch({ name: 'sale', target: 'http://127.0.0.1', traffic: 'burst 1', metrics: metrics as Launch['metrics'], objectives })
const page = 'http://127.0.0.1:9100/metrics'

describe('a series', () => {
  const term = fc.record({
    fold: fc.constantFrom('', 'sum ', 'max ', 'min ', 'avg '),
    rate: fc.constantFrom('', 'rate '),
    metric: fc.stringMatching(/^[a-z_][a-z_]{1,12}$/).filter((name) => name !== 'of'),
    labels: fc.array(fc.tuple(fc.stringMatching(/^[a-z]{1,5}$/), fc.constantFrom('=', '!='), fc.string({ maxLength: 6 })), {
      maxLength: 3,
    }),
  })
  const text = term.map(({ fold, rate, metric, labels }) => {
    const pairs = labels.map(([label, op, value]) => `${label}${op}${JSON.stringify(value)}`).join(', ')
    return `${fold}${rate}${metric}${labels.length === 0 ? '' : `{ ${pairs} }`}`
  })

  test('reads back from its own text to the same rule', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', '1 - '),
        text,
        fc.option(text),
        fc.option(fc.integer({ min: 1, max: 5_000 })),
        (one, top, bottom, of) => {
          const rule = parseSeries(`${one}${top}${bottom === null ? '' : ` / ${bottom}`}${of === null ? '' : ` of ${of}`}`)
          expect(parseSeries(rule.text)).toEqual(rule)
          expect([rule.isComplement, rule.over !== undefined, rule.outOf]).toEqual([one !== '', bottom !== null, of ?? undefined])
        },
      ),
      { numRuns: 100 },
    )
  })

  test.each([
    ['', 'the name of a metric'],
    ['a b', 'or the end'],
    ['a /', 'the name of a metric'],
    ['a{b}', '"=" or "!="'],
    ['a{b="c"', '"," or "}"'],
    ['a{b=c}', 'a value in quotes'],
    ['a of 0', 'a number above zero'],
    ['rate(a[1m])', 'or the end'],
  ])('%s is none, and its mistake says where', (given, expected) => {
    expect(problemsOf(() => parseSeries(given)).join('\n')).toMatch(
      new RegExp(`^: .*${expected.replace(/[|{}]/g, '\\$&')}.* at column \\d+ \\|`),
    )
  })

  test('every usual one is one, written as it is read', () => {
    for (const given of Object.values(usualSeries)) expect(parseSeries(given).text).toBe(given)
  })
})

describe('metrics pages', () => {
  test('a URL is a page by the name of its host and port', () => {
    expect(withPages([page]).metrics).toEqual([{ url: page, name: '127.0.0.1:9100', headers: {}, series: {} }])
    expect(withPages([]).metrics).toBeUndefined()
  })

  test('a page says what it is called, what it is sent and what is made of it', () => {
    const [read] = withPages([{ url: page, name: 'web1', headers: { 'X-Tenant': 7 }, series: { pool: 'a/b' } }]).metrics ?? []
    expect(read).toMatchObject({ name: 'web1', headers: { 'x-tenant': '7' }, series: { pool: { text: 'a / b' } } })
  })

  test.each([
    [['ftp://host/metrics'], 'metrics[0]: an absolute http or https URL'],
    [[{ url: 'http://me:secret@host/' }], 'metrics[0].url: a URL without credentials'],
    [[{ url: page, nam: 'x' }], 'metrics[0].nam: no such key (did you mean "name"?)'],
    [[{ url: page, series: { pool: 'a b' } }], 'metrics[0].series.pool: '],
    [[{ url: page, series: { 'p.q': 'a' } }], 'metrics[0].series'],
    [[page, page], 'metrics: pages of different names'],
    [Array(17).fill(page), 'metrics: a list of metrics pages, at most 16'],
  ])('%j is refused where the mistake is', (metrics, expected) => {
    expect(problemsOf(() => withPages(metrics)).join('\n')).toContain(expected)
  })

  test('a secret in a header or in the URL stands in no canonical plan', () => {
    const plan = withPages([{ url: `${page}?token=hush-1`, headers: { authorization: 'Bearer hush-2' } }])
    const text = canonicalJson(canonicalPlan(plan))
    expect(text).toContain('9100')
    expect(text).not.toContain('hush')
  })

  test('more may be named beside a plan, and objectives on them with it', () => {
    const plan = amend(withPages([page]), { metrics: ['http://127.0.0.1:9101/metrics'], objectives: ['target.cpu < 80% for 10s, abort'] })
    expect(plan.metrics?.map(({ name }) => name)).toEqual(['127.0.0.1:9100', '127.0.0.1:9101'])
    expect(problemsOf(() => amend(plan, { metrics: [page] }))).toHaveLength(1)
  })
})

describe('an objective on the target', () => {
  test.each([
    ['target.cpu < 80%', 'ratio', 0.8],
    ['target.web1.response-mean < 250ms in doors', 'ms', 250],
    ['target.shop_orders >= 20/s within 5s, warn', 'perSec', 20],
    ['target.127.0.0.1:9100.load <= 4, abort after 10s', 'number', 4],
  ])('%s has the unit that its limit is written in', (text, unit, limit) => {
    expect(parseObjective(text)).toMatchObject({ text, unit, limit, metric: { kind: 'target' } })
  })

  test('has no step, and needs a page and a series that may be there', () => {
    expect(problemsOf(() => parseObjective('target < 1'))).toHaveLength(1)
    expect(problemsOf(() => parseObjective('target.cpu of checkout < 1'))).toHaveLength(1)
    expect(problemsOf(() => withPages([page], ['target.cpuu < 80%'])).join()).toContain('did you mean "cpu"')
    expect(problemsOf(() => withPages([page], ['target.cpu < 80%', 'target.shop_orders > 1']))).toEqual([])
    expect(problemsOf(() => withPages([{ url: page, name: 'db', series: { pool: 'a / b' } }], ['target.db.pool < 1']))).toEqual([])
  })

  test('of a plan without a page may get one from the command line, and is refused when it gets none', () => {
    const plan = withPages(undefined, ['target.cpu < 80%', 'target.cpuu < 80%'])
    const none = problemsOf(() => amend(plan, {})).join()
    expect(none).toContain('objectives[0]: metrics in the plan (or --metrics)')
    const one = problemsOf(() => amend(plan, { metrics: [page] }))
    expect([one.length, one.join()]).toEqual([1, expect.stringContaining('objectives[1]')])
    expect(amend(withPages([], ['target.cpu < 80%']), { metrics: [page] }).metrics).toHaveLength(1)
  })
})
