// Objectives on series of the target, and what is told of them: live and from the folder alike, and never met without a reading.
import { mkdtempSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunEnd, TargetFigure, TargetHead } from '@doorbuster/measurements'
import { RunFolder, readRun, Tally, TargetRecord } from '@doorbuster/measurements'
import { parseObjective } from '@doorbuster/plan'
import { afterAll, describe, expect, test } from 'vitest'
import { startJudging } from '../src/judge.ts'
import type { ObjectiveResult } from '../src/judgement.ts'
import { runEnd, runStart, times, windowsOf } from './support/windows.ts'

const home = mkdtempSync(join(tmpdir(), 'doorbuster-target-'))
afterAll(() => rmSync(home, { recursive: true }))

const seconds = 30
const start = runStart(seconds, {
  plan: {},
  phases: [
    { name: 'calm', startMs: 0, lastingMs: 10_000, arrivals: 100 },
    { name: 'doors', startMs: 10_000, lastingMs: 20_000, arrivals: 400 },
  ],
  peak: { startMs: 20_000, lastingMs: 10_000, perSec: 30 },
})

const head = (page: string, name: string, more: Partial<TargetHead> = {}): TargetHead => ({
  kind: 'series',
  page,
  name,
  rule: name,
  unit: 'ratio',
  ceiling: 1,
  ...more,
})
const figures: readonly TargetFigure[] = [
  head('web1', 'cpu'),
  head('web2', 'cpu'),
  head('web1', 'lag', { unit: 'seconds', ceiling: null }),
  ...Array.from({ length: seconds }, (_, second): readonly TargetFigure[] => [
    // In the doors the first machine has five seconds of 95 %, the second one at 70 % throughout.
    {
      kind: 'sample',
      atMs: (second + 1) * 1_000,
      page: 'web1',
      values: { cpu: second >= 15 && second < 20 ? 0.95 : 0.5, lag: second / 1_000 },
    },
    { kind: 'sample', atMs: (second + 1) * 1_000, page: 'web2', values: { cpu: 0.7 } },
  ]).flat(),
  { kind: 'silence', atMs: 12_000, page: 'web2', because: 'timeout' },
]

function judging(objectives: readonly string[]) {
  const tally = new Tally()
  const target = new TargetRecord()
  const judge = startJudging({ objectives: objectives.map((text) => parseObjective(text)), start, tally, target })
  const add = (figure: TargetFigure) => {
    target.add(figure)
    return judge.target(figure)
  }
  const windows = (count = seconds) => {
    for (const window of windowsOf(
      Array.from({ length: count }, (_, second) => ({ cells: [{ ok: times(10, second < 18 ? 20 : 900) }] })),
    )) {
      tally.add(window)
      judge.window(window)
    }
  }
  return { add, windows, finish: (more: Partial<RunEnd> = {}) => judge.finish(runEnd({ durationMs: seconds * 1_000, ...more })) }
}

function judged(objective: string, given = figures): ObjectiveResult {
  const one = judging([objective])
  for (const figure of given) one.add(figure)
  const [result] = one.finish().objectives
  if (result === undefined) throw new Error('one objective, one result')
  return result
}

describe('an objective on a series', () => {
  test.each([
    ['target.cpu < 96%', 'met', 0.95],
    ['target.cpu < 80%', 'missed', 0.95],
    ['target.cpu < 80% in calm', 'met', 0.7],
    ['target.web2.cpu <= 70%', 'met', 0.7],
    // Of ten seconds in a row only five broke it.
    ['target.cpu < 80% for 10s', 'met', 0.7],
    ['target.cpu < 80% for 5s', 'missed', 0.95],
    ['target.web1.cpu < 80% within 10s', 'met', (5 * 0.95 + 5 * 0.5) / 10],
    ['target.web1.cpu < 70% within 10s', 'missed', (5 * 0.95 + 5 * 0.5) / 10],
    ['target.cpu > 60%', 'missed', 0.5],
    ['target.lag < 29ms', 'missed', 29],
    ['target.lag < 30ms', 'met', 29],
  ])('%s is %s', (text, status, observed) => {
    const result = judged(text)
    expect([result.status, result.observed]).toEqual([status, expect.closeTo(observed, 9)])
  })

  const silentFor = (seconds: number, page = 'web1') =>
    figures.filter(
      (each) => each.kind !== 'sample' || each.page !== page || each.atMs <= 12_000 || each.atMs > 12_000 + (seconds - 1) * 1_000,
    )

  test('is not met by readings with a hole of more than ten seconds, in which it may have been broken', () => {
    expect(judged('target.cpu < 96%', silentFor(10)).status).toBe('met')
    const result = judged('target.cpu < 96%', silentFor(12))
    expect([result.status, result.because]).toEqual(['no-data', expect.stringContaining('web1 was not read for 12 s from 12 s on')])
    expect(judged('target.web2.cpu < 96%', silentFor(12)).status).toBe('met')
  })

  test('is not met by a page that fell silent for good, nor by one that spoke up late', () => {
    expect(judged('target.cpu < 96%', silentFor(100)).status).toBe('no-data')
    const late = figures.filter((each) => each.kind !== 'sample' || each.atMs > 11_000)
    expect(judged('target.cpu < 96%', late).status).toBe('no-data')
    expect(judged('target.cpu < 96% in doors', late).status).toBe('met')
  })

  test('that was seen to be broken is missed, whatever was not read', () => {
    const late = figures.filter((each) => each.kind !== 'sample' || each.atMs > 11_000)
    expect(judged('target.cpu < 80%', late).status).toBe('missed')
  })

  test('is broken at the first reading that breaks it, which is told once', () => {
    const one = judging(['target.cpu < 80%, abort after 17s'])
    const breaches = figures.flatMap((figure) => one.add(figure).map(({ atMs, abort }) => [atMs, abort]))
    expect(breaches).toEqual([
      [16_000, false],
      [17_000, true],
    ])
    expect(one.finish().objectives[0]).toMatchObject({ status: 'missed', firstBreachMs: 16_000 })
  })

  test('of a run that was stopped is judged by the readings while shoppers still came', () => {
    const one = judging(['target.orders > 5/s'])
    one.add(head('web1', 'orders', { unit: 'perSec', ceiling: null }))
    for (let atMs = 1_000; atMs <= 29_000; atMs += 1_000)
      one.add({ kind: 'sample', atMs, page: 'web1', values: { orders: atMs <= 10_000 ? 10 : 0 } })
    one.windows(10)
    expect(one.finish({ stoppedBy: 'interrupt', finished: false }).objectives[0]).toMatchObject({ status: 'met', observed: 10 })
  })

  test.each([
    ['target.memory < 80%', 'no samples'],
    ['target.web3.cpu < 80%', 'no samples'],
    ['target.lag < 80%', 'seconds'],
    ['target.cpu < 80% in aftershock', 'no phase'],
  ])('%s has no data, and so it is not met', (text, because) => {
    expect(judged(text)).toMatchObject({ status: 'no-data', observed: null, because: expect.stringContaining(because) })
  })

  test('over fewer readings than its span is judged by what there is', () => {
    expect(judged('target.cpu < 80% within 60s').status).toBe('met')
    expect(judged('target.cpu < 60% within 60s').status).toBe('missed')
    expect(judged('target.web1.cpu < 60% for 60s').status).toBe('met')
    expect(judged('target.web2.cpu < 60% for 60s').status).toBe('no-data')
  })
})

test('what saturated first is told with its lead before the first breach, and each series by its figures', () => {
  const one = judging(['max < 500ms', 'target.cpu < 80%'])
  for (const figure of figures) one.add(figure)
  one.windows()
  const { target } = one.finish()
  expect(target?.saturated).toEqual([
    {
      page: 'web1',
      name: 'cpu',
      kind: 'ceiling',
      atMs: 16_000,
      value: 0.95,
      leadMs: 2_000,
      because: 'cpu of web1 came to 95 % of all there is, from 16 s on: 2 s before "max < 500ms" was first broken',
    },
  ])
  expect(target?.series[0]).toMatchObject({ samples: 30, first: 0.5, max: 0.95, atPeak: 0.5, mean: expect.closeTo(0.575, 9) })
  expect(target?.silent).toEqual([{ page: 'web2', atMs: 12_000, because: 'timeout' }])
})

test.each([
  ['as planned', 1, ['plateau']],
  ['by a generator that stood still', 5_000, []],
] as const)('a series that rose with the load and then no more, of a load that was sent %s: %j', (_how, loopP99Ms, kinds) => {
  const [tally, target] = [new Tally(), new TargetRecord()]
  const judge = startJudging({ objectives: [parseObjective('errors < 1%')], start, tally, target })
  target.add(head('web1', 'orders', { unit: 'perSec', ceiling: null }))
  const seconds30 = Array.from({ length: seconds }, (_, second) => second)
  for (const second of seconds30)
    target.add({ kind: 'sample', atMs: (second + 1) * 1_000, page: 'web1', values: { orders: Math.min(second * 10, 150) } })
  for (const window of windowsOf(
    seconds30.map((second) => ({ arrivals: second * 10, cells: [{ ok: times(second * 10, 20) }], loopP99Ms })),
  )) {
    tally.add(window)
    judge.window(window)
  }
  const found = judge.finish(runEnd({ durationMs: seconds * 1_000 })).target?.saturated
  expect(found?.map(({ kind }) => kind)).toEqual(kinds)
})

test('a run without pages has nothing to say of its target', () => {
  expect(judging([]).finish()).not.toHaveProperty('target')
})

test('a run is judged alike while it goes on and from its folder, and a torn last line spoils nothing', async () => {
  const objectives = ['target.cpu < 80%', 'target.web1.cpu < 70% within 10s', 'target.lag < 5ms in doors']
  const path = join(home, 'run')
  const folder = RunFolder.create(path, start)
  const live = judging(objectives)
  for (const figure of figures) {
    live.add(figure)
    folder.target(figure)
  }
  folder.target({ kind: 'sample', atMs: 31_000, page: 'web1', values: { cpu: 1 } })
  await folder.close()
  truncateSync(join(path, 'target.jsonl'), figures.map((each) => JSON.stringify(each).length + 1).reduce((a, b) => a + b) + 20)
  const stored = judging(objectives)
  readRun(path).eachTarget((figure) => stored.add(figure))
  const judgement = live.finish()
  expect(stored.finish()).toEqual(judgement)
  expect(judgement.objectives.map(({ status }) => status)).toEqual(['missed', 'missed', 'missed'])
})

test('an hour and more of readings is kept in bounds, with its mean', () => {
  const record = new TargetRecord()
  record.add(head('web1', 'cpu'))
  for (let n = 0; n < 10_000; n++) record.add({ kind: 'sample', atMs: n * 1_000, page: 'web1', values: { cpu: n % 2, other: 1 } })
  const [line] = record.series?.lines ?? []
  expect(line?.points.length).toBeLessThanOrEqual(3_600)
  expect(line?.points.slice(0, -1).every(([, value]) => value === 0.5)).toBe(true)
})
