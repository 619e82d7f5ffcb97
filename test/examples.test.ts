// The plans in examples/: each is read by the program, and each sends what it says to a real shop.
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Plan } from '@doorbuster/plan'
import type { Summary } from '@doorbuster/verdict'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningShop } from '../examples/shop/start.ts'
import { startShop } from '../examples/shop/start.ts'
import { testFolder } from './support/folders.ts'
import { ROOT_FOLDER } from './support/modules.ts'
import { runDoorbuster } from './support/program.ts'

/** A second or two in place of each plan's own traffic, with the phases that its objectives name. */
const shortened: Readonly<Record<string, string>> = {
  'capacity-check.json': 'at-50: hold 20/s for 1s; at-100: burst 10; at-200: hold 20/s for 500ms',
  'checkout.yaml': 'baseline: hold 10/s for 500ms; doors: burst 20; aftershock: hold 10/s for 500ms',
  'click-frenzy.ts': 'baseline: hold 10/s for 500ms; countdown: hold 20/s for 1s; doors: burst 20; aftershock: hold 10/s for 500ms',
  'poisson-drop.ts': 'baseline: hold 10/s for 500ms; doors: hold 40/s for 1s; aftershock: hold 10/s for 500ms',
  'sale.ts': 'baseline: hold 10/s for 500ms; doors: burst 20; aftershock: hold 10/s for 500ms',
}
const names = globSync('examples/*.{ts,js,json,yaml}', { cwd: ROOT_FOLDER })
  .map((path) => basename(path))
  .filter((name) => name !== 'package.json')
  .sort()
const ownTarget = 'http://127.0.0.1:4000'

let shop: RunningShop
beforeAll(async () => {
  shop = await startShop({ manner: 'hardened', products: 20, stock: 10 })
})
afterAll(() => shop.stop())

const textOf = (name: string): string => readFileSync(join(ROOT_FOLDER, 'examples', name), 'utf8')

test('each example is run here, and each fits a screen', () => {
  expect(names).toEqual(Object.keys(shortened))
  for (const name of names) expect(textOf(name).split('\n').length, name).toBeLessThanOrEqual(60)
})

test('the sale is a journey of five steps, with a ledger and canaries, in under forty lines', async () => {
  const { default: plan } = (await import('../examples/sale.ts')) as { readonly default: Plan }
  const buyer = plan.shoppers.find(({ name }) => name === 'buyer')
  expect(buyer?.steps).toEqual(['product', 'login', 'cart', 'checkout', 'account'])
  expect(plan.orders?.stock).toEqual({ 'tv-55': null })
  expect(buyer?.kind === 'journey' && String(buyer.journey)).toContain('s.me.email')
  const text = textOf('sale.ts')
  expect(text.slice(text.indexOf('import {')).split('\n').length).toBeLessThan(40)
})

test.each(names)('%s is a plan, and somebody comes', async (name) => {
  using folder = testFolder()
  const { exitCode, stdout, stderr } = await runDoorbuster(['shape', join(ROOT_FOLDER, 'examples', name), '--json'], { cwd: folder.path })
  expect(exitCode, stderr).toBe(0)
  const { arrivals, lastingMs } = JSON.parse(stdout) as { readonly arrivals: number; readonly lastingMs: number }
  expect(arrivals).toBeGreaterThan(500)
  expect(lastingMs).toBeLessThanOrEqual(60_000)
})

// They mostly think and wait, so side by side they take no longer than the slowest.
test.concurrent.each(names)('%s finds every page it asks for, and its checks hold', async (name) => {
  using folder = testFolder()
  expect(textOf(name)).toContain(ownTarget)
  folder.write(name, textOf(name).replaceAll(ownTarget, shop.url))
  const shape = shortened[name] ?? ''
  const args = ['run', name, '--shape', shape, '--timeout', '30s', '--drain', '30s', '--folder', 'run', '--json', '-']
  const { exitCode, stdout, stderr } = await runDoorbuster(args, { cwd: folder.path })
  expect(stdout, stderr).toMatch(/^\{/)
  const { totals, failures, checks, shoppers, steps } = JSON.parse(stdout) as Summary
  expect({ failed: totals.failed, dropped: totals.dropped, threw: shoppers.threw, failures }).toEqual({
    failed: 0,
    dropped: 0,
    threw: 0,
    failures: {},
  })
  expect(Object.values(checks).map(({ failed }) => failed)).toEqual(Object.values(checks).map(() => 0))
  expect(totals.due).toBeGreaterThan(0)
  expect(steps.map((step) => step.name).sort()).toEqual(declaredSteps(folder.read('run/plan.json')))
  // A busy machine may be late or slow; a plan that is wrong, a journey that throws or a defect of ours would end otherwise.
  expect([0, 95, 96, 99]).toContain(exitCode)
})

/** Every step that a class of shoppers is known to have, as the run folder keeps the plan. */
function declaredSteps(planJson: string): readonly string[] {
  const { plan } = JSON.parse(planJson) as { readonly plan: { readonly shoppers: readonly { readonly steps: readonly string[] }[] } }
  return [...new Set(plan.shoppers.flatMap(({ steps }) => steps))].sort()
}
