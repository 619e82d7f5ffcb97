import { expect, test } from 'vitest'
import type { Launch } from '../src/launch.ts'
import { launch } from '../src/launch.ts'
import type { Plan, Shopper } from '../src/plan.ts'
import { shopperDefaults } from '../src/shopper-defaults.ts'
import type { TraitsInput } from '../src/shoppers.ts'
import { shopper } from '../src/shoppers.ts'
import { problemsOf } from './problems-of.ts'

const traffic = 'baseline: hold 1/s for 10s; countdown: hold 1/s for 20s; doors: hold 5/s for 10s'
const given = (traits: TraitsInput, plan: Partial<Launch> = {}): Plan =>
  launch({ name: 'x', target: 'http://127.0.0.1/', traffic, shoppers: [shopper('a', traits, [{ step: 'home', get: '/home' }])], ...plan })
const classOf = (traits: TraitsInput, plan?: Partial<Launch>): Shopper => given(traits, plan).shoppers[0] as Shopper

test('devices are read with their shares, round trips and rates, and have connections of their own', () => {
  const devices = { phone: { share: 0.6, rtt: '80ms', downBytesPerSec: 1e6 }, desk: { share: 0.4 } }
  expect(classOf({ devices }).devices).toEqual([
    { name: 'phone', shareRatio: 0.6, rtt: { kind: 'fixed', lastingMs: 80 }, downBytesPerSec: 1e6 },
    { name: 'desk', shareRatio: 0.4, rtt: { kind: 'fixed', lastingMs: 0 }, downBytesPerSec: null },
  ])
  expect([given({ devices }).connections, given({}).connections]).toEqual(['per-shopper', 'shared'])
})

test('the default devices are 70 phones in 100, and none are none', () => {
  expect(classOf({ devices: 'default' }).devices?.map(({ name, shareRatio }) => [name, shareRatio])).toEqual([
    ['mobile', 0.7],
    ['fixed', 0.3],
  ])
  expect(classOf({ devices: 'none' }).devices).toBeUndefined()
})

test('shares of devices must add up to 1', () => {
  expect(problemsOf(() => classOf({ devices: { a: { share: 0.7 }, b: { share: 0.2 } } }))).toEqual([
    'shoppers[0].devices: devices whose shares add up to 1 | 0.8999999999999999',
  ])
})

test('a plan with devices is refused where no line of their own could be kept', () => {
  const devices = { phone: { share: 1 } }
  expect(problemsOf(() => given({ devices }, { connections: 'shared' }))).toEqual([
    'shoppers[0].devices: "none", or "per-shopper" connections: a device has a line of its own, which only those know | "phone"',
  ])
  expect(problemsOf(() => given({ devices }, { target: 'https://127.0.0.1/', http: 2 }))).toEqual([
    'shoppers[0].devices: "none", or HTTP/1.1: a device has a line of its own, which only those know | "phone"',
  ])
})

test.each(['human', 'app', 'bot'] as const)('the profile %s can be read, and what a class says itself overrides it', (like) => {
  const plain = classOf({ like })
  expect(plain.timeoutMs).toBe({ human: 10_000, app: 2_000, bot: 10_000 }[like])
  const own = classOf({ like, devices: { tv: { share: 1 } }, timeout: '3s', thinkFactor: 2 })
  expect([own.devices?.map(({ name }) => name), own.timeoutMs, own.thinkFactor]).toEqual([['tv'], 3_000, 2])
})

test('a bot has no slow line and hardly thinks, an app is on phones alone', () => {
  expect([classOf({ like: 'bot' }).devices, classOf({ like: 'bot' }).thinkFactor]).toEqual([undefined, 0.017])
  expect(classOf({ like: 'app' }).devices?.map(({ shareRatio }) => shareRatio)).toEqual([1])
})

test('watchers have the defaults, the path of the step that they refresh, and a step of their own', () => {
  expect(classOf({ watchers: {} }).watchers).toEqual({
    shareRatio: 0.3,
    refreshEvery: { kind: 'fixed', lastingMs: 5_000 },
    jitterMs: 1_000,
    step: 'landing (refresh)',
    page: '/',
  })
  expect(classOf({ watchers: { step: 'home' } }).watchers).toMatchObject({ step: 'home (refresh)', page: '/home' })
  expect(classOf({ watchers: { step: '/sale?x=1' } }).watchers).toMatchObject({ step: 'GET /sale (refresh)', page: '/sale?x=1' })
  expect(classOf({ watchers: { step: 'home' } }).steps).toEqual(['home', 'home (refresh)'])
})

test("the plan's watchers are every class's that has none of its own", () => {
  const [a, b] = given(
    {},
    {
      shoppers: [{ name: 'a', steps: [{ get: '/' }] }, shopper('b', { watchers: { share: 0 } }, [{ get: '/' }])],
      watchers: { share: 0.5 },
    },
  ).shoppers
  expect([a?.watchers?.shareRatio, b?.watchers]).toEqual([0.5, undefined])
})

test('watchers need doors to wait for', () => {
  const received = '{"share":0.3}'
  expect(problemsOf(() => given({ watchers: {} }, { traffic: 'hold 1/s for 10s' }))).toEqual([
    `shoppers[0].watchers: for watchers, a phase "doors" in the traffic, or "opensAt" | ${received}`,
  ])
  expect(problemsOf(() => given({ watchers: {} }, { traffic: 'doors: hold 1/s for 10s' }))).toEqual([
    `shoppers[0].watchers: for watchers, traffic before the doors open | ${received}`,
  ])
  expect(given({ watchers: {} }, { traffic: 'hold 1/s for 10s', opensAt: '4s' }).opensAtMs).toBe(4_000)
  expect(problemsOf(() => given({}, { opensAt: '41s' }))).toEqual(['opensAt: a moment of the traffic, which lasts 40s | "41s"'])
  expect(problemsOf(() => given({ watchers: {} }, { traffic: undefined, closed: { shoppers: 1, lasting: '1s' } }))).toEqual([
    `shoppers[0].watchers: no watchers in the closed model: nobody comes before anything | ${received}`,
  ])
})

test('shares of the funnel lie between nobody and everybody', () => {
  for (const share of [...Object.values(shopperDefaults.funnel), ...Object.values(shopperDefaults.usualFunnel)]) {
    expect(share).toBeGreaterThan(0)
    expect(share).toBeLessThan(1)
  }
})

test('a mistyped trait names the key that was meant', () => {
  expect(problemsOf(() => given({ devises: 'default' } as TraitsInput)).join()).toContain('did you mean "devices"?')
})
