// The order in which overload is left, or is not. A spike pushes the shop over; what keeps it there is work that nobody waits for any
// more, and retries that make more of it. Bronson et al., "Metastable Failures in Distributed Systems", HotOS 2021; Huang et al.,
// "Metastable Failures in the Wild", OSDI 2022, https://www.usenix.org/conference/osdi22/presentation/huang-lexiang
//
//   capacity   10 workers ÷ 200 ms of waiting for the bank = 50 orders a second. Waiting and not work, so on any machine
//   load       30/s, for three seconds 125/s (2.5 times the capacity), 30/s again; an attempt is given up after 1 s
//   backlog    (125 − 50) · 3 s = 225 orders. Without retries the wait is under 0.8 s again after (225 − 40) ÷ (50 − 30) = 9 s
//   retries    30/s · 4 attempts = 120/s, which is more than 50/s: for ever
//   bounded    20 places ÷ 50/s + 200 ms = 0.6 s at most, and whoever finds them taken is refused at once
import { beforeAll, describe, expect, test } from 'vitest'
import type { Intent } from '../../test/support/open-loop.ts'
import { sendCrowd } from '../../test/support/open-loop.ts'
import type { FaultText } from './start.ts'
import { startShop } from './start.ts'

const baselineMs = 2_000
const spikeMs = 3_000
const aftershockMs = 20_000
const spikeEndsMs = baselineMs + spikeMs
const lastMs = spikeEndsMs + aftershockMs
const phases = [
  { perSec: 30, lastingMs: baselineMs },
  { perSec: 125, lastingMs: spikeMs },
  { perSec: 30, lastingMs: aftershockMs },
]

async function rehearse(retries: number, faults: readonly FaultText[]): Promise<readonly Intent[]> {
  const shop = await startShop({ manner: 'hardened', workers: 10, payMs: 200, stock: 1_000_000, products: 1, faults })
  try {
    return await sendCrowd(shop.url, { phases, timeoutMs: 1_000, retries })
  } finally {
    await shop.stop()
  }
}

/** All three side by side: they wait far more than they work, so they do not disturb one another. */
function rehearseAll(): Promise<readonly [readonly Intent[], readonly Intent[], readonly Intent[]]> {
  return Promise.all([rehearse(0, ['no-recovery']), rehearse(3, ['no-recovery']), rehearse(3, [])])
}

/** A machine that sends this late holds the shops up as well, and proves nothing about them. */
const tooLateMs = 300
const isTooLate = (runs: readonly (readonly Intent[])[]) => runs.flat().some(({ lateMs }) => lateMs > tooLateMs)

function between(intents: readonly Intent[], fromMs: number, untilMs: number) {
  const due = intents.filter(({ dueMs }) => dueMs >= fromMs && dueMs < untilMs)
  return {
    servedRatio: due.filter(({ isServed }) => isServed).length / due.length,
    amplification: due.reduce((sum, { attempts }) => sum + attempts, 0) / due.length,
  }
}

describe('a spike of three seconds, 2.5 times what the shop can do', () => {
  let patient: readonly Intent[]
  let stubborn: readonly Intent[]
  let bounded: readonly Intent[]
  beforeAll(async () => {
    let runs = await rehearseAll()
    for (let again = 0; again < 2 && isTooLate(runs); again += 1) runs = await rehearseAll()
    ;[patient, stubborn, bounded] = runs
  }, 120_000)

  test('is no trouble to any of them before it begins', () => {
    for (const intents of [patient, stubborn, bounded]) expect(between(intents, 0, baselineMs).servedRatio).toBeGreaterThan(0.9)
  })

  test('is left behind without retries, once the line has been worked off', () => {
    expect(between(patient, spikeEndsMs, spikeEndsMs + 3_000).servedRatio).toBeLessThan(0.1)
    const { servedRatio, amplification } = between(patient, lastMs - 3_000, lastMs)
    expect(servedRatio).toBeGreaterThan(0.9)
    expect(amplification).toBe(1)
  })

  test('is never left behind with three naive retries: every order is asked for four times, and nobody is served', () => {
    const { servedRatio, amplification } = between(stubborn, lastMs - 3_000, lastMs)
    expect(servedRatio).toBeLessThan(0.1)
    expect(amplification).toBeGreaterThan(3.8)
  })

  test('is over at once when the line has an end, with the same retries', () => {
    const { servedRatio, amplification } = between(bounded, spikeEndsMs + 1_000, lastMs)
    expect(servedRatio).toBeGreaterThan(0.9)
    expect(amplification).toBeLessThan(1.2)
  })
})
