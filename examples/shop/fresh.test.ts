import { expect, test } from 'vitest'
import { keepFresh } from './fresh.ts'

const nextTurn = () => new Promise(setImmediate)

function kept(build?: (nth: number) => number) {
  const failures: unknown[] = []
  const clock = { ms: 0 }
  let builds = 0
  const count = () => {
    builds += 1
    return build ? build(builds) : builds
  }
  const page = keepFresh(count, { freshMs: 1_000, staleMs: 5_000, nowMs: () => clock.ms, onFailure: (error) => failures.push(error) })
  return { page, clock, failures, builds: () => builds }
}

test('a page younger than freshMs is built once, however many ask', async () => {
  const { page, clock, builds } = kept()
  clock.ms = 999
  expect([page(), page(), page()]).toEqual([1, 1, 1])
  await nextTurn()
  expect(builds()).toBe(1)
})

test('past freshMs a hundred get the old page, and one new page is built behind it', async () => {
  const { page, clock, builds } = kept()
  clock.ms = 1_000
  expect(new Set(Array.from({ length: 100 }, page))).toEqual(new Set([1]))
  await nextTurn()
  expect(page()).toBe(2)
  expect(builds()).toBe(2)
})

test('past staleMs nobody gets the old page', () => {
  const { page, clock } = kept()
  clock.ms = 5_000
  expect([page(), page()]).toEqual([2, 2])
})

test('a build behind the page that throws leaves the old page, says so, and is tried again', async () => {
  const { page, clock, failures } = kept((nth) => {
    if (nth === 2) throw new Error('no paper')
    return nth
  })
  clock.ms = 1_000
  expect(page()).toBe(1)
  await nextTurn()
  expect(failures).toEqual([new Error('no paper')])
  expect(page()).toBe(1)
  await nextTurn()
  expect(page()).toBe(3)
})
