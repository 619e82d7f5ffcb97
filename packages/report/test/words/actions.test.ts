import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/report.ts'
import { actions, unsure } from '../../src/words/actions.ts'
import { sampleReport } from '../support/sample-report.ts'

function withTexts(...texts: readonly string[]): Report {
  const report = sampleReport()
  const [first] = report.summary.objectives
  if (first === undefined) throw new Error('the sample has objectives')
  return { ...report, summary: { ...report.summary, objectives: texts.map((text) => ({ ...first, text, status: 'missed' })) } }
}

const commands = (report: Report): readonly (string | null)[] => actions(report).map(({ command }) => command)

describe('what to do', () => {
  test('is ordered by what it costs, and each has the command that judges it again', () => {
    expect(commands(withTexts('p(95) < 500ms', 'errors < 0.1%', 'leaks == 0', 'oversold == 0'))).toEqual([
      "doorbuster check . --slo 'leaks == 0'",
      "doorbuster check . --slo 'oversold == 0'",
      "doorbuster check . --slo 'errors < 0.1%'",
      "doorbuster check . --slo 'p(95) < 500ms'",
    ])
  })

  test('is nothing with a go, though a warning is left unsure', () => {
    const report = sampleReport({ verdict: 'go' })
    expect(actions(report)).toEqual([])
    expect(unsure(report).join(' ')).toContain('goodput > 250/s, warn')
  })

  test('tells what was met within noise', () => {
    const report = sampleReport({ verdict: 'go' })
    const objectives = report.summary.objectives.map((one, i) =>
      i === 0 ? ({ ...one, withinNoise: true, low: 480, high: 520 } as const) : one,
    )
    expect(unsure({ ...report, summary: { ...report.summary, objectives } }).join(' ')).toContain('anywhere from 480 ms to 520 ms')
  })

  test('a name cannot break out of the command that is copied', () => {
    const [command = ''] = commands(withTexts("errors of it's; rm -rf ~\n< 1%"))
    expect(command).toBe("doorbuster check . --slo 'errors of it'\\''s; rm -rf ~ < 1%'")
  })

  test('of a run whose instrument failed it is the instrument alone', () => {
    const told = actions(sampleReport({ verdict: 'invalid' }))
    expect(told.map(({ stake }) => stake)).toEqual(['our own machine', 'our own machine'])
  })
})
