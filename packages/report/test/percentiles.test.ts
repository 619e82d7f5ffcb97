import { describe, expect, test } from 'vitest'
import { renderHtml } from '../src/html.ts'
import { renderMarkdown } from '../src/markdown.ts'
import { allPercentiles, sayInterval, sayPercentile } from '../src/percentiles.ts'
import type { Report } from '../src/report.ts'
import { stepsTable } from '../src/tables.ts'
import { renderTerminal } from '../src/terminal.ts'
import { samplePct } from './support/sample-numbers.ts'
import { noPct, sampleReport } from './support/sample-report.ts'

describe('p99.9', () => {
  test('is not printed with fewer than 3,688 samples: how many are missing is', () => {
    expect(sayPercentile(samplePct(1_588, 10), 'p999')).toBe('2,100 missing')
    expect(sayPercentile(samplePct(3_688, 10), 'p999')).toBe('150 ms')
    expect([sayPercentile(samplePct(20, 10), 'p99'), sayPercentile(noPct, 'p999')]).toEqual(['90 ms', '–'])
  })

  test.each([
    ['the terminal', (report: Report) => renderTerminal(report, { colour: false, width: 300 })],
    ['the page', renderHtml],
    ['Markdown', renderMarkdown],
  ])('is kept back in %s, which says what it needs', (_, render) => {
    const text = render(withSteps(1_588, 117.7))
    expect(text).toContain('2,100 missing')
    expect(text.replaceAll('\n', ' ')).toContain('needs 3,688 samples')
    expect([text, render(withSteps(4_000, 117.7))].map((each) => each.includes('1.77 s'))).toEqual([false, true])
  })
})

/** One step with so many answers, half of them faster than `p50`, of which p99.9 would be 15 times that; and no phases. */
function withSteps(count: number, p50 = 10.6): Report {
  const report = sampleReport({ verdict: 'go' })
  const [step] = report.summary.steps
  if (step === undefined) throw new Error('a step')
  const only = { ...step, responseMs: samplePct(count, p50), serviceMs: noPct, failedMs: noPct }
  return { ...report, summary: { ...report.summary, phases: [], steps: [only] } }
}

test('an interval is written once with its unit where both ends have the same, and says where it is open', () => {
  expect(
    [
      [790, 840],
      [950, 1_200],
      [0.32, 0.4],
      [12, 12.01],
      [790, null],
      [null, 790],
      [null, null],
    ].map(([low = null, high = null]) => sayInterval([low, high])),
  ).toEqual(['790–840 ms', '950 ms–1.20 s', '0.32–0.40 ms', '12 ms', '≥ 790 ms', '≤ 790 ms', '–'])
  expect(sayInterval()).toBe('–')
})

describe('all percentiles', () => {
  const { summary } = withSteps(4_000)
  const cellsOf = (of: string, times: string): unknown =>
    allPercentiles(summary)
      .find((row) => row.of === of && row.times === times)
      ?.cells.map(({ value, interval }) => [value, interval])

  test('have their intervals and samples, for the whole run, each phase and each step', () => {
    expect(cellsOf(summary.steps[0]?.name ?? '', 'response')).toEqual([
      ['11 ms', '9.5–12 ms'],
      ['27 ms', '24–29 ms'],
      ['42 ms', '38–47 ms'],
      ['95 ms', '86–105 ms'],
      ['159 ms', '143–175 ms'],
    ])
    expect(allPercentiles(summary).map(({ of }) => of)).toContain('whole run')
    expect(allPercentiles({ ...summary, steps: [], failedMs: noPct, serviceMs: noPct }).map(({ times }) => times)).toEqual(['response'])
  })

  test('stand on the page, each with its interval below it', () => {
    expect(renderHtml(withSteps(4_000))).toContain('159 ms<small>143–175 ms</small>')
  })

  test('have none in a record of a time when nobody computed them, nor where p99.9 is kept back', () => {
    const { intervals: _, ...older } = samplePct(4_000, 10.6)
    const [row] = allPercentiles({ ...summary, responseMs: older })
    expect(row?.cells.map(({ interval }) => interval)).toEqual(['', '', '', '', ''])
    const [few] = allPercentiles({ ...summary, responseMs: samplePct(1_588, 10.6) })
    expect(few?.cells.at(-1)).toEqual({ value: '2,100 missing', interval: '' })
  })
})

test('the table of steps has intervals where there is room: in Markdown and in a wide terminal, and not in a narrow one', () => {
  const report = withSteps(4_000)
  const last = stepsTable(report.summary)
    .columns.slice(-2)
    .map(({ title }) => title)
  expect(last).toEqual(['p95 between', 'p99 between'])
  expect(renderMarkdown(report)).toContain('86–105 ms')
  expect(renderTerminal(report, { colour: false, width: 300 })).toContain('86–105 ms')
  expect(renderTerminal(report, { colour: false, width: 80 })).not.toContain('86–105 ms')
})
