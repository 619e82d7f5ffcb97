import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Attempt, Window } from '@doorbuster/measurements'
import { Recorder, RunFolder, readRun, Tally } from '@doorbuster/measurements'
import type { Objective } from '@doorbuster/plan'
import { parseObjective } from '@doorbuster/plan'
import { afterAll, expect, test } from 'vitest'
import { startJudging } from '../src/judge.ts'
import { summarise } from '../src/summarise.ts'
import { runEnd, runStart } from './support/windows.ts'

const home = mkdtempSync(join(tmpdir(), 'doorbuster-stored-'))
afterAll(() => rmSync(home, { recursive: true }))

const seconds = 20
const start = runStart(seconds, {
  plan: {},
  phases: [
    { name: 'baseline', startMs: 0, lastingMs: 5_000, arrivals: 50 },
    { name: 'doors', startMs: 5_000, lastingMs: 5_000, arrivals: 200 },
    { name: 'aftershock', startMs: 10_000, lastingMs: 10_000, arrivals: 100 },
  ],
  peak: { startMs: 5_000, lastingMs: 5_000, perSec: 40 },
})
const end = runEnd({ durationMs: seconds * 1_000 })
const objectives: readonly Objective[] = [
  'finished > 99%',
  'gave-up of class buyer < 1% in doors',
  'turned-away < 5% within 5s',
  'amplification <= 1.2 in doors',
  'p(95) of class buyer < 50ms',
  'max of device mobile < 100ms in doors',
  'p(95) of group checkout < 1s',
  'errors of answered-by cache < 1%',
  'degraded p(99) < 100ms',
  'recovery < 5s',
  'collapse > 2s',
  'hysteresis <= 1.2',
  'stopped < 0.1%',
  'counter cart.value > 50 within 5s',
  'trend first-offer p(95) < 2s',
  'personal-data == 0',
].map((text) => parseObjective(text))

/** Ten shoppers a second, forty when the doors are open: then every second tries twice, one in ten gives up, and answers come late. */
function tell(recorder: Recorder, second: number): void {
  const phase = second < 5 ? 'baseline' : second < 10 ? 'doors' : 'aftershock'
  for (let n = 0; n < (phase === 'doors' ? 40 : 10); n++) tellShopper(recorder, phase, n)
  recorder.number('privacy.scanned', 10)
}

function tellShopper(recorder: Recorder, phase: string, n: number): void {
  const isOpen = phase === 'doors'
  const tookMs = isOpen ? 90 + n : 20
  const visits = recorder.cut('shoppers', 'buyer', phase)
  recorder.shoppers.due++
  recorder.shoppers.started++
  recorder.dueIn(visits.cut, 'none')
  tellRequest(recorder, phase, { attempt: 'first', n, tookMs })
  if (isOpen && n % 2 === 0) tellRequest(recorder, phase, { attempt: 'again', n, tookMs })
  const isLost = isOpen && n % 10 === 0
  recorder.shoppers[isLost ? 'gaveUp' : 'finished']++
  recorder.closed(visits, isLost ? 'failed' : 'ok', isLost ? 'gave-up:landing' : null, tookMs)
  recorder.closed(recorder.cut('answered-by', 'cache', phase), 'ok', null, tookMs)
  recorder.number('cart.value', 20)
  recorder.number('legitimate.passed', 1)
  recorder.trend('first-offer', 300 + n)
}

type Request = { readonly attempt: Attempt; readonly n: number; readonly tookMs: number }

function tellRequest(recorder: Recorder, phase: string, { attempt, n, tookMs }: Request): void {
  const slot = recorder.slot(phase, 'landing')
  recorder.due(slot, attempt)
  recorder.sent(slot, 0.1)
  recorder.landed(slot, 300, 100)
  recorder.answered(slot, n % 5 === 0, tookMs, tookMs)
  for (const [by, name] of [
    ['class', 'buyer'],
    ['device', 'mobile'],
    ['group', 'checkout'],
  ] as const) {
    const cut = recorder.cut(by, name, phase)
    recorder.dueIn(cut.cut, attempt)
    recorder.closed(cut, 'ok', null, tookMs)
  }
}

function judging() {
  const tally = new Tally()
  const judge = startJudging({ objectives, start, tally })
  const window = (each: Window): void => {
    tally.add(each)
    judge.window(each)
  }
  return { window, finish: () => summarise(tally.facts(start, end), judge.finish(end)) }
}

test('a run is judged alike while it goes on and from its folder, whatever it counted', async () => {
  const live = judging()
  const folder = RunFolder.create(join(home, 'run'), start)
  const appended: Promise<void>[] = []
  const recorder = new Recorder((window, release) => {
    live.window(window)
    appended.push(folder.append(window, async () => {}).then(release))
  })
  for (let second = 0; second < seconds; second++) {
    recorder.advance(second * 1_000 + 500)
    tell(recorder, second)
  }
  recorder.finish(seconds * 1_000)
  await Promise.all(appended)
  await folder.close()
  const stored = judging()
  readRun(join(home, 'run')).eachWindow((window) => stored.window(window))
  const summary = live.finish()
  expect(stored.finish()).toEqual(summary)
  // Intervals, budget, time outside and what was not measured are part of that; their seconds outside are those of the doors.
  expect(summary.responseMs.intervals?.p99).toEqual([expect.any(Number), expect.any(Number)])
  expect([summary.budget?.spentMs, summary.notMeasured?.length]).toEqual([0, expect.any(Number)])
  expect(summary.outside?.find(({ text }) => text === 'p(95) of class buyer < 50ms')).toMatchObject({ outsideMs: 5_000, firstMs: 5_000 })
  expect(summary.objectives.map(({ status, observed }) => [status, observed])).toEqual([
    ['missed', (350 - 20) / 350],
    ['missed', 0.1],
    ['met', 0],
    ['missed', 1.5],
    ['missed', expect.closeTo(126, 0)],
    ['missed', 129],
    ['met', expect.closeTo(126, 0)],
    ['met', 0],
    ['missed', 125],
    ['met', 0],
    // The limit on buyers is broken from the first second of the doors on.
    ['missed', 0],
    ['met', 1],
    ['met', 0],
    ['met', 50 * 20],
    ['met', expect.closeTo(336, 0)],
    ['met', 0],
    // No leak was found in the answers that were searched, which nobody had to ask for.
    ['met', 0],
  ])
})
