// Every preset with its people, pressed into seconds and scaled to one machine, against the hardened shop: it runs to its end, and the books add up.
import type { PresetEntry } from '@doorbuster/plan'
import { preset, presetList } from '@doorbuster/plan'
import type { Summary } from '@doorbuster/verdict'
import { expect, test } from 'vitest'
import { testFolder } from '../support/folders.ts'
import { shopHere } from '../support/open-shop.ts'
import { runDoorbuster } from '../support/program.ts'

/** What the bots of an event do in the demo's shop, each visit of few requests. */
const angles: Partial<Readonly<Record<string, string>>> = {
  cacheBusting: "hostile.cacheBusting(['/', '/p/tv-55'], { times: 2 })",
  loginAbuse: "hostile.loginAbuse('/login', { as: 'json', times: 2 })",
  dropBot: "hostile.dropBot({ watch: '/p/tv-55', buy: '/orders', order: { sku: 'tv-55', qty: 1 }, sku: 'tv-55' })",
}

/** Long enough for five seconds after the peak, where a preset leaves them at all: what comes back is judged by no fewer. */
const within: Partial<Readonly<Record<string, string>>> = { 'zone-loss-2-of-5': '15s', 'reconnect-herd': '8s', 'click-frenzy-2012': '12s' }
const judged: Partial<Readonly<Record<string, 'recoveryMs' | 'herdPenalty'>>> = {
  'zone-loss-2-of-5': 'recoveryMs',
  'reconnect-herd': 'recoveryMs',
  'av-storm': 'herdPenalty',
}

/** Of all countdowns, so short here that in most nobody comes, this one has a few; with this seed some of them watch, and the doors leave them time. */
const waiting = 'click-frenzy-2012'

/** People a second at the height: 80 where they are alone, 20 where the event's bots come beside them. */
function planOf({ name, peakTimesForecast, behaviour: { hostile } }: PresetEntry, target: string): string {
  const bots = hostile === undefined ? '' : `hostile: ${angles[hostile.angle]}`
  const peak = (hostile === undefined ? 80 : 20) / peakTimesForecast
  return `
import { hostile, launch, reenact, shopper } from 'doorbuster'
const looker = shopper('looker', { weight: 2 }, [{ step: 'landing', get: '/' }, { step: 'product', get: '/p/tv-55' }])
const buyer = shopper('buyer', async (s) => {
  await s.get('/p/tv-55', { step: 'product' })
  const order = { sku: 'tv-55', qty: 1, key: s.key() }
  await s.post('/orders', { json: order, order, step: 'checkout', expect: [201, 409] })
})
export default launch({
  name: '${name}',
  target: '${target}',
  ...reenact('${name}', { peak: ${peak}, within: '${within[name] ?? '6s'}', shoppers: [looker, buyer], ${bots} }),
  objectives: ['errors <= 100%'],
  orders: { stock: ['tv-55'], count: { get: '/stock/{sku}', sold: 'sold', stock: 'stock' } },
  ${name === waiting ? "opensAt: '3s', seed: 2," : ''}
})
`
}

const presets = presetList().map((entry) => [entry.name, entry] as const)

// They mostly wait, so side by side they take little longer than one. So close together the instrument may well call a run invalid.
test.concurrent.each(presets)('%s runs with its people, and its books add up', async (name, entry) => {
  await using shop = await shopHere('--stock 20')
  using folder = testFolder()
  folder.write('plan.ts', planOf(entry, shop.url))
  const { exitCode, stdout, stderr } = await runDoorbuster(['run', 'plan.ts', '--folder', 'run', '--json', '-'], { cwd: folder.path })
  expect(stdout, stderr).toMatch(/^\{/)
  expect([0, 95, 96], stdout.slice(0, 2_000)).toContain(exitCode)
  const { totals, shoppers, classes, devices, phases, steps, aftermath, objectives, finished } = JSON.parse(stdout) as Summary
  expect(finished).toBe(true)
  const { due, started, finishedDegraded: _, ...left } = shoppers
  expect(due).toBe(Object.values(left).reduce((sum, count) => sum + count, 0))
  expect(due).toBe(started + left.dropped)
  expect(totals.due).toBe(totals.ok + totals.degraded + totals.failed + totals.dropped)
  expect({ threw: left.threw, missed: objectives.filter(({ status }) => status === 'missed') }).toEqual({ threw: 0, missed: [] })
  const { hostile, mobile, watchers } = entry.behaviour
  const cohorts = hostile === undefined ? [] : ['(hostile)', '(legitimate)', 'bots']
  expect(classes.map((each) => each.name).sort()).toEqual([...cohorts, 'buyer', 'looker'])
  expect(devices.some((each) => each.name === 'mobile')).toBe(mobile !== undefined)
  const refreshed = steps.some((each) => each.name === 'landing (refresh)')
  if (name === waiting || watchers === undefined) expect(refreshed).toBe(watchers !== undefined)
  expect(phases.map((each) => each.name)).toEqual([...new Set(preset(name, { peak: 1 }).map(({ phase }) => phase))])
  const told = judged[name]
  if (told !== undefined) expect(aftermath[told].status, aftermath[told].because).not.toBe('unknown')
})
