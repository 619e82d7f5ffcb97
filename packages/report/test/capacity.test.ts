import { concludeCapacity } from '@doorbuster/verdict'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sampleCapacity } from '../../../test/support/sample-capacity.ts'
import { renderCapacityMarkdown, renderCapacityTerminal } from '../src/capacity-text.ts'
import { levelLine, levelsTable } from '../src/capacity-words.ts'
import { renderCapacityHtml } from '../src/html/capacity-page.ts'
import { capacitySection } from '../src/html/capacity-section.ts'
import { textOf } from '../src/html/markup.ts'
import { anyText } from './support/hostile.ts'
import { sampleReport } from './support/sample-report.ts'

/** A page has one script of its own, at its end, in which no tag can begin. */
function withoutScript(page: string): string {
  return page.replace(/<script>[^<]*<\/script>\n<\/body>/, '')
}

test('a terminal has the answer first, then what is beside it, and a row for each level', () => {
  const lines = renderCapacityTerminal(sampleCapacity(), { colour: false, width: 120 }).split('\n')
  expect(lines.slice(0, 2)).toEqual(['✓ GO  shop', 'Safe up to 320 shoppers a second: every objective was met there, in two runs.'])
  const text = lines.join('\n')
  expect(text).toContain('Headroom is 1.60 over the forecast of 200/s: 1.5 or more is good.')
  expect(text).toContain('With 1 of 3 zones lost, 213.3/s are left: each zone may be used to 66.7 % beforehand.')
  expect(levelsTable(sampleCapacity()).rows).toHaveLength(10)
})

test('without a forecast nothing is said to be enough', () => {
  const text = renderCapacityTerminal(sampleCapacity({ forecastPerSec: null, zones: null }), { colour: false, width: 120 })
  expect(text).toContain('MEASURED')
  expect(text).toContain('whether that is enough is not judged')
})

test('the page draws goodput and p99 with knee, SLO rate and forecast as marked lines, and has the numbers behind them', () => {
  const page = renderCapacityHtml(sampleCapacity())
  for (const mark of ['forecast 200/s', 'SLO rate 320/s']) expect(page.split(mark).length - 1).toBeGreaterThanOrEqual(4)
  expect(page.match(/<svg /g)).toHaveLength(4)
  expect(page.match(/The numbers behind this picture/g)).toHaveLength(2)
  expect(withoutScript(page)).not.toMatch(/NaN|undefined|<script/)
  expect(page.length).toBeLessThan(100_000)
})

test('a search that measured nothing has a page all the same', () => {
  const { levels: _, ...asked } = sampleCapacity()
  const page = renderCapacityHtml(concludeCapacity(asked, [], { finished: false, stopped: null }))
  expect(page).toContain('No level was measured')
  expect(page).toContain('INCONCLUSIVE')
})

test('a run with an earlier search has its section, and one without has none', () => {
  const report = sampleReport()
  expect(capacitySection(report)).toBeNull()
  const section = capacitySection({ ...report, capacity: sampleCapacity() })
  expect(section === null ? '' : textOf(section)).toContain('How much it takes')
})

test('whatever a target or a plan is called, it stays text', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const result = sampleCapacity({ name: text, target: text, objectives: [text], leftOut: [text] }, text)
      const page = renderCapacityHtml(result)
      expect(withoutScript(page)).not.toMatch(/<script|<img|<\/style><|onload='/i)
      expect(page.match(/<svg /g)).toHaveLength(4)
      const terminal = renderCapacityTerminal(result, { colour: false, width: 100 })
      expect([...terminal].filter((sign) => /\p{Cc}/u.test(sign) && sign !== '\n')).toEqual([])
      expect(renderCapacityMarkdown(result)).not.toMatch(/<script|[^\\]\]\(javascript/)
    }),
    { numRuns: 40 },
  )
})

test('a level in one line says rate, standing and what was seen', () => {
  const [level] = sampleCapacity().levels
  expect(level === undefined ? '' : levelLine(level, 'shoppers')).toBe('10/s shoppers for 20 s (bracket): ✓ met, p99 40 ms, errors 0 %')
})
