import { expect, test } from 'vitest'
import { atLevel, atLevelObjectives } from '../src/at-level.ts'
import { launch } from '../src/launch.ts'
import { shopper } from '../src/shoppers.ts'
import { hold, ramp } from '../src/stages.ts'

const plan = launch({
  name: 'sale',
  target: 'http://127.0.0.1:4000',
  traffic: [hold('10/s', '5s', { phase: 'baseline' }), ramp('10/s', '80/s', '5s', { phase: 'doors' }), hold('10/s', '20s')],
  shoppers: [shopper('buyer', { weight: 1, watchers: { share: 0.2 } }, [{ step: 'landing', get: '/' }])],
  objectives: ['p(95) < 500ms', 'p(99) of landing < 1s in doors', 'p(99) < 50ms in baseline', 'recovery < 10s', 'goodput > 70/s'],
})
const level = { ratePerSec: 113.1, lastingMs: 1_500, phase: 'doors' }

test('a plan at a level rate is a hold of it, with the same shoppers, and nobody who waits for doors', () => {
  const { model, shoppers, target } = atLevel(plan, level)
  expect(model).toEqual({ kind: 'open', spacing: 'even', traffic: [{ kind: 'hold', ratePerSec: 113.1, lastingMs: 1_500 }] })
  expect(shoppers.map(({ name }) => name)).toEqual(['buyer'])
  expect(plan.shoppers[0]).toHaveProperty('watchers')
  expect(shoppers[0]).not.toHaveProperty('watchers')
  expect(target).toBe(plan.target)
})

test('objectives of the whole and of the phase stay, without their phase', () => {
  expect(atLevel(plan, level).objectives.map(({ text }) => text)).toEqual(['p(95) < 500ms', 'p(99) of landing < 1s'])
})

test('objectives of other phases, of parts compared and of a rate are left out', () => {
  const { leftOut } = atLevelObjectives(plan.objectives, 'doors')
  expect(leftOut.map(({ text }) => text)).toEqual(['p(99) < 50ms in baseline', 'recovery < 10s', 'goodput > 70/s'])
})

test('a closed loop becomes an open one', () => {
  const closed = launch({ name: 'loop', target: 'http://127.0.0.1:4000', closed: { shoppers: 5, lasting: '10s' } })
  expect(atLevel(closed, { ratePerSec: 20, lastingMs: 1_000, phase: null }).model).toMatchObject({
    kind: 'open',
    traffic: [{ ratePerSec: 20 }],
  })
})
