// What a run of shoppers holds beside its requests, invented and consistent. `other` replaces every name that comes from outside.
import type { CutSlice, Finding, Pct, VisitSlice } from '@doorbuster/measurements'
import type { Summary } from '@doorbuster/verdict'

type Crowd = Pick<
  Summary,
  | 'amplification'
  | 'degradedMs'
  | 'visits'
  | 'deviceVisits'
  | 'classes'
  | 'devices'
  | 'answeredBy'
  | 'groups'
  | 'counters'
  | 'trends'
  | 'findings'
  | 'aftermath'
>

const pct = (count: number, p50: number): Pct => ({
  count,
  mean: p50 * 1.4,
  min: p50 / 3,
  p50,
  p90: p50 * 2.5,
  p95: p50 * 4,
  p99: p50 * 9,
  p999: p50 * 15,
  max: p50 * 21,
})

const counter = (count: number, sum: number) => ({ count, sum, min: 0, max: sum })

export function sampleCrowd(other?: string): Crowd {
  const named = (name: string): string => (other === undefined ? name : `${name} ${other}`)
  return {
    amplification: 1.31,
    degradedMs: pct(800, 30),
    visits: [
      visit(named('buyer'), {
        due: 2_000,
        finished: 1_620,
        gaveUp: 320,
        turnedAway: 60,
        lostAt: { [named('gave-up:checkout')]: 320, 'turned-away:sold-out': 60 },
      }),
      visit(named('looker'), { due: 8_000, finished: 7_900, gaveUp: 100, turnedAway: 0, lostAt: { 'gave-up:landing': 100 } }),
    ],
    deviceVisits: [
      visit(named('mobile'), { due: 7_000, finished: 6_620, gaveUp: 380, turnedAway: 0, lostAt: { 'gave-up:landing': 380 } }),
      visit(named('desktop'), { due: 3_000, finished: 2_900, gaveUp: 40, turnedAway: 60, lostAt: { 'turned-away:sold-out': 60 } }),
    ],
    classes: [slice(named('buyer'), 4_100, 60), slice(named('looker'), 16_000, 18)],
    devices: [slice(named('mobile'), 14_000, 160), slice(named('desktop'), 6_100, 28)],
    answeredBy: [slice(named('application'), 15_000, 45), slice('cache', 5_100, 3)],
    groups: [slice(named('checkout'), 1_700, 2_100)],
    counters: {
      [named('cart.value')]: counter(1_620, 48_600),
      'waiting-room.admitted': counter(900, 900),
      'hostile.passed': counter(40, 40),
      'hostile.stopped': counter(960, 960),
      'legitimate.passed': counter(9_990, 9_990),
      'legitimate.stopped': counter(10, 10),
    },
    trends: { [named('first-offer')]: pct(900, 410), 'waiting-room.wait': pct(900, 12_000) },
    findings: [finding(named), { ...finding(named), kind: 'personal-data', node: null, count: 2 }],
    aftermath: {
      collapseMs: {
        status: 'seen',
        value: 12_000,
        because: 'the shop held for 12 s after the doors opened at 50 s; then 40 of 300 requests failed',
      },
      totalFailureMs: null,
      recoveryMs: { status: 'never', value: null, because: 'not recovered within the 40 s that were watched after the peak' },
      hysteresis: { status: 'seen', value: 1.42, because: 'p99 was 80 ms in the baseline and 114 ms at the end of the aftershock' },
      stampede: { status: 'unknown', value: null, because: 'the traffic has no phase herd' },
      herdPenalty: { status: 'unknown', value: null, because: 'the traffic has no phases herd and jittered to compare' },
      amplification: [
        { phase: named('baseline'), factor: 1 },
        { phase: named('doors'), factor: 1.73 },
      ],
    },
  }
}

function visit(name: string, counts: Pick<VisitSlice, 'due' | 'finished' | 'gaveUp' | 'turnedAway' | 'lostAt'>): VisitSlice {
  return {
    name,
    ...counts,
    finishedDegraded: 40,
    threw: 0,
    dropped: 0,
    cut: 0,
    visitMs: pct(counts.finished, 9_400),
    lostMs: pct(counts.due - counts.finished, 14_000),
  }
}

function slice(name: string, due: number, p50: number): CutSlice {
  const failed = Math.round(due / 20)
  const counts = { due, sent: due, ok: due - failed, degraded: 0, failed, dropped: 0, intents: Math.round(due / 1.31), attempts: due }
  return { name, ...counts, responseMs: pct(due - failed, p50), failedMs: pct(failed, 900), failures: { 'status:503': failed } }
}

function finding(named: (name: string) => string): Finding {
  return {
    kind: 'leak',
    step: named('account'),
    where: named('body'),
    field: named('email'),
    count: 31,
    firstMs: 61_000,
    lastMs: 95_000,
    owners: [12, 19, 44],
    viewers: [13, 20, 21, 60],
    cache: named('public, max-age=60'),
    node: named('web-3'),
    sample: named('a…@example.test'),
  }
}
