import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hostile } from '../src/hostile-journeys.ts'
import { launch } from '../src/launch.ts'
import { totalMs } from '../src/overlay.ts'
import type { Plan } from '../src/plan.ts'
import { preset, presetList } from '../src/presets.ts'
import type { ReenactOptions } from '../src/reenact.ts'
import { reenact } from '../src/reenact.ts'
import type { ShopperOptions } from '../src/shoppers.ts'
import { shopper } from '../src/shoppers.ts'
import { owedArrivals } from '../src/stage-size.ts'
import type { Stage } from '../src/stages.ts'
import { problemsOf } from './problems-of.ts'

const presets = presetList()
const bots = hostile.scraper(['/'])
const looker = (options: ShopperOptions = {}) => shopper('looker', options, async (s) => void (await s.get('/', { step: 'landing' })))
const buyer = shopper('buyer', { weight: 3 }, [{ step: 'landing', get: '/' }])

/** With bots where the event had some. */
function options(name: string, given: Partial<ReenactOptions> = {}): ReenactOptions {
  const known = presets.find((each) => each.name === name)?.behaviour.hostile
  return { peak: 100, shoppers: [looker(), buyer], ...(known && { hostile: bots }), ...given }
}

function planOf(name: string, given: Partial<ReenactOptions> = {}): Plan {
  return launch({ name, target: 'http://127.0.0.1:4000', ...reenact(name, options(name, given)) })
}

const arrivalsOf = (stages: readonly Stage[]) => stages.reduce((sum, stage) => sum + owedArrivals(stage), 0)
const weightOf = (shoppers: Plan['shoppers']) => shoppers.reduce((sum, { weight }) => sum + weight, 0)

test('every preset compiles with its people, and whoever comes beside them leaves the legitimate arrivals as they are', () => {
  const anyName = fc.constantFrom(...presets.map(({ name }) => name))
  const weights = fc.record({
    person: fc.double({ min: 0.01, max: 100, noNaN: true }),
    harm: fc.double({ min: 0.01, max: 100, noNaN: true }),
  })
  fc.assert(
    fc.property(anyName, weights, fc.integer({ min: 1, max: 10_000 }), (name, { person, harm }, peak) => {
      const ofOurs = shopper('hoarder', { weight: harm, hostile: true }, hostile.cartHoarding('/cart', {}))
      const { model, shoppers } = planOf(name, { peak, within: '5m', shoppers: [looker({ weight: person }), buyer, ofOurs] })
      if (model.kind !== 'open') throw new Error('a preset is the open model')
      const plain = preset(name, { peak, within: '5m' })
      const legitimate = shoppers.filter((each) => each.hostile !== true)
      expect((arrivalsOf(model.traffic) * weightOf(legitimate)) / weightOf(shoppers) / arrivalsOf(plain)).toBeCloseTo(1, 9)
      expect(totalMs(model.traffic)).toBeCloseTo(totalMs(plain), 6)
    }),
  )
})

test('five bots for each shopper of the console drop make six times the traffic of its preset', () => {
  const { traffic, shoppers } = reenact('console-drop', options('console-drop'))
  expect(arrivalsOf(traffic) / arrivalsOf(preset('console-drop', { peak: 100 }))).toBeCloseTo(6, 9)
  // 1 looker to 3 buyers: 4 people, so 20 bots.
  expect(shoppers.map(({ name, weight, hostile: isHostile }) => [name, weight, isHostile])).toEqual([
    ['looker', undefined, undefined],
    ['buyer', 3, undefined],
    ['bots', 20, true],
  ])
})

test('without its bots an event has its preset’s own traffic', () => {
  const { traffic, shoppers } = reenact('console-drop', options('console-drop', { hostile: 'none' }))
  expect(traffic).toEqual(preset('console-drop', { peak: 100 }))
  expect(shoppers.map(({ name }) => name)).toEqual(['looker', 'buyer'])
})

test('people wait, come by phone and reload as the event’s did', () => {
  for (const { name, behaviour } of presets) {
    for (const { watchers, devices = [], patience, retries } of planOf(name).shoppers.filter((each) => each.hostile !== true)) {
      expect(watchers?.shareRatio, name).toBe(behaviour.watchers?.share)
      expect(devices.find((device) => device.name === 'mobile')?.shareRatio, name).toBe(behaviour.mobile?.share)
      expect(patience?.reloads.chance, name).toBe(behaviour.reloads?.chance)
      expect(retries?.jitter, name).toBe(behaviour.retries?.jitter)
    }
  }
})

test('a class’s own keys win, those of its watchers one by one', () => {
  const own = { devices: 'none', patience: { notTold: '1s' }, watchers: { refreshEvery: '2s', page: '/sale' } } as const
  const [found] = planOf('click-frenzy-2012', { shoppers: [looker(own)] }).shoppers
  expect(found?.devices).toBeUndefined()
  expect(found?.patience).toMatchObject({ notTold: { kind: 'fixed', lastingMs: 1000 } })
  expect(found?.watchers).toMatchObject({ shareRatio: 0.6, refreshEvery: { kind: 'fixed', lastingMs: 2000 }, page: '/sale' })
})

test('somebody at a browser gets the event’s phones; an app, a bot and a hostile class keep what they are like', () => {
  const classes = (['human', 'app', 'bot'] as const).map((like) => shopper(like, { like }, async () => {}))
  const harmful = shopper('harmful', { hostile: true }, async () => {})
  const [human, app, bot, harm] = planOf('broadcast-impulse', { shoppers: [...classes, harmful] }).shoppers
  const phones = (found: Plan['shoppers'][number] | undefined) => found?.devices?.find(({ name }) => name === 'mobile')?.shareRatio
  expect([human, app, bot, harm].map(phones)).toEqual([0.95, 1, undefined, undefined])
  expect([human, app, bot, harm].map((found) => found?.patience?.reloads.most)).toEqual([5, 0, undefined, undefined])
})

test('each part of a behaviour says whether it is reported, and what it rests on', () => {
  for (const { name, behaviour } of presets)
    for (const { basis, why } of Object.values(behaviour)) {
      expect(['fact', 'inference'], name).toContain(basis)
      expect(why, name).toMatch(/\.$/)
    }
})

test('all mistakes are told at once', () => {
  expect(problemsOf(() => reenact('console-drop', { peak: '0/s', shoppers: [looker({ weight: -1 })] }))).toEqual([
    'peak: a rate above zero | "0/s"',
    'shoppers[0].weight: a number above zero | -1',
    `hostile: what the event's bots do here, such as hostile.dropBot(…), or 'none' | nothing`,
  ])
  expect(problemsOf(() => reenact('av-storm', { peak: 1, shoppers: [], hostile: bots }))).toEqual([
    'shoppers: a list of shopper classes, at least one | []',
    'hostile: nothing: no bots of this event are known | a function',
  ])
  expect(problemsOf(() => reenact('av-storm', { peak: 1, shoppers: [looker({ hostile: true })] }))).toEqual([
    'shoppers: at least one class that means no harm | "1 hostile"',
  ])
  expect(problemsOf(() => reenact('console drop', { peak: 1, shoppers: [buyer] }))[0]).toContain('did you mean "console-drop"?')
})
