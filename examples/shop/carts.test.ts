// What carts hold, with a clock that the test turns.
import { expect, test } from 'vitest'
import type { Holding } from './carts.ts'
import { createCarts } from './carts.ts'
import { createCatalogue } from './catalogue.ts'
import { openDatabase } from './database.ts'
import { createSales } from './sales.ts'

function store(holding: Holding) {
  const clock = { ms: 0 }
  const database = openDatabase(':memory:', { products: 1, stockEach: 5 })
  const [sales, catalogue] = [createSales(database), createCatalogue(database)]
  const carts = createCarts(database, sales, holding, () => clock.ms)
  const books = () => {
    carts.returnOverdue()
    const account = catalogue.account('tv-55')
    return [account?.stock, account?.reserved]
  }
  return { clock, carts, books }
}

test('a cart that holds nothing leaves the stock alone', () => {
  const { carts, books } = store({ holdMs: 0, givesBack: true })
  const cart = carts.open('tv-55', 3)
  expect(books()).toEqual([5, 0])
  expect(carts.claim(cart, 'tv-55', 3)).toBe(false)
})

test('held stock is back when its time is over, and not a moment before', () => {
  const { carts, books, clock } = store({ holdMs: 1_000, givesBack: true })
  carts.open('tv-55', 3)
  expect(books()).toEqual([2, 3])
  expect(carts.open('tv-55', 3)).toBeUndefined()
  clock.ms = 999
  expect(books()).toEqual([2, 3])
  clock.ms = 1_000
  expect(books()).toEqual([5, 0])
})

test('what an order claims is sold once: it neither comes back nor can be claimed again', () => {
  const { carts, books, clock } = store({ holdMs: 1_000, givesBack: true })
  const cart = carts.open('tv-55', 3)
  expect(carts.claim(cart, 'tv-55', 2)).toBe(false)
  expect([carts.claim(cart, 'tv-55', 3), carts.claim(cart, 'tv-55', 3)]).toEqual([true, false])
  clock.ms = 5_000
  expect(books()).toEqual([2, 0])
})

test('a cart that is dropped gives back what it held, once', () => {
  const { carts, books } = store({ holdMs: Number.POSITIVE_INFINITY, givesBack: true })
  const cart = carts.open('tv-55', 3) ?? ''
  expect([carts.drop(cart), carts.drop(cart)]).toEqual([true, false])
  expect(books()).toEqual([5, 0])
})

test('a shop that keeps what was reserved gives nothing back, neither in time nor when the cart is dropped', () => {
  const { carts, books, clock } = store({ holdMs: 1_000, givesBack: false })
  const dropped = carts.open('tv-55', 2) ?? ''
  carts.open('tv-55', 1)
  carts.drop(dropped)
  clock.ms = 1_000_000
  expect(books()).toEqual([2, 1])
})
