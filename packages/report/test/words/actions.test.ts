import { execFileSync } from 'node:child_process'
import type { Finding } from '@doorbuster/measurements'
import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/report.ts'
import { actions, missingInCommand, repeatCommand, unsure } from '../../src/words/actions.ts'
import { sampleReport } from '../support/sample-report.ts'

function withTexts(...texts: readonly string[]): Report {
  const report = sampleReport()
  const [first] = report.summary.objectives
  if (first === undefined) throw new Error('the sample has objectives')
  return {
    ...report,
    summary: { ...report.summary, findings: [], objectives: texts.map((text) => ({ ...first, text, status: 'missed' })) },
  }
}

function withObjectives(objectives: Report['summary']['objectives']): Report {
  const report = sampleReport({ verdict: 'go' })
  return { ...report, summary: { ...report.summary, objectives } }
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

  test.each([
    [480, 520, 'anywhere from 480 ms to 520 ms.'],
    [480, null, 'anywhere above 480 ms.'],
    [null, 520, 'anywhere below 520 ms.'],
  ])('tells what is within noise of %s to %s, be it met or missed', (low, high, said) => {
    const [first] = sampleReport().summary.objectives
    if (first === undefined) throw new Error('the sample has objectives')
    const noisy = { ...first, withinNoise: true, low, high } as const
    const objectives = [noisy, { ...noisy, status: 'met' as const }]
    const told = unsure(withObjectives(objectives)).filter((sentence) => sentence.includes('Within noise'))
    expect(told).toEqual([expect.stringMatching(/was missed with/), expect.stringMatching(/was met with/)])
    for (const sentence of told) expect(sentence).toContain(said)
  })

  test('a name cannot break out of the command that is copied', () => {
    const [command = ''] = commands(withTexts("errors of it's; rm -rf ~\n< 1%"))
    expect(command).toBe("doorbuster check . --slo 'errors of it'\\''s; rm -rf ~ < 1%'")
  })

  test('of a run whose instrument failed it is the instrument, and what was found all the same', () => {
    const told = actions(sampleReport({ verdict: 'invalid' }))
    expect(told.map(({ stake }) => stake)).toEqual(['our own machine', 'our own machine', 'private data', 'private data'])
  })

  test('has how long an objective was broken, and what failures took of the error budget', () => {
    const report = withTexts('errors < 0.1%', 'p(95) < 500ms')
    const outside = [{ text: 'errors < 0.1%', watchedMs: 120_000, outsideMs: 34_000, firstMs: 0, longestMs: 20_000, longestFromMs: 0 }]
    const budget = { totalMs: 7_200, spentMs: 12_000, availabilityRatio: 0.999, overMs: 7_200_000, isDeclared: true }
    const rest = { leftMs: -4_800, goneAtMs: 60_000, burns: [], because: '' }
    const [errors, p95] = actions({ ...report, summary: { ...report.summary, outside, budget: { ...budget, ...rest } } })
    expect(errors?.evidence).toContainEqual(['outside', '34 s of 2 min, at most 20 s in a row'])
    expect(errors?.evidence).toContainEqual(['error budget', '12 s of outage spent, 7.2 s allowed'])
    expect(p95?.evidence.map(([name]) => name)).not.toContain('outside')
  })

  test('begins with the series that came to its limit first, where the target told of it', () => {
    const report = withTexts('p(95) < 500ms')
    expect(actions(report)[0]?.advice).toContain('Find what shoppers waited for')
    const saturated = [
      { page: 'http://db/metrics', name: 'database busy', kind: 'ceiling', atMs: 16_000, value: 0.9, leadMs: 42_000, because: '' },
    ] as const
    const told = actions({ ...report, summary: { ...report.summary, target: { series: [], saturated, silent: [] } } })
    expect(told[0]?.advice).toContain('Begin with what came to its limit first, database busy')
    const both = withTexts('errors < 1%', 'p(95) < 500ms')
    const advice = actions({ ...both, summary: { ...both.summary, target: { series: [], saturated, silent: [] } } }).map(
      (one) => one.advice,
    )
    expect(advice).toEqual([expect.stringContaining('database busy'), ''])
  })
})

describe('what was found and no objective stands against', () => {
  const [leak] = sampleReport().summary.findings
  if (leak === undefined) throw new Error('the sample has findings')
  const found = (...findings: readonly Partial<Finding>[]) => findings.map((each) => ({ ...leak, ...each }))
  const withFindings = (report: Report, ...findings: readonly Partial<Finding>[]): Report => ({
    ...report,
    summary: { ...report.summary, findings: found(...findings) },
  })

  test('stands among what to do: the grave ahead of lost shoppers, personal data behind everything', () => {
    const kinds = (['personal-data', 'open-door', 'shared-session', 'leak'] as const).map((kind) => ({ kind }))
    expect(commands(withFindings(withTexts('errors < 0.1%'), ...kinds))).toEqual([
      "doorbuster check . --slo 'leaks == 0'",
      "doorbuster check . --slo 'shared-sessions == 0'",
      "doorbuster check . --slo 'open-doors == 0'",
      "doorbuster check . --slo 'errors < 0.1%'",
      "doorbuster check . --slo 'personal-data == 0'",
    ])
  })

  test('is told once: with the objective that was missed for it, else for itself and not as a warning too', () => {
    expect(commands(withFindings(withTexts('leaks == 0'), { kind: 'leak' }))).toEqual(["doorbuster check . --slo 'leaks == 0'"])
    const warned = withFindings(withTexts('personal-data == 0, warn'), { kind: 'personal-data' })
    const objectives = warned.summary.objectives.map((one) => ({ ...one, warnOnly: true }))
    const report = { ...warned, summary: { ...warned.summary, objectives } }
    expect(commands(report)).toEqual(["doorbuster check . --slo 'personal-data == 0'"])
    expect(unsure(report).join(' ')).not.toContain('personal-data')
  })

  test('has how often, where most and since when', () => {
    const [told] = actions(withFindings(withTexts(), { count: 2, firstMs: 61_000 }, { count: 5, firstMs: 62_000, step: 'basket' }))
    expect(told?.title).toContain('7 times')
    expect(told?.evidence).toEqual([
      ['found', '7 times'],
      ['most often', `${leak.field} in ${leak.where} of basket`],
      ['first', '01:01'],
    ])
  })
})

describe('the command that does it again', () => {
  const { start } = sampleReport()
  const command = (...repeat: readonly string[]): string => repeatCommand({ start: { ...start, repeat } })

  test('is every word of a bare URL, and of a plan its file by a name that stands for it', () => {
    expect(repeatCommand({ start })).toBe('doorbuster run plan.ts --seed 4021')
    expect(command('http://127.0.0.1:4000/', '--rate', '200/s', '--slo', 'p(95) < 500ms')).toBe(
      "doorbuster run http://127.0.0.1:4000/ --rate 200/s --slo 'p(95) < 500ms'",
    )
  })

  test('reaches a program word by word, whatever a shell would make of it', () => {
    const words = ['http://x/?a=1&b=$(id)', "it's `here`", '', '~', '*', '!!', '\\', '--slo', 'a"b']
    const program = `${JSON.stringify(process.execPath)} -p 'JSON.stringify(process.argv.slice(1))' --`
    const said = execFileSync('sh', ['-c', command(...words).replace('doorbuster run', program)], { encoding: 'utf8' })
    expect(JSON.parse(said)).toEqual(words)
  })

  test('says what a reader has to put in', () => {
    expect(missingInCommand({ start })).toBe('plan.ts is your plan')
    expect(missingInCommand({ start: { ...start, repeat: ['http://x/'] } })).toBe('')
    expect(missingInCommand({ start: { ...start, repeat: ['http://x/', '--header', 'cookie: •••'] } })).toContain('••• stands for')
  })
})
