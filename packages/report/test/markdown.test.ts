import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderMarkdown } from '../src/markdown.ts'
import { anyText } from './support/hostile.ts'
import { noPct, sampleReport } from './support/sample-report.ts'

test('the verdict and its reasons come first', () => {
  const lines = renderMarkdown(sampleReport()).split('\n')
  expect(lines[0]).toBe('## ✗ NO-GO · spring-drop')
  expect(lines[2]).toBe('**3 of 4 objectives were missed.**')
  expect(lines[4]).toBe('- In doors the 95th percentile was 2.1 s where less than 500 ms is allowed.')
})

test('objectives, causes, phases and steps are tables', () => {
  const text = renderMarkdown(sampleReport())
  expect(text).toContain('| ✗ missed | p(95) &lt; 500ms | 2.08 s | &lt; 500 ms | 17,204 |')
  for (const title of ['Objectives', 'Failures', 'Phases', 'Steps']) expect(text).toContain(`### ${title}\n\n| `)
})

test('connections are told when any was opened', () => {
  const { summary, ...rest } = sampleReport()
  expect(renderMarkdown({ summary, ...rest })).toContain('- Connections: 11,073 opened')
  expect(renderMarkdown({ summary: { ...summary, connectMs: noPct }, ...rest })).not.toContain('Connections')
})

test('the share of a calibrated machine is told', () => {
  const report = sampleReport()
  const calibration = { startedAt: '2026-11-20T08:00:00.000Z', cleanPerSec: 1_000, kind: 'urls', peakRatio: 0.34 } as const
  expect(renderMarkdown({ ...report, start: { ...report.start, calibration } })).toContain('- Generator: peak uses 34 % of what')
  expect(renderMarkdown(report)).not.toContain('- Generator')
})

test('the checks of the instrument appear when one has failed', () => {
  expect(renderMarkdown(sampleReport({ verdict: 'invalid' }))).toContain('### Checks of the instrument')
  expect(renderMarkdown(sampleReport({ verdict: 'go' }))).not.toContain('### Checks of the instrument')
})

test('a hostile name neither opens HTML, nor breaks a table, nor adds a line', () => {
  const shape = (text: string): readonly string[] =>
    renderMarkdown(sampleReport({ words: { name: text, phase: text, step: text, cause: text, target: text } }))
      .split('\n')
      .map((line) => `${line.replace(/\\./g, '').split('|').length} ${/^[#>*|<-]*/.exec(line)?.[0]}`)
  const usual = shape('plain')
  fc.assert(
    fc.property(anyText, (text) => {
      const name = `x${text}`
      expect(shape(name)).toEqual(usual)
      const escaped = renderMarkdown(sampleReport({ words: { name, phase: name } }))
      expect(escaped.replace(/<\/?sub>/g, '')).not.toContain('<')
    }),
    { numRuns: 60 },
  )
})

test('a thousand steps with long names stay under 100 kB, verdict included', () => {
  const { summary, ...rest } = sampleReport()
  const [step] = summary.steps
  const steps = step === undefined ? [] : Array.from({ length: 1_000 }, (_, i) => ({ ...step, name: `${'界&'.repeat(500)}${i}` }))
  const phases = summary.phases.flatMap((phase) => Array.from({ length: 100 }, () => ({ ...phase, name: '<@|>'.repeat(400) })))
  const text = renderMarkdown({
    ...rest,
    summary: { ...summary, steps, phases, reasons: Array.from({ length: 500 }, () => '&'.repeat(2_000)) },
  })
  expect(Buffer.byteLength(text)).toBeLessThan(100_000)
  expect(text).toContain('NO-GO')
  expect(text).toContain('summary.json')
})
