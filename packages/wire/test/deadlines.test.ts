import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Deadlines, Timed } from '../src/deadlines.ts'

// The clock and the timers are moved by hand, together.
let nowMs = 0
let deadlines: Deadlines
let expired: string[] = []

class Named extends Timed {
  readonly name: string
  readonly onExpire: () => void
  constructor(name: string, onExpire: () => void = () => {}) {
    super()
    this.name = name
    this.onExpire = onExpire
  }
  override expire(): void {
    expired.push(`${this.name} at ${nowMs}`)
    this.onExpire()
  }
}

function pass(ms: number): void {
  for (let left = ms; left > 0; left--) {
    nowMs++
    vi.advanceTimersByTime(1)
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  nowMs = 0
  expired = []
  deadlines = new Deadlines(() => nowMs)
})
afterEach(() => {
  vi.useRealTimers()
})

test('what is not ended expires once, when its time is over and not before', () => {
  deadlines.begin(new Named('a'), 10, nowMs)
  pass(9)
  expect(expired).toEqual([])
  pass(100)
  expect(expired).toEqual(['a at 10'])
})

test('those of one duration share a timer, and each has its own end', () => {
  for (const name of ['a', 'b', 'c']) {
    deadlines.begin(new Named(name), 10, nowMs)
    pass(3)
  }
  expect(vi.getTimerCount()).toBe(1)
  pass(20)
  expect(expired).toEqual(['a at 10', 'b at 13', 'c at 16'])
})

test('what was ended never expires: the first, the last, one in the middle, one alone, and one twice', () => {
  const all = ['a', 'b', 'c', 'd', 'e'].map((name) => new Named(name))
  for (const each of all) deadlines.begin(each, 10, nowMs)
  const alone = new Named('alone')
  deadlines.begin(alone, 5, nowMs)
  for (const each of [all[0], all[2], all[4], alone, alone]) if (each !== undefined) deadlines.end(each)
  pass(20)
  expect(expired).toEqual(['b at 10', 'd at 10'])
})

test('one that ends when another expires does not expire any more, and one that begins then has its full time', () => {
  const victim = new Named('victim')
  const first = new Named('first', () => {
    deadlines.end(victim)
    deadlines.begin(first, 10, nowMs)
  })
  deadlines.begin(first, 10, nowMs)
  deadlines.begin(victim, 10, nowMs)
  pass(20)
  expect(expired).toEqual(['first at 10', 'first at 20'])
})

test('different durations do not wait for each other', () => {
  deadlines.begin(new Named('long'), 1_000, nowMs)
  deadlines.begin(new Named('short'), 10, nowMs)
  deadlines.begin(new Named('never'), Number.POSITIVE_INFINITY, nowMs)
  pass(2_000)
  expect(expired).toEqual(['short at 10', 'long at 1000'])
})

test('a fraction of a millisecond is waited for', () => {
  deadlines.begin(new Named('a'), 10.4, nowMs)
  pass(20)
  expect(expired).toEqual(['a at 11'])
})

test('one that began a while ago, on the clock that is handed in, has only the rest of its time', () => {
  pass(100)
  deadlines.begin(new Named('a'), 10, nowMs - 4)
  pass(100)
  expect(expired.length).toBe(1)
  expect(Number(expired[0]?.split(' ').at(-1))).toBeLessThanOrEqual(110)
})

test('more than setTimeout can wait is waited for all the same', () => {
  deadlines.begin(new Named('a'), 2 ** 32, nowMs)
  pass(50)
  expect(expired).toEqual([])
  nowMs = 2 ** 31 - 1
  vi.advanceTimersByTime(2 ** 31 - 1)
  expect(expired).toEqual([])
  nowMs = 2 ** 32
  vi.advanceTimersByTime(2 ** 31 - 1)
  vi.advanceTimersByTime(10)
  expect(expired).toEqual([`a at ${2 ** 32}`])
})

test('a duration that nobody is under any more costs nothing once its time is over', () => {
  const again: Named = new Named('again', () => deadlines.begin(new Named('last'), 7, nowMs))
  deadlines.begin(again, 7, nowMs)
  for (let durationMs = 10; durationMs < 60; durationMs++) {
    const timed = new Named('never')
    deadlines.begin(timed, durationMs, nowMs)
    deadlines.end(timed)
  }
  expect(deadlines.queues).toBe(51)
  pass(10)
  expect([deadlines.queues, expired]).toEqual([50, ['again at 7']])
  pass(50)
  expect([deadlines.queues, vi.getTimerCount(), expired]).toEqual([0, 0, ['again at 7', 'last at 14']])
})

test('nothing expires once they were closed, and ending does no harm then', () => {
  const late = new Named('late')
  deadlines.begin(late, 10, nowMs)
  deadlines.close()
  deadlines.end(late)
  pass(100)
  expect([expired, vi.getTimerCount()]).toEqual([[], 0])
})
