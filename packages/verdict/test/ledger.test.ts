import type { OrderEntry, ShopFigure } from '@doorbuster/measurements'
import type { Orders } from '@doorbuster/plan'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Ledger } from '../src/ledger.ts'
import type { LedgerFacts } from '../src/ledger-facts.ts'
import { counted, has, order, orders, rules, says, unanswered } from './support/orders.ts'
import { windowsOf } from './support/windows.ts'

type Told = { readonly entries: readonly OrderEntry[]; readonly shop?: readonly ShopFigure[]; readonly rules?: Partial<Orders> }

function ledgerOf({ entries, shop = [], rules: more }: Told): Ledger {
  const ledger = new Ledger(rules(more))
  const isBefore = (figure: ShopFigure): boolean => figure.kind === 'count' && figure.when === 'before'
  for (const figure of shop.filter(isBefore)) ledger.shop(figure)
  for (const window of windowsOf([{ orders: entries }])) ledger.window(window)
  for (const figure of shop.filter((each) => !isBefore(each))) ledger.shop(figure)
  return ledger
}

const booksOf = (told: Told): Omit<LedgerFacts, 'lost'> => ledgerOf(told).books()
const tv = (told: Told) => booksOf(told).products.find(({ sku }) => sku === 'tv')
const mismatches = (told: Told): readonly (readonly [string, number])[] => booksOf(told).mismatches.map(({ kind, count }) => [kind, count])

describe('sold against the stock', () => {
  test('twelve of ten are two too many', () => {
    expect(tv({ entries: orders(12) })).toMatchObject({
      stock: 10,
      confirmed: 12,
      sold: { least: 12, most: 12 },
      oversold: { least: 2, most: 2 },
    })
  })

  test('pieces count, not orders', () => {
    expect(tv({ entries: orders(4, 1, { qty: 3 }) })?.oversold).toEqual({ least: 2, most: 2 })
  })

  test('an order whose answer nobody saw makes a range, and is not guessed', () => {
    const { sold, oversold } = tv({ entries: [...orders(9), unanswered(10), unanswered(11), unanswered(12)] }) ?? {}
    expect({ sold, oversold }).toEqual({ sold: { least: 9, most: 12 }, oversold: { least: 0, most: 2 } })
  })

  test("the shop's own count ends the range, with those it had sold before the run left out", () => {
    const shop = [says('before', 100), says('after', 111)]
    expect(tv({ entries: [...orders(9), ...[10, 11, 12].map((nth) => unanswered(nth))], shop, rules: counted })).toMatchObject({
      shopSold: 11,
      sold: { least: 11, most: 11 },
      oversold: { least: 1, most: 1 },
    })
  })

  test('what was taken back is there to be sold again, once', () => {
    const back = order(1, { status: 'cancelled' })
    expect(tv({ entries: [...orders(11), back, back] })).toMatchObject({
      cancelled: 1,
      sold: { least: 10, most: 10 },
      oversold: { most: 0 },
    })
  })

  test('a stock that the shop puts below zero was oversold, whatever the shoppers saw', () => {
    const shop = [says('before', null, 10), says('during', null, -3), says('after', null, 0)]
    expect(tv({ entries: orders(10), shop })?.oversold).toEqual({ least: 3, most: 3 })
  })

  test('what the shop had when the run began is the stock, not what the plan hoped for', () => {
    const told = { entries: orders(9), shop: [says('before', 2, 8), says('after', 11, 0)], rules: counted }
    expect(tv(told)?.oversold).toEqual({ least: 1, most: 1 })
    expect(ledgerOf(told).remarks({ lost: null })).toEqual([
      'Remark: the plan says 10 of tv, the shop had 8 when the run began, which is what was judged.',
    ])
  })

  test('a product without a stock is told of, and judged by nobody', () => {
    expect(booksOf({ entries: [order(1, { sku: 'lamp' })] }).products).toContainEqual(
      expect.objectContaining({ sku: 'lamp', stock: null, oversold: null, confirmed: 1 }),
    )
  })

  test('a product may have any name', () => {
    const told = booksOf({ entries: [order(1, { sku: '__proto__' })], rules: { stock: { toString: 1 } } })
    expect(told.products.map(({ sku, stock }) => [sku, stock])).toEqual([
      ['toString', 1],
      ['__proto__', null],
    ])
  })
})

describe('one order for one key', () => {
  test('a replay that is answered with the same order is that order', () => {
    const entry = order(1, { key: 'k' })
    expect(booksOf({ entries: [entry, entry] })).toMatchObject({ duplicates: 0, mismatches: [], orders: { confirmed: 1 } })
  })

  test('another order for the same key is a duplicate, and sold all the same', () => {
    const told = { entries: [order(1, { key: 'k' }), order(2, { key: 'k', arrival: 1 })] }
    expect(booksOf(told).duplicates).toBe(1)
    expect(tv(told)?.confirmed).toBe(2)
  })

  test('one id for two shoppers is no replay', () => {
    expect(mismatches({ entries: [order(1, { key: 'a' }), order(2, { key: 'b', id: '1' })] })).toEqual([['id-twice', 1]])
    expect(mismatches({ entries: [order(1), order(2, { id: '1' })] })).toEqual([['id-twice', 1]])
  })

  test('a second order that only the shop knows of is a duplicate too', () => {
    expect(booksOf({ entries: [order(1, { key: 'k' }), unanswered(1, { key: 'k' })], shop: [has('k', ['1', '2'])] }).duplicates).toBe(1)
  })
})

describe('orders that the shop is asked for', () => {
  const entries = [...orders(8), unanswered(9, { key: 'a' }), unanswered(10, { key: 'b' }), unanswered(11)]

  test('those with a key can be asked for, and those without cannot', () => {
    expect(ledgerOf({ entries }).openOrders.map(({ of }) => of)).toEqual(['a', 'b'])
  })

  test('one that is there is sold, one that is not is none, and one of which it says nothing stays open', () => {
    expect(tv({ entries, shop: [has('a', ['90']), has('b', [])] })).toMatchObject({
      confirmed: 9,
      unknown: 1,
      sold: { least: 9, most: 10 },
    })
    expect(tv({ entries, shop: [has('a', null)] })).toMatchObject({ confirmed: 8, unknown: 3 })
  })

  test('a replay that was confirmed and the attempt that was not answered are one order, once the shop says so', () => {
    const again = [unanswered(1, { key: 'k' }), order(1, { key: 'k' })]
    expect(tv({ entries: again })?.sold).toEqual({ least: 1, most: 2 })
    expect(tv({ entries: again, shop: [has('k', ['1'])] })?.sold).toEqual({ least: 1, most: 1 })
  })
})

describe('what does not agree', () => {
  test("the shop's count against what its shoppers were told", () => {
    const shop = (sold: number) => [says('before', 0), says('after', sold)]
    const entries = [...orders(5), unanswered(6)]
    expect([4, 5, 6, 8].map((sold) => mismatches({ entries, shop: shop(sold), rules: counted }))).toEqual([
      [['count', 1]],
      [],
      [],
      [['count', 2]],
    ])
  })

  test('goods that were reserved and never came back, and goods that would be sold once more', () => {
    const shop = (left: number) => [says('before', 0, 10), says('after', 4, left)]
    expect([5, 6, 7].map((left) => mismatches({ entries: orders(4), shop: shop(left), rules: counted }))).toEqual([
      [['stock', 1]],
      [],
      [['stock', 1]],
    ])
  })

  test('nothing can be missing from a stock that was oversold', () => {
    expect(mismatches({ entries: orders(12), shop: [says('before', 0, 10), says('after', 12, 0)], rules: counted })).toEqual([])
  })

  test('a price that moved between cart and confirmation, and only that', () => {
    const price = (priceCents: number | null) => order(priceCents ?? 0, { priceCents, cartPriceCents: 500 })
    expect(mismatches({ entries: [price(500), price(501), price(null)] })).toEqual([['price', 1]])
  })

  test('more pieces than one shopper may have, over all of its orders', () => {
    const own = (nth: number, arrival: number) => order(nth, { arrival })
    expect(mismatches({ entries: [own(1, 7), own(2, 7), own(3, 8), own(4, 7)], rules: { perShopper: 2 } })).toEqual([['per-shopper', 1]])
  })

  test('a piece that was taken back is no longer had', () => {
    const own = (nth: number) => order(nth, { arrival: 7 })
    const entries = [own(1), own(2), order(1, { arrival: 7, status: 'cancelled' }), own(3)]
    expect(mismatches({ entries, rules: { perShopper: 2 } })).toEqual([])
  })

  test('where no journey told of anything, the count of the shop alone says what was sold', () => {
    const told = { entries: [], shop: [says('before', 0, 10), says('after', 12, 0)], rules: counted }
    expect(mismatches(told)).toEqual([])
    expect(tv(told)?.oversold).toEqual({ least: 2, most: 2 })
  })
})

describe('laws', () => {
  const fate = fc.constantFrom('confirmed', 'sold unseen', 'lost', 'refused')
  const fates = fc.array(fc.tuple(fate, fc.integer({ min: 1, max: 4 })), { maxLength: 30 })
  const entryOf = ([what, qty]: readonly [string, number], nth: number): OrderEntry => {
    if (what === 'confirmed') return order(nth, { qty })
    return what === 'refused' ? order(nth, { status: 'refused', id: null, qty }) : unanswered(nth, { qty, key: `k${nth}` })
  }
  const soldOf = (all: readonly (readonly [string, number])[]): number =>
    all.reduce((sum, [what, qty]) => sum + (what === 'confirmed' || what === 'sold unseen' ? qty : 0), 0)

  test('the range always holds what was really sold', () => {
    fc.assert(
      fc.property(fates, (all) => {
        const { least, most } = tv({ entries: all.map(entryOf) })?.sold ?? { least: 0, most: 0 }
        expect(least).toBeLessThanOrEqual(soldOf(all))
        expect(most).toBeGreaterThanOrEqual(soldOf(all))
      }),
    )
  })

  test('a shop whose books are right agrees with its shoppers, and its count gives what was really sold', () => {
    fc.assert(
      fc.property(fates, fc.integer({ min: 0, max: 60 }), (all, stock) => {
        const sold = soldOf(all)
        const shop = [says('before', 7, stock), says('after', 7 + sold, Math.max(0, stock - sold))]
        const told = { entries: all.map(entryOf), shop, rules: counted }
        expect(mismatches(told)).toEqual([])
        expect(tv(told)).toMatchObject({ sold: { least: sold, most: sold }, oversold: { least: Math.max(0, sold - stock) } })
      }),
    )
  })

  test('asking for every order that was left open gives what was really sold, too', () => {
    fc.assert(
      fc.property(fates, (all) => {
        const shop = all.flatMap(([what], nth) =>
          what === 'sold unseen' ? [has(`k${nth}`, [`s${nth}`])] : what === 'lost' ? [has(`k${nth}`, [])] : [],
        )
        expect(tv({ entries: all.map(entryOf), shop })?.sold).toEqual({ least: soldOf(all), most: soldOf(all) })
      }),
    )
  })

  test('telling everything twice changes nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 12 }), (qtys) => {
        const entries = qtys.map((qty, nth) => order(nth, { qty, key: `k${nth}` }))
        expect(booksOf({ entries: [...entries, ...entries] })).toEqual(booksOf({ entries }))
      }),
    )
  })
})
