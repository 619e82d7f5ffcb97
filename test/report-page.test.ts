// The page as its readers meet it, in a real browser: accessible, narrow, without scripts, offline, on paper. One Chromium for all of it.
import { readFileSync } from 'node:fs'
import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Verdict } from '@doorbuster/verdict'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderHtml } from '../packages/report/src/html.ts'
import type { Report } from '../packages/report/src/report.ts'
import { hostileTexts } from '../packages/report/test/support/hostile.ts'
import { sampleReport } from '../packages/report/test/support/sample-report.ts'
import type { Browser } from './support/browser.ts'
import { openBrowser } from './support/browser.ts'
import { sampleCapacity } from './support/sample-capacity.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const verdicts: readonly Verdict[] = ['go', 'no-go', 'inconclusive', 'invalid']
const views = [
  { scheme: 'light', widthPx: 1280 },
  { scheme: 'dark', widthPx: 360 },
  { scheme: 'light', widthPx: 360 },
  { scheme: 'dark', widthPx: 1280 },
] as const

let opened: Browser | { readonly missing: string }
let folder: Awaited<ReturnType<typeof mkdtempDisposable>>

beforeAll(async () => {
  opened = await openBrowser()
  folder = await mkdtempDisposable(join(tmpdir(), 'doorbuster-report-'))
})

afterAll(async () => {
  if (opened !== undefined && !('missing' in opened)) await opened[Symbol.asyncDispose]()
  await folder?.remove()
})

/** Written to a file and opened from it, as from a mail; `requests` fills with whatever the page asks for beside itself. */
async function openPage(text: string): Promise<{ readonly page: Page; readonly requests: readonly string[] }> {
  if ('missing' in opened) throw new Error(opened.missing)
  const file = join(folder.path, 'report.html')
  await writeFile(file, text)
  const page = await opened.context.newPage()
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  await page.goto(pathToFileURL(file).href)
  return { page, requests: requests.filter((url) => url !== page.url()) }
}

async function look(page: Page, { scheme, widthPx }: (typeof views)[number]): Promise<{ violations: readonly string[]; wider: number }> {
  await page.emulateMedia({ colorScheme: scheme })
  await page.setViewportSize({ width: widthPx, height: 800 })
  const { violations } = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })',
  )) as AxeResults
  const wider = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
  return { violations: violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`), wider }
}

/** All that an answer may hold: what came to its limit first, and how many it takes. */
function withLimits(report: Report): Report {
  const first = { page: 'http://db/metrics', name: 'database busy', kind: 'ceiling', value: 0.95, because: 'it was full' } as const
  const saturated = [{ ...first, atMs: 16_000, leadMs: 42_000 }]
  return { ...report, capacity: sampleCapacity(), summary: { ...report.summary, target: { series: [], saturated, silent: [] } } }
}

describe.each(verdicts)('the page of a run that is %s', (verdict) => {
  test('passes axe and fits its window, light and dark, wide and narrow', async ({ skip }) => {
    if ('missing' in opened) return skip(opened.missing)
    const { page } = await openPage(renderHtml(sampleReport({ verdict, seconds: 12 })))
    await page.evaluate(axe)
    for (const view of views) expect(await look(page, view), JSON.stringify(view)).toEqual({ violations: [], wider: 0 })
    await page.close()
  })

  test('prints to two pages of A4', async ({ skip }) => {
    if ('missing' in opened) return skip(opened.missing)
    const { page } = await openPage(renderHtml(withLimits(sampleReport({ verdict }))))
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(2)
    await page.close()
  })
})

test('without scripts and without a network the page says the same, and asks for nothing', async ({ skip }) => {
  if ('missing' in opened) return skip(opened.missing)
  const browser = opened.context.browser()
  await using context = await browser?.newContext({ javaScriptEnabled: false, offline: true })
  if (context === undefined) throw new Error('the browser is gone')
  const scripted = await openPage(renderHtml(sampleReport()))
  const plain = await context.newPage()
  const asked: string[] = []
  plain.on('request', (request) => asked.push(request.url()))
  await plain.goto(scripted.page.url())
  const text = (page: Page): Promise<string | null> => page.locator('main').textContent()
  expect(await text(plain)).toBe(await text(scripted.page))
  expect([asked, scripted.requests]).toEqual([[plain.url()], []])
  await scripted.page.close()
})

test('hostile text runs nothing and asks for nothing, whichever way it comes', async ({ skip }) => {
  if ('missing' in opened) return skip(opened.missing)
  const attacks = `${hostileTexts.join(' ')} <img src="http://127.0.0.1:9/x" onerror="document.title='owned'">`
  const words = { name: attacks, phase: attacks, step: attacks, cause: attacks, target: attacks, body: attacks, other: attacks }
  const { page, requests } = await openPage(renderHtml(sampleReport({ seconds: 20, words })))
  expect([requests, await page.locator('main img, main form, main iframe').count(), await page.title()]).toEqual([
    [],
    0,
    expect.not.stringMatching(/^owned$/),
  ])
  await page.close()
})
