// The form of summary.json as a JSON Schema, for programs that read it. The compiler holds it to the type: no key may lack here.
import { z } from 'zod'
import type { Summary } from './judgement.ts'

/** JSON Schema (draft 2020-12). Keys are only ever added within a version, so unknown ones are allowed. */
export function summaryJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(summaryForm(), { target: 'draft-2020-12', reused: 'ref' })
  return {
    $schema,
    title: 'doorbuster summary',
    description: 'What a rehearsal measured, and what was made of it. Times are fractional ms, shares are ratios from 0 to 1.',
    ...schema,
  }
}

function summaryForm() {
  const count = z.number().min(0).meta({ id: 'amount', description: 'zero or above; whole where things are counted' })
  const known = z.number().nullable()
  const interval = z.tuple([known, known])
  const intervals = z.looseObject({ p50: interval, p90: interval, p95: interval, p99: interval, p999: interval }).meta({
    id: 'intervals',
    description: '95 %, from order statistics: low and high; null where so few samples bound that side by nothing',
  })
  const pct = z
    .looseObject({
      count,
      mean: known,
      min: known,
      p50: known,
      p90: known,
      p95: known,
      p99: known,
      p999: known,
      max: known,
      intervals: z.exactOptional(intervals),
    })
    .meta({ id: 'percentiles', description: 'all null when nothing was counted' })
  const outcomes = { due: count, sent: count, ok: count, degraded: count, failed: count, dropped: count, intents: count, attempts: count }
  const byCause = z.record(z.string(), count)
  const slice = { name: z.string(), ...outcomes, responseMs: pct, serviceMs: pct, failedMs: pct }
  const { serviceMs: _, ...cut } = slice
  const cuts = z.array(z.looseObject({ ...cut, failures: byCause }).meta({ id: 'cut' }))
  const left = { finished: count, finishedDegraded: count, gaveUp: count, turnedAway: count, threw: count, dropped: count, cut: count }
  const visit = { name: z.string(), due: count, ...left, visitMs: pct, lostMs: pct, lostAt: byCause }
  const facts = {
    name: z.string(),
    planHash: z.string(),
    seed: count,
    startedAt: z.string(),
    durationMs: count,
    finished: z.boolean(),
    totals: z.looseObject({ ...outcomes, done: count, bytesIn: count, bytesOut: count }),
    shoppers: z.looseObject({ due: count, started: count, ...left }),
    generator: generatorForm(count, pct),
    responseMs: pct,
    serviceMs: pct,
    failedMs: pct,
    connectMs: pct,
    handshakeMs: pct,
    degradedMs: pct,
    phases: z.array(z.looseObject({ ...slice, startMs: count, lastingMs: count })),
    steps: z.array(z.looseObject(slice)),
    failures: byCause,
    checks: z.record(z.string(), z.looseObject({ passed: count, failed: count })),
    amplification: known,
    deviceVisits: z.array(z.looseObject(visit)),
    visits: z.array(z.looseObject(visit)),
    classes: cuts,
    devices: cuts,
    answeredBy: cuts,
    groups: cuts,
    counters: z.record(z.string(), z.looseObject({ count, sum: z.number(), min: z.number(), max: z.number() })),
    trends: z.record(z.string(), pct),
    findings: z.array(findingForm(count)),
  }
  return z.looseObject({ schema: z.literal('doorbuster/summary@1'), ...facts, ...judgementForm(count, known) }) satisfies z.ZodType<Summary>
}

function generatorForm(count: z.ZodNumber, pct: z.ZodType<Summary['responseMs']>) {
  const known = z.number().nullable()
  return z.looseObject({
    threads: count,
    latenessMs: pct,
    cpuSeconds: known,
    node: z.string(),
    transport: z.string(),
    loopDelayMs: z.looseObject({ p99: count, max: count }),
    gcPauseMs: z.looseObject({ total: count, max: count }).nullable(),
    threadCpu: z.looseObject({ busiestRatio: known, busiestWindowRatio: known }),
    lost: z.looseObject({ threads: count, arrivals: count }).nullable(),
    inFlight: z.looseObject({ mean: count, max: count }),
  })
}

function findingForm(count: z.ZodNumber) {
  return z.looseObject({
    kind: z.enum(['leak', 'personal-data', 'shared-session', 'open-door']),
    step: z.string(),
    where: z.string(),
    field: z.string(),
    count,
    firstMs: count,
    lastMs: count,
    owners: z.array(count),
    viewers: z.array(count),
    cache: z.string().nullable(),
    node: z.string().nullable(),
    sample: z.string().nullable(),
  })
}

function judgementForm(count: z.ZodNumber, known: z.ZodNullable<z.ZodNumber>) {
  const comparison = z
    .looseObject({ status: z.enum(['seen', 'never', 'unknown']), value: known, because: z.string() })
    .meta({ id: 'comparison' })
  return {
    verdict: z.enum(['go', 'no-go', 'inconclusive', 'invalid']),
    reasons: z.array(z.string()).meta({ description: 'the decisive one first' }),
    objectives: z.array(
      z.looseObject({
        text: z.string(),
        status: z.enum(['met', 'missed', 'no-data']),
        warnOnly: z.boolean(),
        step: z.string().nullable(),
        of: z.looseObject({ by: z.enum(['class', 'device', 'group', 'answered-by']), name: z.string() }).nullable(),
        phase: z.string().nullable(),
        observed: known.meta({ description: 'null without samples, or when it is infinite: never answered, recovered or collapsed' }),
        limit: z.number(),
        unit: z.enum(['ms', 'ratio', 'perSec', 'count', 'factor', 'number']),
        samples: count,
        low: known,
        high: known,
        firstBreachMs: known,
        withinNoise: z.exactOptional(z.literal(true)).meta({ description: 'the interval holds the limit' }),
        because: z.string(),
      }),
    ),
    trust: z.array(
      z.looseObject({
        name: z.enum(['lateness', 'loop-delay', 'gc', 'cpu', 'dropped-by-us', 'little', 'sent', 'lost']),
        status: z.enum(['passed', 'failed', 'not-judged']),
        because: z.string(),
      }),
    ),
    lights: z.exactOptional(lightsForm()),
    ledger: z.exactOptional(ledgerForm(count)),
    budget: z.exactOptional(budgetForm(count)),
    outside: z.exactOptional(z.array(outsideForm(count))),
    notMeasured: z.exactOptional(z.array(z.string())).meta({ description: 'what this run says nothing about' }),
    target: z.exactOptional(targetForm(count)),
    aftermath: z.looseObject({
      collapseMs: comparison,
      totalFailureMs: known,
      recoveryMs: comparison,
      hysteresis: comparison,
      herdPenalty: comparison,
      stampede: comparison,
      amplification: z.array(z.looseObject({ phase: z.string(), factor: known })),
    }),
  }
}

function lightsForm() {
  const status = z.enum(['go', 'no-go', 'inconclusive', 'invalid', 'not-rehearsed'])
  const light = z.looseObject({ status, because: z.string() }).meta({ id: 'light' })
  return z.looseObject({ capacity: light, resilience: light, trust: light, response: light })
}

function targetForm(count: z.ZodNumber) {
  const known = z.number().nullable()
  const own = { page: z.string(), name: z.string() }
  const unit = z.enum(['ratio', 'perSec', 'bytes', 'bytesPerSec', 'seconds', 'number'])
  const seen = { first: known, max: known, mean: known, atPeak: known }
  return z.looseObject({
    series: z.array(z.looseObject({ ...own, rule: z.string(), unit, ceiling: known, samples: count, ...seen })),
    saturated: z
      .array(
        z.looseObject({
          ...own,
          kind: z.enum(['ceiling', 'plateau']),
          atMs: z.number(),
          value: z.number(),
          leadMs: known,
          because: z.string(),
        }),
      )
      .meta({ description: 'the first to come to its end first' }),
    silent: z.array(z.looseObject({ page: z.string(), atMs: z.number(), because: z.string() })),
  })
}

function ledgerForm(count: z.ZodNumber) {
  const known = z.number().nullable()
  const range = z.looseObject({ least: z.number(), most: z.number() })
  const orders = { confirmed: count, unknown: count, refused: count, cancelled: count }
  const product = { ...orders, sku: z.string(), stock: known, shopSold: known, shopStock: known, sold: range, oversold: range.nullable() }
  const mismatch = { kind: z.enum(['id-twice', 'price', 'per-shopper', 'count', 'stock']), count: z.number(), text: z.string() }
  return z.looseObject({
    orders: z.looseObject(orders),
    products: z.array(z.looseObject(product)),
    duplicates: count,
    mismatches: z.array(z.looseObject(mismatch)),
    silent: z.array(z.looseObject({ sku: z.string(), because: z.string() })),
    lost: z.looseObject({ orders: z.number(), cents: known, text: z.string() }).nullable(),
  })
}

function budgetForm(count: z.ZodNumber) {
  const known = z.number().nullable()
  return z
    .looseObject({
      availabilityRatio: count,
      overMs: count,
      isDeclared: z.boolean(),
      totalMs: count,
      spentMs: count,
      leftMs: z.number(),
      goneAtMs: known,
      burns: z.array(z.looseObject({ everyMs: count, worst: known, fromMs: known })),
      because: z.string(),
    })
    .meta({ description: 'the error budget of the event, and what the failures of this run took of it' })
}

function outsideForm(count: z.ZodNumber) {
  const known = z.number().nullable()
  return z.looseObject({ text: z.string(), watchedMs: count, outsideMs: count, firstMs: known, longestMs: count, longestFromMs: known })
}
