import { stripVTControlCharacters } from 'node:util'
import type { Verdict } from '@doorbuster/verdict'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { columnsOf } from '../src/columns.ts'
import { renderTerminal } from '../src/terminal.ts'
import { anyText } from './support/hostile.ts'
import { noPct, sampleReport } from './support/sample-report.ts'

const plain = { colour: false, width: 100 }
const words: Readonly<Record<Verdict, string>> = { go: '✓ GO', 'no-go': '✗ NO-GO', inconclusive: '? INCONCLUSIVE', invalid: '! INVALID' }

describe.each(Object.entries(words) as [Verdict, string][])('a run that is %s', (verdict, word) => {
  const report = sampleReport({ verdict })
  const lines = renderTerminal(report, plain).split('\n')

  test('says so first, and then why', () => {
    expect(lines[0]).toBe(`${word}  spring-drop`)
    expect(lines.slice(1, 8).join(' ').replace(/\s+/g, ' ')).toContain(report.summary.reasons[0])
  })
})

test('the tables show objectives, phases, steps and causes with their sample counts', () => {
  const text = renderTerminal(sampleReport(), plain)
  expect(text).toMatch(/✗ missed +p\(95\) < 500ms +2\.08 s +< 500 ms +17,204/)
  expect(text).toMatch(/doors .*7,597 +520 ms/)
  expect(text).toMatch(/checkout .*998 +480 ms/)
  expect(text).toMatch(/status:503 +971 +67\.8 %/)
  expect(text).toMatch(/lateness p99 0\.81 ms of 11,193/)
  expect(text).toContain('Connections: 11,073 opened, TCP p50 0.40 ms')
})

test('a phase without answers shows dashes, never 0 ms', () => {
  const { summary, ...rest } = sampleReport({ verdict: 'inconclusive' })
  const silent = { ...summary, phases: summary.phases.map((phase) => ({ ...phase, ok: 0, responseMs: noPct })), steps: [] }
  const line = renderTerminal({ ...rest, summary: silent }, { ...plain, width: 200 })
    .split('\n')
    .find((one) => one.startsWith('doors'))
  expect(line).toMatch(/ –.* –.* –/)
  expect(line).not.toContain('0 ms')
})

test('a run of an instrument that failed warns before its numbers, and names the checks', () => {
  const text = renderTerminal(sampleReport({ verdict: 'invalid' }), plain)
  expect(text.indexOf('not what the target did')).toBeLessThan(text.indexOf('Objectives'))
  expect(text).toContain('✗ lateness: The 99th percentile of lateness was 81 ms')
})

test('colour only repeats what is said, and comes only when asked for', () => {
  const report = sampleReport()
  const coloured = renderTerminal(report, { ...plain, colour: true })
  expect(coloured).toContain('\u001b[1;31m✗ NO-GO\u001b[0m')
  expect(stripVTControlCharacters(coloured)).toBe(renderTerminal(report, plain))
  expect(renderTerminal(report, plain)).not.toContain('\u001b')
})

test('no line is longer than the terminal and no control character reaches it, whatever the names', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 60, max: 200 }), (text, width) => {
      const { summary, ...rest } = sampleReport({ words: { name: text, phase: text, step: text, cause: text } })
      const objectives = summary.objectives.map((one) => ({ ...one, text }))
      const lines = renderTerminal({ ...rest, summary: { ...summary, objectives, reasons: [text] } }, { colour: false, width }).split('\n')
      expect(lines.filter((line) => columnsOf(line) > width || /\p{Cc}/u.test(line))).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test('a narrow terminal keeps the counts behind its percentiles', () => {
  const header = renderTerminal(sampleReport(), { colour: false, width: 60 })
    .split('\n')
    .find((line) => line.startsWith('phase'))
  expect(header).toMatch(/answers .*p50 .*p95 .*p99/)
})

test('the share of a calibrated machine is told, and nothing where there is none', () => {
  const report = sampleReport()
  const calibration = { startedAt: '2026-11-20T08:00:00.000Z', cleanPerSec: 1_000, kind: 'journeys', peakRatio: 0.34 } as const
  expect(renderTerminal({ ...report, start: { ...report.start, calibration } }, plain)).toContain('peak uses 34 % of what this machine')
  expect(renderTerminal(report, plain)).not.toContain('calibrated')
})
