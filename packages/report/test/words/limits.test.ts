import type { ObjectiveResult } from '@doorbuster/verdict'
import { describe, expect, test } from 'vitest'
import { sampleCapacity } from '../../../../test/support/sample-capacity.ts'
import { renderHtml } from '../../src/html.ts'
import { renderMarkdown } from '../../src/markdown.ts'
import type { Report } from '../../src/report.ts'
import { renderTerminal } from '../../src/terminal.ts'
import { answer } from '../../src/words/answer.ts'
import { headroomSentence, limits } from '../../src/words/limits.ts'
import { sampleReport } from '../support/sample-report.ts'

const noGo = sampleReport({ verdict: 'no-go' })
const searched = (report: Report, more: Partial<NonNullable<Report['capacity']>> = {}): Report => ({
  ...report,
  capacity: { ...sampleCapacity(), ...more },
})

/** The first objective to break did so at 58 s. */
function saturated(atMs: number, objectives: readonly ObjectiveResult[] = noGo.summary.objectives): Report {
  const leadMs = objectives.some(({ firstBreachMs }) => firstBreachMs !== null) ? 58_000 - atMs : null
  const first = {
    page: 'http://db/metrics',
    name: 'database busy',
    kind: 'ceiling',
    atMs,
    value: 0.95,
    leadMs,
    because: 'it was full',
  } as const
  const target = { series: [], saturated: [first, { ...first, name: 'memory', atMs: atMs + 1 }], silent: [] }
  return { ...noGo, summary: { ...noGo.summary, objectives, target } }
}

describe('how many it takes', () => {
  test.each(['go', 'no-go'] as const)('stands at the end of the answer of a %s', (verdict) =>
    expect(answer(searched(sampleReport({ verdict }))).at(-1)).toBe('Safe up to 320 shoppers a second.'),
  )

  test.each(['invalid', 'inconclusive'] as const)('is no part of an answer that is %s', (verdict) =>
    expect(answer(searched(sampleReport({ verdict }))).join(' ')).not.toContain('Safe'),
  )

  test('is at least so much where the search came to its own end first, and unconfirmed where it is', () => {
    const { slo } = sampleCapacity()
    expect(limits(searched(noGo, { per: 'requests', answer: { perSec: 640, atLeast: true }, slo: { ...slo, confirmed: false } }))).toEqual([
      'Safe up to at least 640 requests a second, which no second run confirmed.',
    ])
  })

  test('is not said of another shop, nor where no rate was found', () => {
    expect(limits(searched(noGo, { target: 'http://127.0.0.1:4001' }))).toEqual([])
    expect(limits(searched(noGo, { answer: null }))).toEqual([])
  })

  test('is beside the light of capacity as what is left over the forecast: 320 of 200 is 1.6 times', () => {
    expect(headroomSentence(searched(noGo))).toBe('There is room for 1.6 times the forecast of 200 shoppers a second.')
    expect(headroomSentence(searched(noGo, { headroom: { ratio: 0.8, forecastPerSec: 400 } }))).toContain('only 0.8 times')
    expect(headroomSentence(searched(noGo, { headroom: null }))).toBeNull()
    expect(renderHtml(searched(noGo))).toMatch(/<b>Capacity<\/b>[^\0]*?There is room for 1\.6 times[^\0]*?<b>Trust<\/b>/)
  })
})

describe('what breaks first', () => {
  const first = (report: Report): string | undefined => limits(report)[0]

  test('is named with its lead over what shoppers felt', () => {
    const slow = noGo.summary.objectives.filter(({ text }) => text.startsWith('p'))
    expect(first(saturated(16_000, slow))).toBe('First to its limit: database busy, 42 s before shoppers waited too long.')
    expect(first(saturated(60_000, slow))).toBe('First to its limit: database busy, 2 s after shoppers waited too long.')
    expect(first(saturated(58_400, slow))).toBe('First to its limit: database busy, just as shoppers waited too long.')
    expect(first(saturated(62_000, []))).toBe('First to its limit: database busy, from 01:02 on; no objective was broken.')
  })

  test('is not said by an instrument that failed, nor where no series came to its end', () => {
    const { trust } = sampleReport({ verdict: 'invalid' }).summary
    const report = saturated(16_000)
    expect(limits({ ...report, summary: { ...report.summary, trust } })).toEqual([])
    expect(limits(noGo)).toEqual([])
  })

  test('is told by page, Markdown and terminal, as is how many it takes', () => {
    const report = searched(saturated(16_000))
    const terminal = renderTerminal(report, { colour: false, width: 120 }).replace(/\s+/g, ' ')
    for (const text of [renderHtml(report), renderMarkdown(report), terminal]) {
      expect(text).toContain('First to its limit: database busy, 42 s before')
      expect(text).toContain('Safe up to 320 shoppers a second.')
    }
  })
})
