// Every page as its readers meet it, in a real browser: accessible, narrow, without scripts, offline, on paper. One Chromium and one page of it for all.
import { readFileSync } from 'node:fs'
import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { CapacityResult, Verdict } from '@doorbuster/verdict'
import { concludeCapacity } from '@doorbuster/verdict'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderCapacityHtml } from '../packages/report/src/html/capacity-page.ts'
import { renderHtml } from '../packages/report/src/html.ts'
import { comparisonPage, historyPage } from '../packages/report/src/plain-page.ts'
import { hostileTexts } from '../packages/report/test/support/hostile.ts'
import { sampleComparison } from '../packages/report/test/support/sample-comparison.ts'
import { samplePast } from '../packages/report/test/support/sample-past.ts'
import { sampleReport } from '../packages/report/test/support/sample-report.ts'
import { crowdedReport, wholeReport } from '../packages/report/test/support/sample-whole.ts'
import type { Browser } from './support/browser.ts'
import { openBrowser } from './support/browser.ts'
import { sampleCapacity } from './support/sample-capacity.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const light = { scheme: 'light', widthPx: 1280 } as const
const darkAndNarrow = { scheme: 'dark', widthPx: 360 } as const
const narrow = { scheme: 'light', widthPx: 360 } as const
const dark = { scheme: 'dark', widthPx: 1280 } as const
type View = { readonly scheme: 'light' | 'dark'; readonly widthPx: 1280 | 360 }

const wholeOf = (seconds: number) => renderHtml(wholeReport({ seconds }))
const verdictPage = (verdict: Verdict) => renderHtml(sampleReport({ verdict, seconds: 12 }))

/** What differs between verdicts is words and one colour, so each is looked at in one of the four ways; the others are of sections of their own. */
const pages: Readonly<Record<string, { readonly text: () => string; readonly views: readonly View[] }>> = {
  'of a go': { text: () => verdictPage('go'), views: [dark] },
  'of a no-go': { text: () => verdictPage('no-go'), views: [darkAndNarrow] },
  'of an inconclusive run': { text: () => verdictPage('inconclusive'), views: [narrow] },
  'of an invalid run': { text: () => verdictPage('invalid'), views: [light] },
  'of a run with every section': { text: () => wholeOf(12), views: [light, darkAndNarrow] },
  'of a search for capacity': { text: () => renderCapacityHtml(sampleCapacity()), views: [light, darkAndNarrow] },
  'of a search that measured nothing': { text: () => renderCapacityHtml(nothingFound()), views: [narrow] },
  'of a comparison': { text: () => comparisonPage(sampleComparison()), views: [light, darkAndNarrow] },
  'of a comparison with two runs': { text: () => comparisonPage(sampleComparison('spring-drop', 2)), views: [dark] },
  'of a history': { text: () => historyPage(samplePast()), views: [light, darkAndNarrow] },
  'of a history that is too old': { text: () => historyPage(samplePast('spring-drop', false)), views: [dark] },
}

let opened: Browser | { readonly missing: string }
let folder: Awaited<ReturnType<typeof mkdtempDisposable>>
let page: Page
let requests: string[] = []

beforeAll(async () => {
  folder = await mkdtempDisposable(join(tmpdir(), 'doorbuster-report-'))
  opened = await openBrowser()
  if ('missing' in opened) return
  page = await opened.context.newPage()
  page.on('request', (request) => requests.push(request.url()))
})

afterAll(async () => {
  if (opened !== undefined && !('missing' in opened)) await opened[Symbol.asyncDispose]()
  await folder?.remove()
})

/** Written to a file and opened from it, as from a mail; `requests` then has whatever the page asked for, itself first. */
async function open(text: string, within: Page = page): Promise<string> {
  const file = join(folder.path, 'report.html')
  await writeFile(file, text)
  requests = []
  await within.goto(pathToFileURL(file).href)
  return within.url()
}

async function look({ scheme, widthPx }: View): Promise<{ readonly violations: readonly string[]; readonly widerPx: number }> {
  await page.emulateMedia({ colorScheme: scheme })
  await page.setViewportSize({ width: widthPx, height: 800 })
  const { violations } = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"], preload: false, runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })',
  )) as AxeResults
  return { violations: violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`), widerPx: await widerPx() }
}

/** By how much it is wider than its window. */
function widerPx(): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
}

describe.each(Object.entries(pages))('the page %s', (_, { text, views }) => {
  test('passes axe, fits its window, and asks for nothing', async ({ skip }) => {
    if ('missing' in opened) return skip(opened.missing)
    const url = await open(text())
    await page.evaluate(axe)
    // Tables behind pictures are alike, row by row, and hidden until they are opened: a few rows stand for all.
    await page.evaluate('for (const row of document.querySelectorAll("details tbody tr:nth-child(n+4)")) row.remove()')
    for (const view of views) expect(await look(view), JSON.stringify(view)).toEqual({ violations: [], widerPx: 0 })
    expect(requests).toEqual([url])
  })
})

test('an hour, with as many rows and cells as a page ever has, fits a telephone and a window', async ({ skip }) => {
  if ('missing' in opened) return skip(opened.missing)
  const url = await open(wholeOf(3_600))
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    expect(await widerPx()).toBe(0)
  }
  expect(requests).toEqual([url])
})

test('without scripts and without a network every page says the same', async ({ skip }) => {
  if ('missing' in opened) return skip(opened.missing)
  await using context = await opened.context.browser()?.newContext({ javaScriptEnabled: false, offline: true })
  if (context === undefined) throw new Error('the browser is gone')
  const plain = await context.newPage()
  for (const text of [wholeOf(150), ...smallPages('spring-drop')]) {
    await open(text)
    await open(text, plain)
    expect(await plain.locator('main').textContent()).toBe(await page.locator('main').textContent())
  }
})

test('hostile names run nothing, ask for nothing and make no element, on whichever page', async ({ skip }) => {
  if ('missing' in opened) return skip(opened.missing)
  const attacks = `${hostileTexts.join(' ')} <img src="http://127.0.0.1:9/x" onerror="document.title='owned'">`
  const words = { name: attacks, phase: attacks, step: attacks, cause: attacks, target: attacks, body: attacks, other: attacks }
  for (const text of [renderHtml(wholeReport({ seconds: 20, words })), ...smallPages(attacks)]) {
    const url = await open(text)
    expect(requests).toEqual([url])
    expect(await page.locator('main').locator('img, form, iframe, script, style, h1 *:not(.sign)').count()).toBe(0)
    expect(await page.title()).not.toBe('owned')
    // Some of it is there to be read, and it is as wide as a telephone.
    expect(await page.locator('main').textContent()).toContain('<img src=x')
    await page.setViewportSize({ width: 360, height: 800 })
    expect(await widerPx()).toBe(0)
  }
})

const verdicts: readonly Verdict[] = ['go', 'no-go', 'inconclusive', 'invalid']

test.for([
  ...verdicts.map((verdict) => [`that is ${verdict}`, sampleReport({ verdict })] as const),
  ['with forty objectives, sixty steps, sixty findings and nine sign-offs', crowdedReport()] as const,
])('a run %s prints to two pages of A4', async ([, report], { skip }) => {
  if ('missing' in opened) return skip(opened.missing)
  await open(renderHtml(report))
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(2)
})

test('paper says how much of a long list it leaves out, and the screen does not', async ({ skip }) => {
  if ('missing' in opened) return skip(opened.missing)
  await open(renderHtml(crowdedReport()))
  const notes = page.locator('.paper:visible')
  await page.emulateMedia({ media: 'screen' })
  expect(await notes.count()).toBe(0)
  await page.emulateMedia({ media: 'print' })
  const shown = await page.locator('.actions > li:visible').count()
  expect(await notes.allTextContents()).toEqual(
    expect.arrayContaining([expect.stringContaining(`On paper ${shown} of 22;`), expect.stringContaining('of 24;')]),
  )
  expect(await page.locator('.pictures figure:visible').count()).toBe(3)
  await page.emulateMedia({ media: null })
})

/** All pages but a run's own; `name` stands wherever one comes from outside. */
function smallPages(name: string): readonly string[] {
  return [
    renderCapacityHtml(sampleCapacity({ name, target: name, objectives: [name] }, name)),
    comparisonPage(sampleComparison(name)),
    historyPage(samplePast(name)),
  ]
}

function nothingFound(): CapacityResult {
  const { levels: _, ...asked } = sampleCapacity()
  return concludeCapacity(asked, [], { finished: false, stopped: null })
}
