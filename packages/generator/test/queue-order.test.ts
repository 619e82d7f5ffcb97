import { expect, test } from 'vitest'
import { QueueOrder } from '../src/queue-order.ts'

/** Asked at `sentMs`, was told to wait 10 ms later, and once more by a poll sent at `refusedMs`. */
const waiting = (sentMs: number, refusedMs: number) => ({ sentMs, joinedMs: sentMs + 10, refusedMs })

test('who came later and is let in later has overtaken nobody', () => {
  const order = new QueueOrder()
  expect([order.admits(waiting(0, 500), 600), order.admits(waiting(100, 700), 800)]).toEqual([false, false])
})

test('who is still refused after somebody who came later is in was overtaken', () => {
  const order = new QueueOrder()
  order.admits(waiting(100, 500), 600)
  expect(order.admits(waiting(0, 700), 800)).toBe(true)
})

test('who merely polls later than the other was not: his turn may have come before', () => {
  const order = new QueueOrder()
  order.admits(waiting(100, 500), 600)
  expect(order.admits(waiting(0, 550), 900)).toBe(false)
})

test('who asked while the other was still being told to wait did not surely come later', () => {
  const order = new QueueOrder()
  order.admits(waiting(5, 500), 600)
  expect(order.admits(waiting(0, 700), 800)).toBe(false)
})

test('a newcomer who is in at once passes whoever waits before and after, and is counted once', () => {
  const order = new QueueOrder()
  order.joins()
  order.joins()
  order.letsThrough(100, 110)
  expect([order.refuses(waiting(0, 105)), order.refuses(waiting(0, 200)), order.refuses(waiting(20, 200))]).toEqual([0, 1, 0])
})

test('a newcomer passes nobody when the queue is empty, or came after he had asked', () => {
  const order = new QueueOrder()
  order.letsThrough(0, 10)
  order.joins()
  expect(order.refuses(waiting(20, 100))).toBe(0)
  order.letsThrough(200, 210)
  expect(order.refuses(waiting(195, 300))).toBe(0)
  order.leaves()
  order.joins()
  expect(order.refuses(waiting(20, 400))).toBe(0)
})
