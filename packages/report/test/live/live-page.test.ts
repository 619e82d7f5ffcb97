import fc from 'fast-check'
import { expect, test } from 'vitest'
import { liveFrame, liveParts } from '../../src/live/live-page.ts'
import type { LiveState } from '../../src/live.ts'
import { anyText } from '../support/hostile.ts'
import { sampleReport } from '../support/sample-report.ts'

const { start, timeline, summary } = sampleReport({ seconds: 20 })
const record = { start, objectives: summary.objectives, timeline: timeline.slice(0, 8), shoppers: summary.shoppers }
const state: LiveState = {
  name: 'spring-drop',
  elapsedMs: 8_000,
  lastingMs: 20_000,
  phases: [
    { name: 'baseline', startMs: 0, lastingMs: 5_000 },
    { name: 'doors', startMs: 5_000, lastingMs: 15_000 },
  ],
  phase: 'doors',
  plannedPerSec: 300,
  sentPerSec: 290,
  okPerSec: 288,
  failed: 24,
  dropped: 6,
  failedRatio: 0.03,
  lost: 4,
  causes: { timeout: 4, 'status:503': 26 },
  p50: 3.2,
  p95: 9.4,
  p99: 18,
  max: 31,
  inFlight: 12,
  recent: [300, 290],
  plannedRecent: [300, 300],
  breaches: ['errors were 3 %'],
}

test('it says what is planned and what came of it, where the run is, what failed, and what is broken', () => {
  const { now, breaches, failures, charts } = liveParts(record, state, ['Warning: a small machine.'])
  expect(now).toContain('<b>290/s</b><small>300/s planned</small>')
  expect(now).toContain('<b>30</b><small>3 % of all, 6 never sent</small>')
  expect(now).toContain('<b>▸ doors</b>')
  expect(now).toContain('<rect class="done" x="0" y="0" width="400.0"')
  expect(breaches).toContain('errors were 3 %')
  expect(failures.indexOf('26 × status:503')).toBeLessThan(failures.indexOf('4 × timeout'))
  expect(failures).toContain('Warning: a small machine.')
  for (const id of ['traffic', 'response', 'lateness']) expect(charts).toContain(`<figure id="${id}">`)
})

test('the picture is as wide as the whole plan, so that what is planned stands ahead of what came', () => {
  const { charts } = liveParts(record, state, [])
  const traffic = charts.slice(0, charts.indexOf('id="response"'))
  const dashed = /<path d="([^"]+)"[^>]*stroke-dasharray/.exec(traffic)?.[1] ?? ''
  const lines = [...traffic.matchAll(/<path d="([^"]+)"/g)].map(([, path = '']) =>
    Math.max(...path.split(/[ML]/).slice(1).map(Number.parseFloat)),
  )
  expect(Math.max(...lines)).toBeGreaterThan(900)
  expect(dashed).not.toBe('')
})

test('text from outside adds no element to a part, nor to the frame', () => {
  const tags = (markup: string): readonly string[] => [...markup.matchAll(/<([a-z!/][^\s>]*)/gi)].map(([, name = '']) => name)
  const withText = (text: string) => liveParts(record, { ...state, phase: text, causes: { [text]: 26 }, breaches: [text] }, [text])
  const plain = withText('x')
  fc.assert(
    fc.property(anyText, (text) => {
      const parts = withText(text)
      for (const part of ['now', 'breaches', 'failures'] as const) expect(tags(parts[part])).toEqual(tags(plain[part]))
      expect(tags(liveFrame(text, 'n')).length).toBe(tags(liveFrame('x', 'n')).length)
    }),
    { numRuns: 25 },
  )
})

test('before the first second is over there is nothing to draw, and nothing is broken', () => {
  const { now, breaches, charts } = liveParts({ ...record, timeline: [] }, null, [])
  expect(now).toContain('The first second is not over yet')
  expect(breaches).toContain('Nothing is broken so far')
  expect(charts).toBe('')
})
