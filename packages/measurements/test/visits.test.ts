import { expect, test } from 'vitest'
import { Recorder } from '../src/recorder.ts'
import { Tally } from '../src/tally.ts'
import { visitCounts } from '../src/visits.ts'
import { end, start } from './support/story.ts'

/** What a recorder is told within one second, as facts. */
function factsOf(tell: (recorder: Recorder) => void) {
  const tally = new Tally()
  const recorder = new Recorder((window, release) => {
    tally.add(window)
    release()
  })
  tell(recorder)
  recorder.finish(1_000)
  return tally.facts({ ...start, phases: [] }, end)
}

function visit(recorder: Recorder, phase: string, cause: string | null, lastingMs: number): void {
  const slot = recorder.cut('shoppers', 'buyer', phase)
  recorder.dueIn(slot.cut, 'none')
  recorder.closed(slot, cause === null ? 'ok' : 'failed', cause, lastingMs)
}

test('shoppers are told by class, all phases together: how many left how, after how long, and where', () => {
  const { visits } = factsOf((recorder) => {
    for (const phase of ['baseline', 'doors']) visit(recorder, phase, null, 9_000)
    visit(recorder, 'doors', 'gave-up:product', 4_000)
    visit(recorder, 'doors', 'gave-up:product', 6_000)
    visit(recorder, 'doors', 'turned-away:sold-out', 100)
    visit(recorder, 'doors', 'threw', 1)
    visit(recorder, 'doors', 'cut', 1)
  })
  expect(visits).toMatchObject([
    {
      name: 'buyer',
      due: 7,
      finished: 2,
      gaveUp: 2,
      turnedAway: 1,
      threw: 1,
      cut: 1,
      dropped: 0,
      lostAt: { 'gave-up:product': 2, 'turned-away:sold-out': 1, threw: 1, cut: 1 },
    },
  ])
  expect([visits[0]?.visitMs.max, visits[0]?.lostMs.max]).toEqual([9_000, 6_000])
})

test('everybody who came is in one of the ways to leave, also when the causes ran out of names', () => {
  const recorder = new Recorder((window, release) => {
    const [cut] = window.cuts
    if (cut === undefined) throw new Error('one cut')
    const { due, finished, gaveUp, turnedAway, threw, dropped, cut: cutOff } = visitCounts(cut)
    expect(due).toBe(finished + gaveUp + turnedAway + threw + dropped + cutOff)
    release()
  })
  for (let n = 0; n < 150; n++) visit(recorder, 'doors', `gave-up:page-${n}`, 1)
  visit(recorder, 'doors', null, 1)
  const slot = recorder.cut('shoppers', 'buyer', 'doors')
  recorder.dueIn(slot.cut, 'none')
  recorder.droppedIn(slot, 'dropped:theirs-shoppers')
  recorder.finish(1_000)
})

test('visits by device are told apart from the requests made with it', () => {
  const { devices, deviceVisits } = factsOf((recorder) => {
    recorder.closed(recorder.cut('device', 'mobile', 'doors'), 'ok', null, 30)
    const visits = recorder.cut('device', 'mobile (visits)', 'doors')
    recorder.dueIn(visits.cut, 'none')
    recorder.closed(visits, 'failed', 'gave-up:landing', 9_000)
  })
  expect(devices).toMatchObject([{ name: 'mobile', ok: 1 }])
  expect(deviceVisits).toMatchObject([{ name: 'mobile', due: 1, gaveUp: 1, lostMs: { max: 9_000 } }])
})

test('degraded answers are timed once more apart, by step, and still are answers', () => {
  const { responseMs, degradedMs, totals } = factsOf((recorder) => {
    const slot = recorder.slot('doors', 'landing')
    for (const [isDegraded, responseMs] of [
      [false, 10],
      [true, 30],
      [true, 50],
    ] as const) {
      recorder.due(slot)
      recorder.answered(slot, isDegraded, responseMs, responseMs)
    }
  })
  expect([responseMs.count, degradedMs.count, degradedMs.min, degradedMs.max]).toEqual([3, 2, 30, 50])
  expect(totals).toMatchObject({ ok: 1, degraded: 2 })
})

test('shoppers, intents, attempts and requests are four numbers', () => {
  const { totals, shoppers, amplification, steps } = factsOf((recorder) => {
    const slot = recorder.slot('doors', 'product')
    recorder.shoppers.due++
    for (const attempt of ['first', 'first', 'again', 'none'] as const) recorder.due(slot, attempt)
  })
  expect([shoppers.due, totals.intents, totals.attempts, totals.due]).toEqual([1, 2, 3, 4])
  expect([amplification, steps[0]?.intents]).toEqual([1.5, 2])
  expect(factsOf(() => {}).amplification).toBeNull()
})

test('classes, devices, who answered, groups, counters, trends and findings are told by name', () => {
  const people = { owners: [1], viewers: [2], cache: null, node: null, sample: null }
  const facts = factsOf((recorder) => {
    for (const by of ['class', 'device', 'answered-by', 'group'] as const)
      for (const phase of ['baseline', 'doors']) recorder.closed(recorder.cut(by, by, phase), 'failed', 'status:503', 7)
    recorder.number('cart.value', 20)
    recorder.number('cart.value', 30)
    recorder.trend('first-offer', 410)
    recorder.found({ kind: 'leak', step: 'account', where: 'body', field: 'email', count: 1, firstMs: 5, lastMs: 5, ...people })
  })
  for (const key of ['classes', 'devices', 'answeredBy', 'groups'] as const)
    expect(facts[key]).toMatchObject([{ failed: 2, failures: { 'status:503': 2 }, failedMs: { count: 2, max: 7 } }])
  expect(facts.counters).toMatchObject({ 'cart.value': { count: 2, sum: 50, min: 20, max: 30 } })
  expect(facts.trends['first-offer']?.p50).toBe(410)
  expect(facts.findings).toMatchObject([{ kind: 'leak', field: 'email' }])
})
