// A run that is watched and stopped in a real browser.
import { request } from 'node:http'
import type { Summary } from '@doorbuster/verdict'
import { expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { testFolder } from '../support/folders.ts'
import { runInProcess } from '../support/in-process.ts'
import { startDoorbuster } from '../support/program.ts'
import { answering } from '../support/servers.ts'

function statusOf(url: string, { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {}) {
  return new Promise<number>((resolve, reject) => {
    const asked = request(url, { method, headers }, (response) => {
      response.destroy()
      resolve(response.statusCode ?? 0)
    })
    asked.on('error', reject).end()
  })
}

test('a page shows a run second by second, keeps it through a reload, stops it, and ends as its report', async (context) => {
  using folder = testFolder()
  await using shop = await answering()
  const opened = await openBrowser()
  if ('missing' in opened) return context.skip(opened.missing)
  await using browser = opened
  const shape = 'base: hold 40/s for 30s; doors: ramp to 100/s over 30s'
  const args = ['run', shop.url, '--shape', shape, '--slo', 'p(50) < 0.001ms for 1s', '--folder', 'run', '--ui']
  await using running = startDoorbuster(args, { cwd: folder.path })
  await running.says('/\n')
  const [url = '', host = '', token = ''] = /http:\/\/(127\.0\.0\.1:\d+)\/([\w-]{20,})\//.exec(running.said()) ?? []

  // Nobody else's.
  expect(await statusOf(url.replace(token, 'x'.repeat(token.length)))).toBe(403)
  expect(await statusOf(`http://${host}/`)).toBe(403)
  expect(await statusOf(url, { headers: { host: 'rebound.example' } })).toBe(403)
  expect(await statusOf(`${url}stop`, { method: 'POST', headers: { origin: 'http://elsewhere.example' } })).toBe(403)
  expect(await statusOf(`${url}stop`)).toBe(405)

  const page = await browser.context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text())).on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(url)
  const rows = page.locator('#traffic details tbody tr')
  await rows.nth(0).waitFor({ state: 'attached' })
  await page.locator('#traffic summary').click()
  await rows.nth(1).waitFor({ state: 'visible' })
  expect(await page.locator('#traffic svg.wide path').count()).toBeGreaterThan(3)
  expect(await page.locator('.phase-names b').textContent()).toBe('▸ base')
  await page.getByText('Broken so far').waitFor()

  const before = await rows.count()
  await page.reload()
  await rows.nth(before - 1).waitFor({ state: 'attached' })

  await page.getByRole('button', { name: 'Stop the run' }).click()
  await page.waitForURL('**/report.html')
  const { exitCode } = await running.finished
  expect([exitCode, complaints]).toEqual([105, []])
  // The tab still is the report, though nobody serves it any more.
  const { verdict } = JSON.parse(folder.read('run/summary.json')) as Summary
  expect(await page.locator('h1').textContent()).toContain(verdict.toUpperCase())
  // What was judged and drawn while it ran is what its files give.
  expect(await runInProcess(['verify', 'run', '--unsigned'], folder.path)).toMatchObject({ exitCode: 0 })
})

test('a port that is taken is a mistake, before there is a run folder', async () => {
  using folder = testFolder()
  await using shop = await answering()
  await using running = startDoorbuster(['run', shop.url, '-R', '10/s', '-d', '1s', '--folder', 'run', '--ui', String(shop.port)], {
    cwd: folder.path,
  })
  const { exitCode, stderr } = await running.finished
  expect([exitCode, folder.names()]).toEqual([104, []])
  expect(stderr).toBe(`USAGE_INVALID --ui: expected a port on 127.0.0.1 that is free, received ${shop.port} (EADDRINUSE)\n`)
})
