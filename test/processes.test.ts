import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { printToPdf, renderedHtml, screenshot } from './support/chromium.ts'
import { startNginx } from './support/nginx.ts'
import { findProgram, start } from './support/processes.ts'

test('a program gives back its texts and its exit code', async () => {
  const script = "console.log('out'); console.error('err'); process.exitCode = 7"
  expect(await start(process.execPath, ['-e', script]).finished).toEqual({ exitCode: 7, signal: null, stdout: 'out\n', stderr: 'err\n' })
})

test('disposing of a program ends it and what it started', async () => {
  const forever = 'setInterval(() => {}, 1e6)'
  const child = `require('node:child_process').spawn(process.execPath, ['-e', "console.log('born'); ${forever}"], { stdio: 'inherit' })`
  const running = start(process.execPath, ['-e', `${child}; ${forever}`])
  await running.says('born')
  // The child holds the same pipes: this would wait for ever if it lived on.
  await running[Symbol.asyncDispose]()
  expect((await running.finished).signal).toBe('SIGKILL')
})

test('a program past its time is killed', async () => {
  const { signal } = await start(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { atMostMs: 200 }).finished
  expect(signal).toBe('SIGKILL')
})

test('waiting for words that never come fails when the program ends', async () => {
  await expect(start(process.execPath, ['-e', "console.log('something else')"]).says('hello')).rejects.toThrow('something else')
})

test('the first program that the machine has is found', async () => {
  expect(await findProgram(['no-such-program', 'sh'], 'dash')).toEqual({ path: expect.stringMatching(/\/sh$/) })
})

test('nginx answers, and is gone when stopped', async ({ skip }) => {
  const nginx = await startNginx({ bodyBytes: 600 })
  if ('missing' in nginx) return skip(nginx.missing)
  const response = await fetch(nginx.url)
  expect([response.status, (await response.text()).length]).toEqual([200, 600])
  await nginx.stop()
  await expect(fetch(nginx.url)).rejects.toThrow('fetch failed')
})

test('chromium runs a page, pictures it and prints it', async ({ skip }) => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'doorbuster-page-'))
  const [page, pngFile, pdfFile] = [join(folder.path, 'page.html'), join(folder.path, 'page.png'), join(folder.path, 'page.pdf')]
  await writeFile(page, '<p>two and two is <script>document.write(2 + 2)</script>')
  const pageUrl = pathToFileURL(page).href
  const rendered = await renderedHtml(pageUrl)
  if ('missing' in rendered) return skip(rendered.missing)
  expect(rendered.stdout).toContain('</script>4')
  await screenshot(pageUrl, { pngFile, widthPx: 320, heightPx: 200 })
  await printToPdf(pageUrl, pdfFile)
  const png = await readFile(pngFile)
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([320, 200])
  expect((await readFile(pdfFile, 'latin1')).slice(0, 5)).toBe('%PDF-')
})
