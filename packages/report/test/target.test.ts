// What the target said of itself, in each form of a report.
import { describe, expect, test } from 'vitest'
import { renderHtml } from '../src/html.ts'
import { renderMarkdown } from '../src/markdown.ts'
import type { Report } from '../src/report.ts'
import { sayTarget } from '../src/target-tables.ts'
import { renderTerminal } from '../src/terminal.ts'
import { sampleReport } from './support/sample-report.ts'
import { targetLine as line, withTarget } from './support/sample-target.ts'

const told = withTarget([line('load', { unit: 'number', ceiling: null }), line('cpu')])
const forms = {
  html: (report: Report) => renderHtml(report),
  markdown: (report: Report) => renderMarkdown(report),
  terminal: (report: Report) => renderTerminal(report, { colour: false, width: 160 }),
}

describe.each(Object.entries(forms))('%s', (_, render) => {
  test('tells what came to its end first, how long before the breach, and what could not be read', () => {
    const text = render(told)
    for (const part of ['What came to its end first', '01:31', '4 s', '95 % of all there is', 'timeout']) expect(text).toContain(part)
  })

  test('says nothing of a target that told nothing', () => {
    expect(render(sampleReport())).not.toContain('What the target said of itself')
  })
})

test('the series that came to its end first is drawn first, with a mark where it did', () => {
  const page = renderHtml(told)
  const [cpu, load] = ['<strong>cpu</strong>', '<strong>load</strong>'].map((name) => page.indexOf(name))
  expect(cpu).toBeGreaterThan(0)
  expect(load).toBeGreaterThan(cpu ?? 0)
  expect(page.match(/class="end" d="M[\d.]+ 0V72"/g)).toHaveLength(1)
  expect(page.match(/class="all"/g)).toHaveLength(1)
})

test('names from a page reach no report as markup', () => {
  const name = '<img src=x onerror=alert(1)>|`'
  const report = withTarget([line(name, { page: name })])
  expect(renderHtml(report)).not.toContain('<img')
  expect(renderMarkdown(report)).not.toContain('<img')
})

test('an hour of sixty series stays within what a page may weigh', () => {
  const points = Array.from({ length: 3_600 }, (_, second) => [second * 1_000, Math.sin(second)] as const)
  const lines = Array.from({ length: 60 }, (_, n) => line(`series_${n}`, { points }))
  const grown = renderHtml(withTarget(lines)).length - renderHtml(sampleReport()).length
  expect(grown).toBeLessThan(150_000)
})

test.each([
  [0.953, 'ratio', '95.3 %'],
  [12, 'perSec', '12/s'],
  [8_300_000, 'bytes', '8.3 MB'],
  [8_300_000, 'bytesPerSec', '8.3 MB/s'],
  [0.25, 'seconds', '250 ms'],
  [2.114, 'number', '2.114'],
  [null, 'number', '–'],
] as const)('%s in %s reads %s', (value, unit, text) => expect(sayTarget(value, unit)).toBe(text))
