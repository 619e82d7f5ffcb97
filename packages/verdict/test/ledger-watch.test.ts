import type { ShopCount } from '@doorbuster/measurements'
import { Tally } from '@doorbuster/measurements'
import type { Orders } from '@doorbuster/plan'
import { describe, expect, test } from 'vitest'
import { startJudging } from '../src/judge.ts'
import { counted, has, order, orders, rules, says, silent, unanswered } from './support/orders.ts'
import type { Judged, JudgeWords, WindowWords } from './support/windows.ts'
import { judge, runEnd, runStart, seconds, windowsOf } from './support/windows.ts'

const startOf = (more: Partial<Orders> = {}) => runStart(5, { plan: { orders: rules(more) } })

const judged = (entries: WindowWords['orders'], more: Partial<JudgeWords> = {}): Judged =>
  judge({ objectives: ['errors < 100%'], windows: [{ cells: [{ ok: [1] }], orders: entries ?? [] }], start: startOf(), ...more })

const statusOf = (text: string, { objectives }: Judged) => objectives.find((each) => each.text === text)?.status
const becauseOf = (text: string, { objectives }: Judged) => objectives.find((each) => each.text === text)?.because

describe('objectives that a declared stock asks for', () => {
  test('all three are judged although nobody wrote them', () => {
    const { objectives, verdict } = judged(orders(10))
    expect(objectives.map(({ text, status }) => `${text} ${status}`)).toEqual([
      'errors < 100% met',
      'oversold == 0 met',
      'duplicates == 0 met',
      'mismatches == 0 met',
    ])
    expect(verdict).toBe('go')
  })

  test('one that the plan names itself is judged as the plan has it', () => {
    const { objectives, verdict } = judged(orders(12), { objectives: ['oversold <= 2, warn'] })
    expect(objectives.filter(({ text }) => text.startsWith('oversold')).map(({ text, status }) => [text, status])).toEqual([
      ['oversold <= 2, warn', 'met'],
    ])
    expect(verdict).toBe('go')
  })

  test('without a stock nothing is asked for, and orders are told of all the same', () => {
    const { objectives, ledger } = judged(orders(3), { start: runStart(5) })
    expect(objectives).toHaveLength(1)
    expect(ledger?.orders.confirmed).toBe(3)
  })

  test('a run that has nothing to do with orders has no ledger', () => {
    expect(judged([], { start: runStart(5) })).not.toHaveProperty('ledger')
  })
})

describe('oversold', () => {
  test('is a no-go that says of what, how many, and how many of them nobody was told', () => {
    const shop = [says('before', 0, 10), says('after', 13, 0)]
    const found = judged([...orders(11), unanswered(20), unanswered(21)], { start: startOf(counted), shop })
    expect(found.verdict).toBe('no-go')
    expect(found.reasons[0]).toBe(
      'Oversold was 3 over 13 orders (tv: 13 sold of 10, 3 too many; 2 of them unknown to us); it must be exactly 0.',
    )
  })

  test('has the moment at which the stock was passed', () => {
    const found = judged(orders(12)).objectives.find(({ text }) => text === 'oversold == 0')
    expect(found).toMatchObject({ status: 'missed', observed: 2, samples: 12, firstBreachMs: 11 })
  })

  test('cannot be told while orders are open that would decide it, and says within which range', () => {
    const found = judged([...orders(9), unanswered(10, { key: 'k' }), unanswered(11, { key: 'l' })])
    expect(statusOf('oversold == 0', found)).toBe('no-data')
    expect(becauseOf('oversold == 0', found)).toContain('oversold is 0 to 1 and cannot be told nearer')
    expect(becauseOf('oversold == 0', found)).toContain('(tv: 9 to 11 sold of 10, 0 to 1 too many)')
    expect(found.verdict).toBe('inconclusive')
  })

  test('is told as soon as the shop says what became of one of them', () => {
    const entries = [...orders(9), unanswered(10, { key: 'k' }), unanswered(11, { key: 'l' })]
    expect(judged(entries, { shop: [has('k', [])] }).verdict).toBe('go')
    expect(judged(entries, { shop: [has('k', ['70']), has('l', ['71'])] }).verdict).toBe('no-go')
  })

  test('is not put off by open orders once it is certain', () => {
    const found = judged([...orders(11), unanswered(12)]).objectives.find(({ text }) => text === 'oversold == 0')
    expect(found).toMatchObject({ status: 'missed', observed: 1, low: 1, high: 2 })
  })
})

describe('no data never passes', () => {
  test('nobody ordered', () => {
    const found = judged([])
    expect(found.verdict).toBe('inconclusive')
    expect(becauseOf('oversold == 0', found)).toBe('oversold cannot be judged: nobody ordered')
  })

  test('everybody was refused', () => {
    const found = judged([order(1, { status: 'refused', id: null })])
    expect(becauseOf('duplicates == 0', found)).toBe('duplicates cannot be judged: 1 order refused, none confirmed')
  })

  test('the shop was to tell its count and did not', () => {
    const found = judged(orders(3), { start: startOf(counted), shop: [says('before', 0, 10), silent('after', 'status:503')] })
    expect(becauseOf('mismatches == 0', found)).toBe(
      "mismatches cannot be judged: the shop's own count of tv could not be read before and after the run (status:503)",
    )
    expect([statusOf('oversold == 0', found), found.verdict]).toEqual(['met', 'inconclusive'])
  })

  test('nobody said how much there was', () => {
    const found = judged(orders(3), { objectives: ['oversold == 0'], start: runStart(5) })
    expect(found.objectives[0]?.because).toBe('oversold cannot be judged: nobody said how much there was to sell')
  })
})

describe('duplicates and mismatches', () => {
  test('each is a no-go that names what was found', () => {
    const twice = judged([order(1, { key: 'k' }), order(2, { key: 'k', arrival: 1 })])
    expect(twice.verdict).toBe('no-go')
    expect(twice.reasons[0]).toContain('one idempotency key made more than one order 1 time (key k made orders 1 and 2)')
    const drift = judged([order(1, { priceCents: 900, cartPriceCents: 500 })])
    expect(drift.reasons[0]).toContain('tv was 500 in the cart and 900 at confirmation (order 1)')
  })
})

describe('an objective that stops the run', () => {
  const sold = (from: number) => ({ cells: [{ ok: [1] }], orders: orders(6, from) })

  test('does so in the second in which the stock was passed', () => {
    const { breaches } = judge({ objectives: ['oversold == 0, abort'], windows: [sold(1), sold(7), sold(13)], start: startOf() })
    expect(breaches).toMatchObject([{ atMs: 2_000, abort: true }])
    expect(breaches[0]?.because).toBe('oversold was 2 by 2 s, which stops the run; it must be exactly 0')
  })

  test('does so when the shop itself says that it sold too much', () => {
    const shop = [says('before', 0, 10), says('during', 11, 0, { atMs: 1_500 })]
    const { breaches } = judge({ objectives: ['oversold == 0, abort'], windows: seconds({ ok: [1] }), start: startOf(counted), shop })
    expect(breaches).toMatchObject([{ atMs: 1_500, abort: true }])
  })

  test('waits for the end where orders are taken back: answers come in another order than the deeds', () => {
    const entries = [...orders(11), order(1, { status: 'cancelled' })]
    const found = judge({ objectives: ['oversold == 0, abort'], windows: [{ cells: [{ ok: [1] }], orders: entries }], start: startOf() })
    expect([found.breaches, found.objectives[0]?.status]).toEqual([[], 'met'])
  })
})

describe('beside the objectives', () => {
  test('a forecast beyond the payment provider is said, with its calls', () => {
    const start = startOf({ forecastPerSec: 40, provider: { limitPerSec: 60, callsPerOrder: 2 } })
    expect(judged(orders(3), { start }).reasons.at(-1)).toBe(
      "Remark: the forecast of 40/s orders, 80/s calls, is above the payment provider's limit of 60/s: this launch fails there first.",
    )
  })

  test('so are the orders of the busiest second', () => {
    const start = startOf({ provider: { limitPerSec: 5, callsPerOrder: 1 } })
    expect(judged(orders(6), { start }).reasons.at(-1)).toContain("the run's busiest second with 6/s orders is above")
    expect(judged(orders(5), { start }).reasons.join()).not.toContain('provider')
  })
})

test('when in between the shop was asked changes no judgement', () => {
  const said = [says('during', 6, 4, { atMs: 900 }), says('during', 13, -1, { atMs: 1_700 }), says('during', 11, 0, { atMs: 2_500 })]
  const windows = windowsOf([{ orders: orders(5) }, { orders: orders(5, 6) }, { orders: [unanswered(11)] }])
  const judgedWith = (asks: (second: number) => readonly ShopCount[]) => {
    const tally = new Tally()
    const live = startJudging({ objectives: [], start: startOf(counted), tally })
    live.shop(says('before', 0, 10))
    for (const [second, window] of windows.entries()) {
      for (const figure of asks(second)) live.shop(figure)
      tally.add(window)
      live.window(window)
    }
    live.shop(says('after', 11, 0))
    return live.finish(runEnd({ durationMs: 3_000 }))
  }
  const together = judgedWith((second) => (second === 0 ? said : []))
  expect(judgedWith((second) => said.slice(second, second + 1))).toEqual(together)
  expect(together.ledger?.products[0]?.oversold).toEqual({ least: 3, most: 3 })
})
