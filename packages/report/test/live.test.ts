import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { columnsOf } from '../src/columns.ts'
import type { LiveState } from '../src/live.ts'
import { liveLine, liveScreen } from '../src/live.ts'
import { anyText } from './support/hostile.ts'

const state: LiveState = {
  name: 'spring-drop',
  elapsedMs: 12_300,
  lastingMs: 40_000,
  phases: [
    { name: 'baseline', startMs: 0, lastingMs: 10_000 },
    { name: 'doors', startMs: 10_000, lastingMs: 30_000 },
  ],
  phase: 'doors',
  plannedPerSec: 300,
  sentPerSec: 300,
  okPerSec: 298,
  failed: 2,
  dropped: 0,
  failedRatio: 0.01,
  lost: 0,
  causes: { timeout: 2 },
  p50: 3.2,
  p95: 9.4,
  p99: 18,
  max: 31,
  inFlight: 12,
  recent: [100, 200, 300],
  plannedRecent: [100, 200, 300],
  breaches: [],
}

describe('without a terminal', () => {
  test('one line says the whole window', () => {
    expect(liveLine(state)).toBe('00:12  doors  planned 300/s  sent 300/s  ok 298/s  failed 2  p50 3.2 ms  p99 18 ms  in flight 12')
  })

  test('a window without answers shows dashes, and a closed loop no plan', () => {
    const line = liveLine({ ...state, p50: null, p99: null, plannedPerSec: null, phase: null, dropped: 3 })
    expect(line).toBe('00:12  sent 300/s  ok 298/s  failed 2  dropped 3  p50 –  p99 –  in flight 12')
  })

  test('shoppers who gave up or were turned away are counted as soon as there is one', () => {
    expect(liveLine({ ...state, lost: 7 })).toContain('failed 2  lost 7 shoppers  p50')
    expect(liveScreen({ ...state, lost: 7 }, 80)).toContain('in flight 12   shoppers lost 7')
    expect(liveScreen(state, 80)).not.toContain('lost')
  })

  test('any names stay on one line', () => {
    fc.assert(
      fc.property(anyText, (phase) => {
        expect(liveLine({ ...state, phase })).not.toMatch(/\p{Cc}/u)
      }),
    )
  })
})

describe('on a terminal', () => {
  test('the bar is filled as far as the run has come and cut where a phase begins', () => {
    const [head, bar, names] = liveScreen(state, 40).split('\n')
    expect(head).toBe('spring-drop                    28 s left')
    expect(bar).toBe(`${'█'.repeat(10)}│█${'░'.repeat(28)}`)
    expect(names).toBe('baseline  ▸doors')
  })

  test('past its planned end a run is draining', () =>
    expect(liveScreen({ ...state, elapsedMs: 41_000 }, 80)).toContain('00:41 of 00:40, draining'))

  test('planned and sent are drawn to one scale', () => {
    const lines = liveScreen({ ...state, recent: [100, 100, 100] }, 40).split('\n')
    expect(lines.find((line) => line.startsWith('planned'))).toMatch(/300\/s .*▃▆█$/)
    expect(lines.find((line) => line.startsWith('sent'))).toMatch(/300\/s .*▃▃▃$/)
  })

  test('the top causes are named and the rest counted', () => {
    expect(liveScreen({ ...state, causes: { a: 1, b: 5, c: 3, d: 2 } }, 80)).toContain('b 5 · c 3 · d 2 · 1 more')
  })

  test('what is broken is said', () => {
    const screen = liveScreen({ ...state, breaches: ['p(95) < 500ms', 'x', 'y', 'z'] }, 80)
    expect(screen).toContain('✗ p(95) < 500ms')
    expect(screen).toContain('✗ and 1 more')
  })

  test('no line is longer than the screen or holds a control character, whatever the names', () => {
    const times = fc.double({ min: 0, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(anyText, fc.integer({ min: 30, max: 160 }), times, times, (text, width, elapsedMs, lastingMs) => {
        const phases = [0, 0.5].map((share) => ({ name: text, startMs: share * lastingMs, lastingMs: lastingMs / 2 }))
        const lines = liveScreen(
          { ...state, name: text, phase: text, phases, causes: { [text]: 1e9 }, breaches: [text], elapsedMs, lastingMs },
          width,
        ).split('\n')
        expect(lines.every((line) => columnsOf(line) <= width && !/\p{Cc}/u.test(line))).toBe(true)
      }),
    )
  })
})
