// Faults that are about time, with a clock that the test turns.
import { expect, test } from 'vitest'
import type { Answered } from '../layers.ts'
import { html } from '../replies.ts'
import type { Visit } from '../visit.ts'
import { ipLimit } from './ip-limit.ts'
import { sharedCache } from './shared-cache.ts'
import { fairRoom, unfairRoom } from './waiting-room.ts'

const visit = (more: Partial<Visit> = {}): Visit => ({ method: 'GET', path: '/', query: '', cookie: '', ip: '10.0.0.1', ...more })
const statusOf = (answered: Answered) => answered?.status

test('ten a second means ten at once, then one every 100 ms, and a second address has its own ten', async () => {
  const clock = { ms: 5_000 }
  const limit = ipLimit(10, () => clock.ms)
  const ask = async (ip: string) => statusOf(await limit(visit({ ip }), () => Promise.resolve(html('in'))))
  const atOnce = await Promise.all(Array.from({ length: 11 }, () => ask('10.0.0.1')))
  expect(atOnce).toEqual([...Array.from({ length: 10 }, () => 200), 429])
  expect(await ask('10.0.0.2')).toBe(200)
  clock.ms += 100
  expect([await ask('10.0.0.1'), await ask('10.0.0.1')]).toEqual([200, 429])
})

test('a fair room of 60 a minute lets tickets in second by second in the order they were drawn, however often they ask', () => {
  const clock = { ms: 0 }
  const room = fairRoom(60, () => clock.ms)
  const [first, second, third] = [room.stand(undefined), room.stand(undefined), room.stand(undefined)]
  expect([first.place, second.place, third.place]).toEqual([0, 1, 2])
  clock.ms = 999
  expect(room.stand(second.ticket).place).toBe(1)
  clock.ms = 1_000
  for (let asks = 0; asks < 5; asks += 1) expect(room.stand(third.ticket).place).toBe(1)
  expect(room.stand(second.ticket).place).toBe(0)
  expect(room.stand(undefined).place).toBe(2)
})

test('in an unfair room a newcomer who asks at the right moment walks past those who waited', () => {
  const clock = { ms: 0 }
  const room = unfairRoom(60, () => clock.ms)
  expect(room.stand(undefined).place).toBe(0)
  const early = room.stand(undefined)
  expect(early.place).toBe(1)
  clock.ms = 1_000
  const late = room.stand(undefined)
  expect(late.place).toBe(0)
  expect(room.stand(early.ticket).place).toBe(1)
  clock.ms = 2_000
  expect(room.stand(early.ticket).place).toBe(0)
  expect(room.stand(late.ticket).place).toBe(0)
})

test.each([
  ['fair', fairRoom],
  ['unfair', unfairRoom],
])('a %s room knows no ticket that it did not give out, and lets one in for five minutes', (_, open) => {
  const clock = { ms: 0 }
  const room = open(60, () => clock.ms)
  const { ticket } = room.stand(undefined)
  expect(room.stand('forged').place).toBe(1)
  clock.ms = 299_999
  expect(room.stand(ticket)).toMatchObject({ ticket, place: 0 })
  clock.ms = 300_000
  expect(room.stand(ticket).ticket).not.toBe(ticket)
})

test('a shared cache keeps a page for three seconds, whatever the cookie, and no page of a shopper who was refused', async () => {
  const clock = { ms: 0 }
  const cache = sharedCache(() => clock.ms)
  let builds = 0
  const ask = async (path: string, status = 200) => {
    const answered = await cache(visit({ path }), () => {
      builds += 1
      return Promise.resolve({ ...html(`page ${builds}`), status })
    })
    return answered && 'body' in answered ? answered.body : undefined
  }
  await ask('/account', 401)
  expect([await ask('/account'), await ask('/account')]).toEqual(['page 2', 'page 2'])
  clock.ms = 3_000
  expect(await ask('/account')).toBe('page 3')
  expect([await ask('/p/tv-55'), await ask('/p/tv-55')]).toEqual(['page 4', 'page 5'])
})
