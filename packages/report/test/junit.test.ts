import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ObjectiveResult, Verdict } from '@doorbuster/verdict'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderJunit } from '../src/junit.ts'
import type { Report } from '../src/report.ts'
import { anyText, hostileTexts } from './support/hostile.ts'
import { sampleReport } from './support/sample-report.ts'
import type { Element } from './support/xml.ts'
import { readXml } from './support/xml.ts'

const verdicts: readonly Verdict[] = ['go', 'no-go', 'inconclusive', 'invalid']
const hasXmllint = spawnSync('xmllint', ['--version']).status === 0
const schema = fileURLToPath(new URL('./support/jenkins-junit.xsd', import.meta.url))

const suitesOf = (report: Report): readonly Element[] => readXml(renderJunit(report)).children
const casesOf = (suite: Element | undefined): readonly Element[] => (suite?.children ?? []).filter((one) => one.name === 'testcase')
const outcomeOf = (one: Element | undefined): string => one?.children.map((child) => child.name).join() ?? 'missing'

function withObjectives(report: Report, objectives: readonly ObjectiveResult[]): Report {
  return { ...report, summary: { ...report.summary, objectives } }
}

describe.each(verdicts)('a run that is %s', (verdict) => {
  const report = sampleReport({ verdict })

  test('has counts that equal its cases', () => {
    const root = readXml(renderJunit(report))
    const all = root.children.flatMap(casesOf)
    const count = (of: readonly Element[], name: string): string => String(of.filter((one) => outcomeOf(one) === name).length)
    for (const [element, cases] of [[root, all], ...root.children.map((suite) => [suite, casesOf(suite)] as const)] as const) {
      const { tests, failures, errors } = element.attributes
      expect({ tests, failures, errors }).toEqual({
        tests: String(cases.length),
        failures: count(cases, 'failure'),
        errors: count(cases, 'error'),
      })
    }
  })

  test.skipIf(!hasXmllint)('passes the schema', () => {
    const { status, stderr } = spawnSync('xmllint', ['--noout', '--schema', schema, '-'], { input: renderJunit(report), encoding: 'utf8' })
    expect(stderr).toContain('validates')
    expect(status).toBe(0)
  })

  test('is red exactly when it may not go', () => {
    const red = suitesOf(report)
      .flatMap(casesOf)
      .filter((one) => ['failure', 'error'].includes(outcomeOf(one)))
    expect(red.length > 0).toBe(verdict !== 'go')
  })
})

test('every objective is one case, named by its text and placed by its phase', () => {
  const report = sampleReport({ verdict: 'go' })
  const [objectives] = suitesOf(report)
  expect(casesOf(objectives).map(({ attributes }) => [attributes.classname, attributes.name])).toEqual(
    report.summary.objectives.map((one) => [`spring-drop.${one.phase ?? 'run'}`, one.text]),
  )
})

test('a missed objective fails with what was observed, allowed and counted', () => {
  const [objectives] = suitesOf(sampleReport({ verdict: 'no-go' }))
  const [failure] = casesOf(objectives)[0]?.children ?? []
  expect(failure?.attributes).toEqual({
    type: 'missed',
    message: 'observed 2.08 s (95 % interval 2.01 s to 2.15 s), limit < 500 ms, samples 17,204',
  })
})

test('an objective without data fails, as a type of its own', () => {
  const [objectives] = suitesOf(sampleReport({ verdict: 'inconclusive' }))
  const failed = casesOf(objectives).filter((one) => outcomeOf(one) === 'failure')
  expect(failed.map((one) => one.children[0]?.attributes.type)).toEqual(['no-data'])
})

test('a miss that only warns passes and says so', () => {
  const [objectives] = suitesOf(sampleReport({ verdict: 'go' }))
  const warned = casesOf(objectives).find((one) => one.attributes.name?.endsWith('warn'))
  expect(outcomeOf(warned)).toBe('system-out')
  expect(warned?.children[0]?.text).toMatch(/^warning: missed\n/)
})

test('in an invalid run every objective is an error, and so is every failed check', () => {
  const [objectives, instrument] = suitesOf(sampleReport({ verdict: 'invalid' }))
  expect(new Set(casesOf(objectives).map(outcomeOf))).toEqual(new Set(['error']))
  expect(casesOf(instrument).map(outcomeOf)).toEqual(['error', 'error', 'system-out', 'skipped', 'system-out'])
})

test('an interrupted run whose objectives were all met so far is still red', () => {
  const report = sampleReport({ verdict: 'inconclusive' })
  const met = withObjectives(
    report,
    report.summary.objectives.filter((one) => one.status === 'met'),
  )
  const [objectives] = suitesOf(met)
  const last = casesOf(objectives).at(-1)
  expect([last?.attributes.name, outcomeOf(last), last?.children[0]?.attributes.type]).toEqual(['verdict', 'failure', 'inconclusive'])
})

test('any text makes well-formed XML that reads back as one case an objective', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { summary, ...rest } = sampleReport({ words: { name: text, phase: text, step: text, target: text } })
      const objectives = summary.objectives.map((one) => ({ ...one, text, because: text }))
      const [first] = suitesOf({ ...rest, summary: { ...summary, reasons: [text], objectives } })
      expect(casesOf(first)).toHaveLength(objectives.length)
    }),
    { numRuns: 60 },
  )
})

test.skipIf(!hasXmllint)('hostile names pass the schema too', () => {
  for (const text of hostileTexts) {
    const input = renderJunit(sampleReport({ words: { name: text, phase: text, target: text } }))
    expect(spawnSync('xmllint', ['--noout', '--schema', schema, '-'], { input, encoding: 'utf8' }).stderr).toContain('validates')
  }
})

test('times have at most three decimals', () => {
  const report = sampleReport()
  const text = renderJunit({ ...report, summary: { ...report.summary, durationMs: 1_234.56789 } })
  expect([...text.matchAll(/ time="([^"]*)"/g)].every(([, time = '']) => /^\d+\.\d{3}$/.test(time))).toBe(true)
  expect(text).toContain('time="1.235"')
})
