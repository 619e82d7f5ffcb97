import type { TimelineRow } from '@doorbuster/measurements'
import { expect, test } from 'vitest'
import { fallingBehind } from '../../src/capacity/falling-behind.ts'

/** Twelve seconds in each of which 100 requests are due, and as many end as is said. */
function level(endedIn: (second: number) => number, seconds = 12): readonly TimelineRow[] {
  let inFlight = 0
  return Array.from({ length: seconds }, (_, second) => {
    const ok = endedIn(second)
    inFlight += 100 - ok
    return { startMs: second * 1_000, lastingMs: 1_000, due: 100, ok, degraded: 0, failed: 0, dropped: 0, inFlight } as TimelineRow
  })
}

test('a target that answers 90 of 100 a second, with a queue that only grows, has fallen behind', () => {
  // At the end of seconds 4 to 7 there are 50, 60, 70 and 80 under way, of 8 to 11 90 to 120.
  expect(
    fallingBehind(
      level(() => 90),
      12_000,
    ),
  ).toBe(
    'Every objective was met, but of what was due only 90 % came to an end, and requests under way grew from 65 to 105: it would not have held for longer.',
  )
})

test.each([
  ['answers all of it', level(() => 100)],
  ['takes three seconds for each, and keeps up', level((second) => (second < 3 ? 0 : 100))],
  ['lacks 3 of 100, which is within what a search tells apart', level(() => 97)],
  ['was watched for five seconds', level(() => 50, 5)],
])('a target that %s has not', (_what, timeline) => expect(fallingBehind(timeline, timeline.length * 1_000)).toBeNull())

test('one that refuses what is too much keeps up: whether it may refuse is for the objectives to say', () => {
  const shed = level(() => 100).map((row) => ({ ...row, ok: 50, failed: 50 }))
  expect(fallingBehind(shed, 12_000)).toBeNull()
})
