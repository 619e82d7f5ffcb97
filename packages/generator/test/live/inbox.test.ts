import { expect, test } from 'vitest'
import { createClock } from '../../src/clock.ts'
import { Inbox } from '../../src/live/inbox.ts'

test('messages are taken once, in order, by whoever waited first', async () => {
  const inbox = new Inbox<number>(createClock())
  const early = [inbox.next(null), inbox.next(null)]
  for (const message of [1, 2, 3]) inbox.put(message, 1)
  expect(await Promise.all([...early, inbox.next(null)])).toEqual([1, 2, 3])
})

test('of messages that nobody takes the latest thousand are kept, and no more than 4 MiB', async () => {
  const inbox = new Inbox<number>(createClock())
  let lost = 0
  for (let nth = 1; nth <= 1_200; nth++) lost += inbox.put(nth, 1)
  expect([lost, await inbox.next(null)]).toEqual([200, 201])
  const large = new Inbox<number>(createClock())
  expect([1, 2, 3, 4, 5].map((nth) => large.put(nth, 1024 * 1024))).toEqual([0, 0, 0, 0, 1])
})

test('nothing comes in time, or nothing will come any more: undefined', async () => {
  const inbox = new Inbox<number>(createClock())
  expect(await inbox.next(1)).toBeUndefined()
  const waiting = inbox.next(null)
  inbox.close()
  expect([await waiting, await inbox.next(null)]).toEqual([undefined, undefined])
})
