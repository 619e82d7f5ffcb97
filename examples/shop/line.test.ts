import { expect, test } from 'vitest'
import { Line } from './line.ts'

const here = () => false
const nextTurn = () => new Promise(setImmediate)

function gate() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { opened: promise, open: resolve }
}

test('no more are worked on than there are workers, and the rest follow in the order they came', async () => {
  const line = new Line({ workers: 2, places: 10, leavesDeadWork: false })
  const { opened, open } = gate()
  const began: number[] = []
  const all = [1, 2, 3, 4, 5].map((nth) =>
    line.enter(() => {
      began.push(nth)
      return opened.then(() => nth)
    }, here),
  )
  while (line.load().busy < 2) await nextTurn()
  await nextTurn()
  expect(began).toEqual([1, 2])
  expect(line.load()).toEqual({ busy: 2, waiting: 3 })
  open()
  expect(await Promise.all(all)).toEqual([1, 2, 3, 4, 5].map((value) => ({ kind: 'done', value })))
  expect(began).toEqual([1, 2, 3, 4, 5])
})

test('with one worker and two places the fourth in an instant is refused, and the fifth gets in once a place is free', async () => {
  const line = new Line({ workers: 1, places: 2, leavesDeadWork: true })
  const { opened, open } = gate()
  const accepted = [1, 2, 3].map(() => line.enter(() => opened, here))
  expect(await line.enter(() => opened, here)).toEqual({ kind: 'full' })
  open()
  await Promise.all(accepted)
  expect(await line.enter(() => 5, here)).toEqual({ kind: 'done', value: 5 })
})

test('a line without an end refuses nobody', async () => {
  const line = new Line({ workers: 1, places: Number.POSITIVE_INFINITY, leavesDeadWork: false })
  const turns = await Promise.all(Array.from({ length: 500 }, () => line.enter(() => 1, here)))
  expect(turns.filter(({ kind }) => kind === 'done')).toHaveLength(500)
})

test.each([
  { leavesDeadWork: true, done: ['first', 'third'] },
  { leavesDeadWork: false, done: ['first', 'second', 'third'] },
])('leavesDeadWork $leavesDeadWork does $done when the second has gone', async ({ leavesDeadWork, done }) => {
  const line = new Line({ workers: 1, places: 10, leavesDeadWork })
  const did: string[] = []
  const { opened, open } = gate()
  const first = line.enter(() => opened.then(() => did.push('first')), here)
  const second = line.enter(
    () => did.push('second'),
    () => true,
  )
  const third = line.enter(() => did.push('third'), here)
  open()
  await Promise.all([first, second, third])
  expect(did).toEqual(done)
})

test('those who have gone give their places to those who come', async () => {
  const line = new Line({ workers: 1, places: 1, leavesDeadWork: true })
  const { opened, open } = gate()
  const first = line.enter(() => opened, here)
  const gone = line.enter(
    () => 2,
    () => true,
  )
  const third = line.enter(() => 3, here)
  expect(await gone).toEqual({ kind: 'gone' })
  open()
  await first
  expect(await third).toEqual({ kind: 'done', value: 3 })
})

test('work that throws rejects for its own shopper alone and frees its worker', async () => {
  const line = new Line({ workers: 1, places: 10, leavesDeadWork: false })
  const throws = () => {
    throw new Error('burnt')
  }
  const [burnt, next] = await Promise.allSettled([line.enter(throws, here), line.enter(() => 2, here)])
  expect(burnt.status).toBe('rejected')
  expect(next).toEqual({ status: 'fulfilled', value: { kind: 'done', value: 2 } })
})

test('timers fire while a long line is being worked off', async () => {
  const line = new Line({ workers: 4, places: Number.POSITIVE_INFINITY, leavesDeadWork: false })
  let left = 10_000
  const all = Promise.all(Array.from({ length: left }, () => line.enter(() => (left -= 1), here)))
  const leftAtTimer = await new Promise<number>((resolve) => setTimeout(() => resolve(left), 0))
  expect(leftAtTimer).toBeGreaterThan(0)
  await all
})
