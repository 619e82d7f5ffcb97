import type { Summary } from '@doorbuster/verdict'
import { describe, expect, test } from 'vitest'
import { budgetTable, outsideTable } from '../src/budget-tables.ts'
import { renderHtml } from '../src/html.ts'
import { renderJunit } from '../src/junit.ts'
import { renderMarkdown } from '../src/markdown.ts'
import { renderTerminal } from '../src/terminal.ts'
import { sampleReport } from './support/sample-report.ts'

const { summary } = sampleReport()
const { budget } = summary
if (budget === undefined) throw new Error('a sample has a budget')

describe('the table of the error budget', () => {
  test('says what is asked, allowed, spent and left, and how fast it burned at its worst', () => {
    expect(budgetTable(summary).rows).toEqual([['99.9 % over 2 h', '7.2 s', '9.4 s', '−2.2 s', '01:28', '412×', '96.5×']])
  })

  test('says whose budget it is where the plan says none, and is left out where none of that was spent', () => {
    const undeclared = (spentMs: number): Summary => ({ ...summary, budget: { ...budget, isDeclared: false, spentMs } })
    expect(budgetTable(undeclared(1)).note).toContain('The plan says none')
    expect(budgetTable(undeclared(0)).rows).toEqual([])
    const { budget: _, ...older } = summary
    expect(budgetTable(older).rows).toEqual([])
  })
})

test('the time outside is told of the objectives that were broken in some second', () => {
  expect(outsideTable(summary).rows).toEqual([['p(95) < 500ms in doors', '31 s', '1 min', '51.7 %', '00:58', '27 s from 01:00']])
})

describe('what was not measured', () => {
  test('is on the page and in Markdown, all of it, and the first few in a terminal', () => {
    const report = sampleReport()
    for (const sentence of summary.notMeasured ?? []) {
      expect(renderHtml(report)).toContain(sentence)
      expect(renderMarkdown(report).replaceAll('\\', '')).toContain(sentence)
    }
    const terminal = renderTerminal(report, { colour: false, width: 200 })
    expect(terminal).toContain('Not measured\n· Steps that no shopper reached: doors.')
    expect(terminal).toContain('· and 2 more things, in report.md')
    expect(terminal).not.toContain('Response was not rehearsed')
  })

  test('has no heading in a record of a time when nobody said so', () => {
    const { notMeasured: _, ...older } = summary
    const report = { ...sampleReport(), summary: older }
    const texts = [renderHtml(report), renderMarkdown(report), renderTerminal(report, { colour: false, width: 80 })]
    for (const text of texts) expect(text).not.toContain('Not measured')
  })
})

describe('an objective within noise', () => {
  /** The same run, of which the first objective's interval holds its limit. */
  function noisy(status: 'met' | 'missed') {
    const report = sampleReport({ verdict: status === 'met' ? 'go' : 'no-go' })
    const [first, ...rest] = report.summary.objectives
    if (first === undefined) throw new Error('an objective')
    const one = { ...first, status, warnOnly: false, withinNoise: true } as const
    return { ...report, summary: { ...report.summary, objectives: [one, ...rest.map((each) => ({ ...each, warnOnly: true }))] } }
  }

  test('says so in words beside its status, in every rendering, and its status is what it was', () => {
    const report = noisy('met')
    expect(renderTerminal(report, { colour: false, width: 160 })).toContain('✓ met, but within noise')
    expect(renderHtml(report)).toContain('</span> met, but within noise</span>')
    expect(renderMarkdown(report)).toContain('✓ met, but within noise')
    expect(renderJunit(report)).toMatch(/<system-out>[^<]*met, but within noise: observed/)
    expect(renderJunit(noisy('missed'))).toMatch(/<failure type="missed" message="missed, but within noise: observed/)
  })

  test('is told in the headline of a launch that may go', () => {
    expect(renderMarkdown(noisy('met'))).toContain('The objective was met, but within noise')
  })
})
