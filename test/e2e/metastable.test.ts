// The order in which overload is left, or is not, as a rehearsal tells it of real runs. The shop sells 10 workers ÷ 200 ms = 50 orders a second;
// 30/s come, for three seconds 125/s, 30/s again; each try may take 1 s.
// Huang et al., "Metastable Failures in the Wild", OSDI 2022, https://www.usenix.org/conference/osdi22/presentation/huang-lexiang
import type { Summary } from '@doorbuster/verdict'
import { beforeAll, expect, test } from 'vitest'
import type { FaultText } from '../../examples/shop/start.ts'
import { startShop } from '../../examples/shop/start.ts'
import { rehearseAt } from '../support/shop-rehearsal.ts'

const plan = (retries: string) => ({
  traffic: 'baseline: hold 30/s for 4s; doors: hold 125/s for 3s; aftershock: hold 30/s for 18s',
  shoppers: `[shopper('buyer', { timeout: '1s', retries: ${retries} }, async (s) => {
    await s.post('/orders', { step: 'checkout', json: { sku: 'tv-55', qty: 1 } }) })]`,
  objectives: ['recovery < 14s', 'amplification < 1.5 in aftershock'],
})
/** As soon as the last try has failed. */
const naive = "{ most: 3, base: '1ms', cap: '1ms', jitter: 'none', obeysRetryAfter: 0 }"

async function rehearse(retries: string, faults: readonly FaultText[]): Promise<Summary> {
  const shop = await startShop({ manner: 'hardened', workers: 10, payMs: 200, stock: 1_000_000, products: 1, faults })
  try {
    return (await rehearseAt(shop.url, plan(retries))).summary
  } finally {
    await shop.stop()
  }
}

let patient: Summary
let stubborn: Summary
let bounded: Summary
beforeAll(async () => {
  // They wait far more than they work, so they do not disturb one another.
  const all = [rehearse("'none'", ['no-recovery']), rehearse(naive, ['no-recovery']), rehearse(naive, [])] as const
  ;[patient, stubborn, bounded] = await Promise.all(all)
}, 120_000)

const statuses = ({ objectives }: Summary) => objectives.map(({ status }) => status)
const amplification = ({ aftermath }: Summary) => aftermath.amplification.find(({ phase }) => phase === 'aftershock')?.factor
const collapses = ({ aftermath }: Summary) => aftermath.collapseMs.status

test('a spike beyond the capacity is a collapse for each of them', () => {
  expect([patient, stubborn, bounded].map(collapses)).toEqual(['seen', 'seen', 'seen'])
})

test('without retries the shop recovers by itself, once its line has been worked off', () => {
  expect(patient.aftermath.recoveryMs.status).toBe('seen')
  // 225 wait when the spike ends, and 20 more leave in a second than come.
  expect(patient.aftermath.recoveryMs.value).toBeGreaterThan(5_000)
  expect(amplification(patient)).toBe(1)
  expect(statuses(patient)).toEqual(['met', 'met'])
})

test('with three naive retries it never does: each order is asked for four times, and that is a no-go in words', () => {
  expect(stubborn.aftermath.recoveryMs.status).toBe('never')
  expect(amplification(stubborn)).toBeGreaterThan(3.5)
  expect(statuses(stubborn)).toEqual(['missed', 'missed'])
  expect(['no-go', 'invalid']).toContain(stubborn.verdict)
  expect(stubborn.reasons.join('\n')).toMatch(/recover/i)
})

test('with the same retries a line that has an end recovers at once', () => {
  expect(bounded.aftermath.recoveryMs.status).toBe('seen')
  expect(bounded.aftermath.recoveryMs.value).toBeLessThan(patient.aftermath.recoveryMs.value ?? 0)
  expect(amplification(bounded)).toBeLessThan(1.5)
  expect(statuses(bounded)).toEqual(['met', 'met'])
})
