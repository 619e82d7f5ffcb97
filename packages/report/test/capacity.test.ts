import type { CapacityAsked, CapacityLevel, CapacityResult } from '@doorbuster/verdict'
import { concludeCapacity } from '@doorbuster/verdict'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderCapacityMarkdown, renderCapacityTerminal } from '../src/capacity-text.ts'
import { levelLine, levelsTable } from '../src/capacity-words.ts'
import { renderCapacityHtml } from '../src/html/capacity-page.ts'
import { capacitySection } from '../src/html/capacity-section.ts'
import { textOf } from '../src/html/markup.ts'
import { anyText } from './support/hostile.ts'
import { sampleReport } from './support/sample-report.ts'

/** Met up to 320/s; at 640/s it answers 400. N grows so that the law fits. */
function sample(more: Partial<CapacityAsked> = {}, because = 'The p99 was 900 ms; it must stay below 250 ms.'): CapacityResult {
  const asked: CapacityAsked = {
    name: 'shop',
    target: 'http://127.0.0.1:4000/',
    planHash: '0123456789abcdef',
    startedAt: '2026-11-20T08:00:00.000Z',
    per: 'shoppers',
    objectives: ['p99 < 250ms'],
    leftOut: ['recovery < 10s'],
    levelMs: 20_000,
    coolDownMs: 5_000,
    fromPerSec: 10,
    ceiling: null,
    forecastPerSec: 200,
    zones: { count: 3, lost: 1 },
    ...more,
  }
  const level = (ratePerSec: number, own: Partial<CapacityLevel> = {}): CapacityLevel => ({
    purpose: 'bracket',
    standing: 'met',
    ratePerSec,
    lastingMs: 20_000,
    hasEndedEarly: false,
    isSteady: true,
    due: ratePerSec * 20,
    answeredPerSec: ratePerSec,
    requestsPerArrival: 1,
    concurrency: ratePerSec / (400 - ratePerSec),
    answers: ratePerSec * 20,
    p50Ms: 5,
    p95Ms: 20,
    p99Ms: 40,
    errorRatio: 0,
    because: 'fine',
    folder: `levels/${ratePerSec}`,
    ...own,
  })
  const met = [10, 20, 40, 80, 160, 320, 320].map((ratePerSec) => level(ratePerSec))
  const over = [329, 329].map((ratePerSec) => level(ratePerSec, { standing: 'missed', p99Ms: 900, because }))
  const beyond = level(640, { purpose: 'beyond', standing: 'missed', answeredPerSec: 400, p99Ms: null, isSteady: false, concurrency: 90 })
  return concludeCapacity(asked, [...met, ...over, beyond], { finished: true, stopped: null })
}

test('a terminal has the answer first, then what is beside it, and a row for each level', () => {
  const lines = renderCapacityTerminal(sample(), { colour: false, width: 120 }).split('\n')
  expect(lines.slice(0, 2)).toEqual(['✓ GO  shop', 'Safe up to 320 shoppers a second: every objective was met there, in two runs.'])
  const text = lines.join('\n')
  expect(text).toContain('Headroom is 1.60 over the forecast of 200/s: 1.5 or more is good.')
  expect(text).toContain('With 1 of 3 zones lost, 213.3/s are left: each zone may be used to 66.7 % beforehand.')
  expect(levelsTable(sample()).rows).toHaveLength(10)
})

test('without a forecast nothing is said to be enough', () => {
  const text = renderCapacityTerminal(sample({ forecastPerSec: null, zones: null }), { colour: false, width: 120 })
  expect(text).toContain('MEASURED')
  expect(text).toContain('whether that is enough is not judged')
})

test('the page draws goodput and p99 with knee, SLO rate and forecast as marked lines, and has the numbers behind them', () => {
  const page = renderCapacityHtml(sample())
  for (const mark of ['forecast 200/s', 'SLO rate 320/s']) expect(page.split(mark).length - 1).toBeGreaterThanOrEqual(4)
  expect(page.match(/<svg /g)).toHaveLength(4)
  expect(page).toContain('The numbers behind these pictures')
  expect(page).not.toMatch(/NaN|undefined|<script/)
  expect(page.length).toBeLessThan(100_000)
})

test('a search that measured nothing has a page all the same', () => {
  const { levels: _, ...asked } = sample()
  const page = renderCapacityHtml(concludeCapacity(asked, [], { finished: false, stopped: null }))
  expect(page).toContain('No level was measured')
  expect(page).toContain('INCONCLUSIVE')
})

test('a run with an earlier search has its section, and one without has none', () => {
  const report = sampleReport()
  expect(capacitySection(report)).toBeNull()
  const section = capacitySection({ ...report, capacity: sample() })
  expect(section === null ? '' : textOf(section)).toContain('How much it takes')
})

test('whatever a target or a plan is called, it stays text', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const result = sample({ name: text, target: text, objectives: [text], leftOut: [text] }, text)
      const page = renderCapacityHtml(result)
      expect(page).not.toMatch(/<script|<img|<\/style><|onload='/i)
      expect(page.match(/<svg /g)).toHaveLength(4)
      const terminal = renderCapacityTerminal(result, { colour: false, width: 100 })
      expect([...terminal].filter((sign) => /\p{Cc}/u.test(sign) && sign !== '\n')).toEqual([])
      expect(renderCapacityMarkdown(result)).not.toMatch(/<script|[^\\]\]\(javascript/)
    }),
    { numRuns: 40 },
  )
})

test('a level in one line says rate, standing and what was seen', () => {
  const [level] = sample().levels
  expect(level === undefined ? '' : levelLine(level, 'shoppers')).toBe('10/s shoppers for 20 s (bracket): ✓ met, p99 40 ms, errors 0 %')
})
