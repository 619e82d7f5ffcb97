import type { OriginFetches } from '@doorbuster/measurements'
import { expect, test } from 'vitest'
import { judge, judgeOne, runStart, seconds, times } from './support/windows.ts'

const phases = [{ name: 'herd', startMs: 0, lastingMs: 2_000, arrivals: 100 }]
const startWith = (origin: unknown) => runStart(2, { phases, plan: { origin } })
const start = startWith({ keys: 1, edges: 1 })
const windows = seconds({ phase: 'herd', ok: times(50, 20) }, { phase: 'herd', ok: times(50, 20) })

const herdOf = (herd: number, before: number | null, after: number | null, because: string | null = null): OriginFetches => ({
  kind: 'origin',
  atMs: herd * 1_000,
  herd,
  before,
  after,
  because,
})
const stampede = (shop: readonly OriginFetches[], more: Parameters<typeof judgeOne>[2] = {}) =>
  judgeOne('stampede <= 2', windows, { start, shop, ...more })

test('a stampede is the fetches of the worst herd for each cold key', () => {
  const result = stampede([herdOf(1, 7, 57), herdOf(2, 57, 58)])
  expect(result).toMatchObject({ status: 'missed', observed: 50, samples: 2, firstBreachMs: 1_000 })
  expect(result.because).toBe('herd 1 made the origin work 50 times for 1 cold key, 50×, the most of 2 herds; at most 2× is allowed')
  expect(stampede([herdOf(1, 7, 8), herdOf(2, 8, 10)])).toMatchObject({ status: 'met', observed: 2 })
})

test('each key may be fetched once at each edge', () => {
  const result = stampede([herdOf(1, 0, 12)], { start: startWith({ keys: 3, edges: 2 }) })
  expect(result).toMatchObject({ status: 'met', observed: 2 })
  expect(result.because).toContain('12 times for 3 cold keys at 2 edges')
})

test('a herd that could not be read may have been the worst: its run can miss the limit and not meet it', () => {
  const unread = herdOf(2, 1, null, 'timeout')
  expect(stampede([herdOf(1, 0, 1), unread])).toMatchObject({ status: 'no-data', observed: null })
  expect(stampede([herdOf(1, 0, 1), unread]).because).toContain('herd 2 could not be read: timeout')
  expect(stampede([herdOf(1, 0, 9), unread])).toMatchObject({ status: 'missed', observed: 9 })
  expect(stampede([herdOf(1, 0, 1), herdOf(2, 5, 1)])).toMatchObject({ status: 'no-data' })
  expect(stampede([herdOf(1, 0, 1)], { end: { stoppedBy: 'interrupt' } })).toMatchObject({ status: 'no-data' })
})

test.each<[string, Parameters<typeof judgeOne>[2] & object]>([
  ['no herd was over', { start, shop: [] }],
  ['herd 1 could not be read: status:500', { start, shop: [herdOf(1, null, null, 'status:500')] }],
  ['no key was cold: the origin was asked in none of the herds', { start, shop: [herdOf(1, 4, 4), herdOf(2, 4, 4)] }],
  ['the plan does not say where fetches of the origin are counted', { start: runStart(2, { phases }), shop: [] }],
  ['the traffic has no phase herd', { start: runStart(2, { plan: { origin: { keys: 1, edges: 1 } } }), shop: [] }],
])('without a figure there is no data: %s', (because, more) => {
  expect(judgeOne('stampede <= 2', windows, more)).toMatchObject({ status: 'no-data', because: `stampede was not judged: ${because}` })
})

test('a stampede is told whether or not somebody asks', () => {
  const { aftermath } = judge({ objectives: [], windows, start, shop: [herdOf(1, 0, 40)] })
  expect(aftermath.stampede).toEqual({
    status: 'seen',
    value: 40,
    because: 'herd 1 made the origin work 40 times for 1 cold key, 40×',
  })
})
