import { parseObjective } from '@doorbuster/plan'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isHeld } from '../src/compare.ts'
import { defaultObjectives } from '../src/default-objectives.ts'
import type { CellWords, CutWords, WindowWords } from './support/windows.ts'
import { causes, judge, judgeOne, runStart, seconds, times } from './support/windows.ts'

const phases = [
  { name: 'baseline', startMs: 0, lastingMs: 3_000, arrivals: 30 },
  { name: 'doors', startMs: 3_000, lastingMs: 3_000, arrivals: 30 },
]
const start = runStart(12, { phases, peak: { startMs: 3_000, lastingMs: 3_000, perSec: 10 } })

const everyKind = [
  'p(95) < 50ms',
  'p(50) of checkout <= 20ms in doors',
  'avg < 60ms, warn',
  'max < 90ms, abort after 2s',
  'errors < 20%',
  'errors < 20% for 2s, abort',
  'errors of landing < 20% in baseline within 2s',
  'p(90) < 70ms within 3s',
  'degraded < 10% for 2s',
  'rate > 3/s in doors',
  'goodput > 2/s for 2s',
  'lateness p(99) < 5ms in doors within 2s',
  'recovery < 3s',
  'collapse > 2s',
  'duplicates == 0',
  'p(90) of class buyer < 50ms in doors',
  'errors of device mobile < 20% within 2s',
  'p(50) of answered-by cache < 50ms for 2s',
  'max of group checkout < 90ms, abort',
  'degraded p(90) of checkout < 70ms within 3s',
  'finished > 80%',
  'gave-up of class buyer < 20% in doors',
  'turned-away < 10% within 2s, abort',
  'amplification <= 1.5 for 2s',
  'stopped < 10% within 2s',
  'counter cart.value < 40, abort',
  'counter cart.value < 30 within 2s',
  'trend first-offer p(90) < 70 for 2s',
  'personal-data == 0, abort after 2s',
  'open-doors <= 1',
]

const cellWords: fc.Arbitrary<CellWords> = fc.record({
  phase: fc.constantFrom('baseline', 'doors'),
  step: fc.constantFrom('landing', 'checkout'),
  ok: fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 6 }),
  degraded: fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 2 }),
  failed: fc.array(fc.constantFrom('timeout', 'status:503'), { maxLength: 2 }),
  dropped: fc.array(fc.constant('dropped:theirs-no-socket'), { maxLength: 1 }),
})
const few = fc.nat({ max: 3 })
const cutWords: fc.Arbitrary<CutWords> = fc.record({
  by: fc.constantFrom('class', 'device', 'answered-by', 'group', 'degraded', 'shoppers'),
  name: fc.constantFrom('buyer', 'mobile', 'cache', 'checkout'),
  phase: fc.constantFrom('baseline', 'doors'),
  ok: fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 4 }),
  failed: fc.array(fc.constantFrom('gave-up:product', 'turned-away:sold-out', 'threw', 'cut'), { maxLength: 2 }),
})
const windowWords: fc.Arbitrary<WindowWords> = fc.record({
  cuts: fc.uniqueArray(cutWords, { maxLength: 4, selector: ({ by, name, phase }) => `${by} ${name} ${phase}` }),
  shoppers: fc.record({ due: few, finished: few, gaveUp: few, turnedAway: few, cut: few }),
  counters: fc.record({ 'cart.value': fc.nat({ max: 20 }), 'legitimate.passed': few, 'legitimate.stopped': few, 'privacy.scanned': few }),
  trends: fc.record({ 'first-offer': fc.array(fc.nat({ max: 100 }), { maxLength: 4 }) }),
  findings: fc.array(fc.record({ kind: fc.constantFrom('personal-data', 'open-door'), count: fc.integer({ min: 1, max: 3 }) }), {
    maxLength: 1,
  }),
  cells: fc.uniqueArray(cellWords, { maxLength: 3, selector: ({ phase, step }) => `${phase} ${step}` }),
  latenessMs: fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 4 }),
})
const runs = fc.array(windowWords, { minLength: 1, maxLength: 12 })

describe('laws of judging', () => {
  test('no samples never passes, whatever is asked', () => {
    for (const text of everyKind) {
      for (const windows of [[], seconds({}, {}, {}), seconds({ due: 0 })])
        expect(judgeOne(text, windows, { start }).status, text).toBe('no-data')
    }
    expect(judge({ objectives: everyKind, windows: [], start }).verdict).toBe('inconclusive')
  })

  test('a judge keeps nothing of a window: one that is used again afterwards changes no finding', () => {
    fc.assert(
      fc.property(runs, (windows) => {
        expect(judge({ objectives: everyKind, windows, start, isRecycled: true })).toEqual(judge({ objectives: everyKind, windows, start }))
      }),
      { numRuns: 25 },
    )
  })

  test('what is told live is what stands at the end: every breach is of an objective that ends up missed', () => {
    fc.assert(
      fc.property(runs, (windows) => {
        const { breaches, objectives } = judge({ objectives: everyKind, windows, start })
        for (const { objective } of breaches) expect(objectives.find(({ text }) => text === objective.text)?.status).toBe('missed')
      }),
      { numRuns: 25 },
    )
  })

  test('a breach is told at the same second whether the run goes on or ends there', () => {
    fc.assert(
      fc.property(runs, fc.nat({ max: 11 }), (windows, cut) => {
        const whole = judge({ objectives: everyKind, windows, start }).breaches
        const part = judge({ objectives: everyKind, windows: windows.slice(0, cut), start }).breaches
        expect(part).toEqual(whole.filter(({ atMs }) => atMs <= cut * 1_000))
      }),
      { numRuns: 25 },
    )
  })

  test('more failures never turn missed into met', () => {
    const upperLimits = everyKind.filter((text) => text.startsWith('p(') || text.startsWith('errors'))
    const failMore = (words: WindowWords, at: number): WindowWords => ({
      ...words,
      cells: (words.cells ?? []).map((cell) => ({ ...cell, failed: [...(cell.failed ?? []), ...causes(at % 3)] })),
    })
    fc.assert(
      fc.property(runs, (windows) => {
        const before = judge({ objectives: upperLimits, windows, start }).objectives
        const after = judge({ objectives: upperLimits, windows: windows.map(failMore), start }).objectives
        before.forEach(({ status, text }, index) => {
          if (status === 'missed') expect(after[index]?.status, text).toBe('missed')
        })
      }),
      { numRuns: 25 },
    )
  })

  test('met and missed follow from observed and limit, and every finding has its sentence', () => {
    fc.assert(
      fc.property(runs, (windows) => {
        for (const { text, status, observed, limit, because, firstBreachMs, samples } of judge({ objectives: everyKind, windows, start })
          .objectives) {
          const { op } = parseObjective(text)
          expect(because.length).toBeGreaterThan(10)
          if (status === 'no-data') continue
          expect(samples, text).toBeGreaterThan(0)
          expect(firstBreachMs === null, text).toBe(status === 'met')
          // A shop that never collapsed held for longer than any limit.
          const value = observed ?? (text.startsWith('collapse') ? Number.POSITIVE_INFINITY : null)
          const isMet = value !== null && isHeld({ op, limit }, value)
          expect(isMet, text).toBe(status === 'met')
        }
      }),
      { numRuns: 25 },
    )
  })
})

describe('a judgement', () => {
  test('without objectives is by the default, and says so', () => {
    const { objectives, reasons, verdict } = judge({ objectives: [], windows: seconds({ ok: times(999, 1), failed: causes(1) }) })
    expect(objectives.map(({ text, status }) => [text, status])).toEqual([['errors < 0.1%', 'missed']])
    expect(verdict).toBe('no-go')
    expect(reasons.at(-1)).toBe('The plan has no objectives, so the default was judged: errors < 0.1%.')
  })

  test('the default is what its text says', () => {
    for (const objective of defaultObjectives) expect(parseObjective(objective.text)).toEqual(objective)
  })

  test('of a generator that fell behind is invalid, and still says what it saw', () => {
    const { verdict, reasons } = judge({
      objectives: ['max < 1ms'],
      windows: [{ cells: [{ ok: times(1_000, 9) }], latenessMs: times(1_000, 80) }],
    })
    expect(verdict).toBe('invalid')
    expect(reasons[0]).toContain('lateness p99 was 80 ms')
    expect(reasons.at(-1)).toBe(
      'At least this was seen all the same: longest response time was 9 ms over 1,000 samples; it must stay below 1 ms.',
    )
  })

  test('names every check of the instrument once', () => {
    const { trust } = judge({ objectives: [], windows: seconds({ ok: [1] }) })
    expect(trust.map(({ name }) => name)).toEqual(['lateness', 'loop-delay', 'gc', 'cpu', 'dropped-by-us', 'little', 'sent', 'lost'])
  })

  test('of a healthy run is go, with the figures', () => {
    const { verdict, reasons } = judge({ objectives: ['p(95) < 500ms', 'errors < 1%'], windows: seconds({ ok: times(10_000, 12) }) })
    expect(verdict).toBe('go')
    expect(reasons).toEqual([
      'All 2 objectives were met.',
      'The p95 was 12 ms over 10,000 samples; it must stay below 500 ms.',
      'Error share was 0 % over 10,000 samples; it must stay below 1 %.',
    ])
  })
})
