// A short rehearsal of the demo's shop with some of its faults switched on, through the command line: what a user would write, and be told.
import type { Summary } from '@doorbuster/verdict'
import { expect } from 'vitest'
import { exitCodes } from '../../packages/cli/src/exit-codes.ts'
import { testFolder } from './folders.ts'
import { shopHere } from './open-shop.ts'
import { runDoorbuster } from './program.ts'

export type ShopPlan = {
  /** Default: 60 shoppers in a second. */
  readonly traffic?: string
  /** Body of the journey of the only class, `buyer`. */
  readonly journey?: string
  /** In place of that class: the list of classes, as code. */
  readonly shoppers?: string
  readonly objectives?: readonly string[]
  /** Further keys of the plan, as code. */
  readonly more?: string
}

/** The plan as a file of its user's. */
function shopPlan(target: string, { traffic = 'hold 60/s for 1s', journey = '', objectives, more = '', ...given }: ShopPlan): string {
  const { shoppers = `[shopper('buyer', async (s) => { ${journey} })]` } = given
  return `import { hostile, launch, shopper } from 'doorbuster'
export default launch({
  name: 'fault',
  target: '${target}',
  traffic: ${JSON.stringify(traffic)},
  drain: '6s',
  shoppers: ${shoppers},
  objectives: ${JSON.stringify(objectives ?? ['errors <= 100%'])},
  ${more}
})
`
}

export type Rehearsed = { readonly summary: Summary; readonly reasons: string }

/** Rehearses what stands there already. */
export async function rehearseAt(target: string, plan: ShopPlan, flags: readonly string[] = []): Promise<Rehearsed> {
  using folder = testFolder()
  folder.write('plan.ts', shopPlan(target, plan))
  const words = ['run', 'plan.ts', '--folder', 'run', '--json', '-', ...flags]
  const { exitCode, stdout, stderr } = await runDoorbuster(words, { cwd: folder.path })
  expect(stdout, stderr).toMatch(/^\{/)
  const summary = JSON.parse(stdout) as Summary
  expect(exitCode).toBe(exitCodes[summary.verdict])
  return { summary, reasons: summary.reasons.join('\n') }
}

/** `shop`: its command line, such as `--stock 10 --fault oversells`. It is hardened unless that says otherwise. */
export async function rehearseShop(shop: string, plan: ShopPlan, flags: readonly string[] = []): Promise<Rehearsed> {
  await using running = await shopHere(shop)
  const rehearsed = await rehearseAt(running.url, plan, flags)
  expect(running.failures).toEqual([])
  return rehearsed
}

/** Each objective's text and what became of it. */
export function statuses({ summary }: Rehearsed): Readonly<Record<string, string>> {
  return Object.fromEntries(summary.objectives.map(({ text, status }) => [text, status]))
}

/** What is certain is a no-go on the busiest machine, with the fault as the first of the reasons. */
export function expectCertain({ summary }: Rehearsed, objective: string, words: RegExp): void {
  expect(summary.objectives.find(({ text }) => text === objective)).toMatchObject({ status: 'missed' })
  expect([summary.verdict, summary.reasons[0]]).toEqual(['no-go', expect.stringMatching(words)])
}

/** A machine whose CPU others take may make a run invalid; then the fault stands among what was seen at least. Never is it a go. */
export function expectFound({ summary, reasons }: Rehearsed, objective: string, words: RegExp): void {
  expect(summary.objectives.find(({ text }) => text === objective)).toMatchObject({ status: 'missed' })
  expect(['no-go', 'invalid']).toContain(summary.verdict)
  expect(reasons).toMatch(words)
}

/** The journey of somebody who logs in, and gives the shop everything that is his. */
export const logsIn = `await s.post('/login', { step: 'login', json: { email: s.me.email, password: 'secret-' + s.arrival } })
  await s.post('/account', { step: 'account', json: { name: s.me.name, address: s.me.address, phone: s.me.phone } })
`
/** And then looks at it, and orders one with a key of his own. */
export const looksAround = `${logsIn}
  await s.get('/', { step: 'landing' })
  await s.get('/p/tv-55', { step: 'product' })
  await s.get('/account', { step: 'account' })
`
