import { readdirSync, readFileSync } from 'node:fs'
import type { Verdict } from '@doorbuster/verdict'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderHtml } from '../src/html.ts'
import { anyText, hostileTexts } from './support/hostile.ts'
import { noPct, sampleReport } from './support/sample-report.ts'

const verdicts: readonly Verdict[] = ['go', 'no-go', 'inconclusive', 'invalid']

type Tag = { readonly name: string; readonly attributes: readonly (readonly [name: string, value: string])[] }

/** Opening tags as a browser would find them; the text of the one style sheet and of the one script is taken out first, for it is no markup. */
function tagsOf(page: string): readonly Tag[] {
  const body = withoutCode(page)
  return [...body.matchAll(/<([a-zA-Z!][^\s/>]*)((?:[^"'>]|"[^"]*"|'[^']*')*)>/g)].map(([, name = '', rest = '']) => ({
    name: name.toLowerCase(),
    attributes: [...rest.matchAll(/([^\s="'/]+)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => [key.toLowerCase(), value] as const),
  }))
}

function withoutCode(page: string): string {
  return page.replace(/<style>[^<]*<\/style>/, '').replace(/<script>[^<]*<\/script>/, '<script></script>')
}

const wordsOf = (text: string) => ({ name: text, phase: text, step: text, cause: text, target: text, body: text, other: text })

test('the page says how much of the machine the peak uses, or that nobody knows', () => {
  const report = sampleReport()
  const calibration = { startedAt: '2026-11-20T08:00:00.000Z', cleanPerSec: 1_000, kind: 'urls', peakRatio: 0.34 } as const
  expect(renderHtml(report)).toContain('this machine was never calibrated')
  expect(renderHtml({ ...report, start: { ...report.start, calibration } })).toContain('peak uses 34 % of what this machine sends cleanly')
})

describe.each(verdicts)('a run that is %s', (verdict) => {
  const report = sampleReport({ verdict })
  const page = renderHtml(report)

  test('says so in its title and heading, and gives every reason', () => {
    expect(/<title>([^<]*)/.exec(page)?.[1]).toBe(`${verdict.toUpperCase()} · spring-drop`)
    expect(/<h1>(.*?)<\/h1>/.exec(page)?.[1]?.replace(/<[^>]*>/g, '')).toContain(verdict.toUpperCase())
    for (const reason of report.summary.reasons) expect(page).toContain(reason)
  })

  test('makes no request: nothing in it names a thing to load, and its policy forbids it', () => {
    const tags = tagsOf(page)
    const loading = ['link', 'img', 'iframe', 'object', 'embed', 'audio', 'video', 'source', 'image', 'use', 'form', 'base']
    expect(tags.filter((tag) => loading.includes(tag.name))).toEqual([])
    expect(
      tags
        .flatMap((tag) => tag.attributes)
        // Within the page itself a link may point.
        .filter(([key, value]) => key !== 'href' || !value.startsWith('#'))
        .filter(([key]) => /^(?:src|srcset|href|xlink:href|action|data|poster|background|on.*)$/.test(key)),
    ).toEqual([])
    expect([...page.matchAll(/url\(([^)]*)\)/g)].filter(([, address = '']) => !address.startsWith('#'))).toEqual([])
    expect(page).not.toMatch(/@import|@font-face/)
    expect(tags.filter((tag) => tag.name === 'script')).toEqual([{ name: 'script', attributes: [] }])
    expect(tags.find((tag) => tag.attributes.some(([, value]) => value === 'Content-Security-Policy'))?.attributes.at(-1)?.[1]).toContain(
      "default-src 'none'",
    )
  })

  test('has one main heading, labelled pictures and no id twice', () => {
    const tags = tagsOf(page)
    const ids = tags.flatMap((tag) => tag.attributes.filter(([key]) => key === 'id').map(([, id]) => id))
    expect(tags.filter((tag) => tag.name === 'h1')).toHaveLength(1)
    expect(new Set(ids).size).toBe(ids.length)
    expect(
      tags.filter((tag) => tag.name === 'svg' && !tag.attributes.some(([key, value]) => key === 'aria-label' && value !== '')),
    ).toEqual([])
  })

  test('closes every element that it opens', () => {
    const open: string[] = []
    for (const [whole, slash, name = ''] of withoutCode(page).matchAll(/<(\/?)([a-zA-Z]\w*)(?:[^"'>]|"[^"]*"|'[^']*')*>/g)) {
      if (['meta', 'br'].includes(name) || whole.endsWith('/>')) continue
      if (slash === '/') expect(open.pop()).toBe(name)
      else open.push(name)
    }
    expect(open).toEqual([])
  })
})

describe('text from outside', () => {
  // How much of a list goes to paper hangs on how long its texts are, and is left out here.
  const withoutPaper = (page: string): string => page.replace(/<p class="paper note">[^<]*<\/p>| class="screen"/g, '')
  const structure = (text: string): readonly string[] =>
    tagsOf(withoutPaper(renderHtml(sampleReport({ seconds: 40, words: wordsOf(text) }))))
      .filter((tag) => !['text', 'tspan'].includes(tag.name))
      .map((tag) => `${tag.name} ${tag.attributes.map(([key]) => key).join(' ')}`)
  const usual = structure('doors')

  test.each(hostileTexts)('%j adds no element and no attribute', (text) => expect(structure(text)).toEqual(usual))

  test('whatever it is, it adds no element and no attribute', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(structure(text)).toEqual(usual)
      }),
      { numRuns: 25 },
    )
  })

  test('is shown where it came from: a failure’s body, the target, a check of the journey', () => {
    const report = sampleReport({ words: wordsOf('<i>x</i>') })
    const page = renderHtml({ ...report, summary: { ...report.summary, checks: { '<b>': { passed: 1, failed: 0 } } } })
    expect(page).toContain('<pre>&lt;i&gt;x&lt;/i&gt;</pre>')
    expect(page).toContain('<dt>Target</dt><dd><code>&lt;i&gt;x&lt;/i&gt;</code></dd>')
    expect(page).toContain('<th scope="row">&lt;b&gt;</th>')
  })

  test('only the style sheet and the script, two constants, may bypass the escaper', () => {
    const folder = new URL('../src/html/', import.meta.url)
    const callers = readdirSync(folder).filter(
      (name) => name !== 'markup.ts' && /\btrusted\(/.test(readFileSync(new URL(name, folder), 'utf8')),
    )
    expect(callers.toSorted()).toEqual(['hover.ts', 'style.ts'])
    expect(readFileSync(new URL('../html.ts', folder), 'utf8')).not.toContain('trusted(')
    const live = new URL('../src/live/', import.meta.url)
    const liveCallers = readdirSync(live).filter((name) => /\btrusted\(/.test(readFileSync(new URL(name, live), 'utf8')))
    expect(liveCallers).toEqual(['live-page.ts'])
  })
})

test('a percentile of nothing is a dash, in tables and in numbers', () => {
  const { summary, timeline, ...rest } = sampleReport({ verdict: 'inconclusive' })
  const silent = {
    ...summary,
    responseMs: noPct,
    phases: summary.phases.map((phase) => ({ ...phase, ok: 0, responseMs: noPct })),
    steps: [],
  }
  const page = renderHtml({
    ...rest,
    summary: silent,
    timeline: timeline.map((row) => ({ ...row, p50: null, p95: null, p99: null, max: null })),
  })
  expect(page).toContain('<b>–</b><small>p95 of 0 answers</small>')
  expect(/<section aria-labelledby="phases-title">.*?<\/section>/s.exec(page)?.[0]).not.toContain('>0 ms<')
  expect(/<figure id="response">.*?<\/figure>/s.exec(page)?.[0]).not.toMatch(/<td class="right">0 ms|NaN|Infinity/)
})

test('an invalid run warns where its objectives look met', () => {
  expect(renderHtml(sampleReport({ verdict: 'invalid' }))).toContain('not what the target did')
  expect(renderHtml(sampleReport({ verdict: 'go' }))).not.toContain('not what the target did')
})

test('a run without failures draws no area of failures, and says so', () => {
  const outcomes = (verdict: Verdict): string =>
    /<figure id="outcomes">.*?<\/figure>/s.exec(renderHtml(sampleReport({ verdict })))?.[0] ?? ''
  expect(outcomes('no-go')).toContain('fill="#bb3f05"')
  expect(outcomes('go')).not.toContain('fill="#bb3f05"')
  expect(outcomes('go')).toContain('No request failed and none was left unsent.')
})

test('arrivals are those of shoppers where a shopper makes more than one request', () => {
  const report = sampleReport({ verdict: 'go' })
  expect(renderHtml(report)).toContain('<li class="key-okFill area">sent</li>')
  const { summary } = report
  const journeys = { ...report, summary: { ...summary, shoppers: { ...summary.shoppers, due: Math.round(summary.totals.due / 3) } } }
  expect(renderHtml(journeys)).toContain('<li class="key-okFill area">shoppers who came</li>')
})

test('a limit on the response time is drawn, one on recovery or on a single step is not', () => {
  const svg = /<figure id="response">.*?<\/figure>/s.exec(renderHtml(sampleReport()))?.[0] ?? ''
  expect(svg).toContain('>p(95) &lt; 500ms</text>')
  expect(svg).not.toMatch(/recovery|of checkout/)
})

test('an hour of 3,600 rows stays under 600 kB, and so do long lists with long names', () => {
  const hour = sampleReport({ seconds: 3_600 })
  expect(Buffer.byteLength(renderHtml(hour))).toBeLessThan(600_000)
  const [step] = hour.summary.steps
  const steps = step === undefined ? [] : Array.from({ length: 5_000 }, (_, i) => ({ ...step, name: `${'step'.repeat(500)}${i}` }))
  const events = Array.from(
    { length: 5_000 },
    (_, i) => ({ atMs: i, kind: 'failure', text: 'x', sample: { step: 's', status: 500, cause: 'c', body: 'y'.repeat(5_000) } }) as const,
  )
  expect(Buffer.byteLength(renderHtml({ ...hour, events, summary: { ...hour.summary, steps } }))).toBeLessThan(600_000)
})

test('the same run is the same page', () => expect(renderHtml(sampleReport())).toBe(renderHtml(sampleReport())))

test('a run without a single second still has a page', () => {
  const report = sampleReport({ seconds: 0, verdict: 'inconclusive' })
  expect(renderHtml({ ...report, start: { ...report.start, phases: [], lastingMs: 0 } })).toContain('No second of this run was recorded.')
})
