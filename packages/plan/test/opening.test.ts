import { expect, test } from 'vitest'
import { planFromData, withCurves } from '../src/declared.ts'
import { launch } from '../src/launch.ts'
import { opensAtMs, phaseAtMs } from '../src/opening.ts'
import { problemsOf } from './problems-of.ts'

const plan = (traffic: string, opensAt?: string) => launch({ name: 'x', target: 'http://127.0.0.1/', traffic, opensAt })

test('the doors open when their phase begins, or when the plan says so', () => {
  const traffic = 'baseline: hold 1/s for 10s; countdown: ramp to 5/s over 5s; doors: hold 5/s for 10s'
  expect([opensAtMs(plan(traffic)), opensAtMs(plan(traffic, '3s')), opensAtMs(plan('hold 1/s for 10s'))]).toEqual([15_000, 3_000, null])
})

test('a moment lies in the phase of the stage that has begun and not ended', () => {
  const { model } = plan('a: hold 1/s for 10s; hold 1/s for 10s; b: hold 1/s for 10s')
  const traffic = model.kind === 'open' ? model.traffic : []
  expect([0, 9_999, 10_000, 20_000, 30_000].map((ms) => phaseAtMs(traffic, ms))).toEqual(['a', 'a', null, 'b', 'b'])
})

test('where a curve stands before the doors, nothing is said of them until it is read', () => {
  const given = { name: 'x', target: 'http://127.0.0.1/', traffic: 'curve day.csv', opensAt: '15s', watchers: {}, steps: [{ get: '/' }] }
  const unread = planFromData(given)
  const ofSeconds = (seconds: number) => () => `seconds,ratePerSec\n0,5\n${seconds},5\n`
  expect(opensAtMs(withCurves(unread, ofSeconds(20)))).toBe(15_000)
  expect(problemsOf(() => withCurves(unread, ofSeconds(10)))).toEqual(['opensAt: a moment of the traffic, which lasts 10s | "15s"'])
})
