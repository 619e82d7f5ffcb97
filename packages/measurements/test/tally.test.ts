import { expect, test } from 'vitest'
import type { Finding } from '../src/ledger-entries.ts'
import { Recorder } from '../src/recorder.ts'
import { Tally } from '../src/tally.ts'
import type { Window } from '../src/window.ts'
import { end, start, told } from './support/story.ts'

test('once drained, due is ok and degraded and failed and dropped', () => {
  const { due, ok, degraded, failed, dropped } = told().facts(start, end).totals
  expect([due, ok, degraded, failed, dropped]).toEqual([4, 1, 1, 1, 1])
  expect(due).toBe(ok + degraded + failed + dropped)
})

test('a scope holds its phase and step only, and is filled anew each time it is asked for', () => {
  const tally = told()
  expect(tally.scope({ step: 'landing' }).counts).toMatchObject({ due: 1, ok: 1, failed: 0 })
  expect(tally.scope({ phase: 'nowhere' }).counts.due).toBe(0)
  expect(tally.scope({ phase: 'a' }).response.count).toBe(2)
  expect(tally.scope({ phase: 'a' }).response.count).toBe(2)
})

test('failed answers are not among the times of answered ones', () => {
  const { responseMs, failedMs } = told().facts(start, end)
  expect([responseMs.count, responseMs.min, failedMs.count, failedMs.max]).toEqual([2, 12.5, 1, 3])
})

test('connections are timed apart: TCP of all, and TLS of those that had it', () => {
  const { connectMs, handshakeMs } = told().facts(start, end)
  expect([connectMs.count, connectMs.min, connectMs.max]).toEqual([2, 0.5, 1.5])
  expect([handshakeMs.count, handshakeMs.max]).toEqual([1, 4])
})

test('the generator says what it did itself: pauses add up, CPU is a share of a core, and a thread that died is told', () => {
  const { generator } = told().facts(start, { ...end, lost: { threads: 1, arrivals: 12 } })
  expect(generator).toMatchObject({
    gcPauseMs: { total: 9, max: 2 },
    threadCpu: { busiestRatio: 0.25, busiestWindowRatio: 0.25 },
    lost: { threads: 1, arrivals: 12 },
  })
  expect(told().facts(start, end).generator.lost).toBeNull()
})

test('failures are listed by cause, and their sum is failed and dropped', () => {
  expect(told().facts(start, end).failures).toEqual({ 'status:503': 1, 'dropped:theirs-no-socket': 1 })
})

test('a phase without a single request is still listed, with nothing counted', () => {
  const { phases } = told().facts(
    { ...start, phases: [...start.phases, { name: 'b', startMs: 3_000, lastingMs: 1_000, arrivals: 2 }] },
    end,
  )
  expect(phases.map(({ name, due, responseMs }) => [name, due, responseMs.p50])).toEqual([
    ['a', 4, 12.5],
    ['b', 0, null],
  ])
})

test('a step with the name of a joker does not stand for all of them', () => {
  const tally = new Tally()
  const recorder = new Recorder((window, release) => {
    tally.add(window)
    release()
  })
  for (const step of ['*', 'landing']) recorder.failed(recorder.slot(null, step), `of ${step}`, 1)
  recorder.finish(1_000)
  expect(tally.scope().counts.failed).toBe(2)
  expect(tally.facts({ ...start, phases: [] }, end).failures).toEqual({ 'of *': 1, 'of landing': 1 })
})

test('failures and checks are listed under any name, such as those that every object inherits', () => {
  const names = ['__proto__', 'constructor', 'toString']
  const tally = new Tally()
  const recorder = new Recorder((window, release) => {
    tally.add(window)
    release()
  })
  const slot = recorder.slot(null, 'x')
  for (const second of [1, 2]) {
    for (const name of names) {
      recorder.dropped(slot, name)
      recorder.check(name, second === 1)
    }
    recorder.advance(second * 1_000)
  }
  const { failures, checks } = tally.facts({ ...start, phases: [] }, end)
  expect(Object.entries(failures)).toEqual(names.map((name) => [name, 2]))
  expect(Object.entries(tally.causes)).toEqual(names.map((name) => [name, 2]))
  expect(Object.entries(checks)).toEqual(names.map((name) => [name, { passed: 1, failed: 1 }]))
})

test('findings in places without end share one row of their kind, and none is lost', () => {
  const tally = new Tally()
  const recorder = new Recorder((window, release) => {
    tally.add(window)
    release()
  })
  const found = { step: 'account', field: 'email', count: 1, owners: [1], viewers: [2], cache: null, node: null, sample: null } as const
  const findingAt = (kind: Finding['kind'], atMs: number, where: string): Finding => ({
    kind,
    where,
    firstMs: atMs,
    lastMs: atMs,
    ...found,
  })
  // A thousand headers of as many names, half of them in the first second.
  for (let i = 0; i < 1_000; i++) {
    recorder.advance(i * 2)
    recorder.found(findingAt('leak', i * 2, `header x-${i}`))
  }
  recorder.found(findingAt('shared-session', 1_998, 'header set-cookie'))
  recorder.finish(2_000)
  const rows = (kind: Finding['kind']): readonly Finding[] => tally.findings.filter((finding) => finding.kind === kind)
  expect(rows('leak').length).toBe(501)
  expect(rows('leak').reduce((sum, { count }) => sum + count, 0)).toBe(1_000)
  expect(rows('leak')[0]).toMatchObject({ step: '(other)', where: '(other)', count: 500, firstMs: 1_000, lastMs: 1_998 })
  expect(rows('shared-session')).toMatchObject([{ where: '(other)', count: 1 }])
})

test('names that a journey makes up fill no memory: five hundred have a place of their own, all others one together', () => {
  const windows: Window[] = []
  const recorder = new Recorder((window) => windows.push(window))
  // 20 s, each with 60 names that no other second has.
  for (let second = 0; second < 20; second++) {
    recorder.advance(second * 1_000)
    const slot = recorder.slot(null, 'landing')
    for (let nth = 0; nth < 60; nth++) {
      const name = `${second}-${nth}`
      recorder.number(name, 2)
      recorder.check(name, true)
      recorder.trend(name, 3)
      recorder.failed(slot, name, 1)
    }
  }
  recorder.finish(20_000)
  const tally = new Tally()
  for (const window of windows) tally.add(window)
  const { counters, checks, trends, failures } = tally.facts({ ...start, phases: [] }, end)
  for (const named of [counters, checks, trends, failures]) {
    expect(Object.keys(named)).toHaveLength(501)
    expect(named).toHaveProperty('(other)')
  }
  // 1,200 in all, 700 of them without a place of their own.
  expect([counters['(other)'], checks['(other)']]).toEqual([
    { count: 700, sum: 1_400, min: 2, max: 2 },
    { passed: 700, failed: 0 },
  ])
  expect([failures['(other)'], trends['(other)']?.count]).toEqual([700, 700])
})
