// The page of a bare URL's run has a command; what a shell makes of it does the same again.
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { testFolder } from '../support/folders.ts'
import { runInProcess } from '../support/in-process.ts'
import { answering } from '../support/servers.ts'

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }

function wordsOnPage(page: string): readonly string[] {
  const [, escaped = ''] = /class="again"[^\0]*?<code>([^\0]*?)<\/code>/.exec(page) ?? []
  const command = escaped.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity)
  expect(command).toMatch(/^doorbuster run /)
  const program = `${JSON.stringify(process.execPath)} -p 'JSON.stringify(process.argv.slice(1))' -- run`
  const said = execFileSync('sh', ['-c', command.replace('doorbuster run', program)], { encoding: 'utf8' })
  return JSON.parse(said) as readonly string[]
}

test('the command on the page of a URL does the same again, and the second run shows the first, also when it is drawn again', async () => {
  using folder = testFolder()
  await using shop = await answering({ answerMs: 5 })
  const request = ['-X', 'PUT', '-b', '{"size": "M & L"}', '-H', "X-Shop: it's ours", '--timeout', '3s']
  const traffic = ['--shape', 'doors: burst 5;\nhold 20/s for 300ms # done', '--spacing', 'poisson', '--seed', '7']
  const asked = ['--slo', 'errors < 1%', '--slo', 'p(50) < 1ms', '--name', 'drop', '--folder', 'one', '-q']
  await runInProcess(['run', new URL('/p?a=1&b=2', shop.url).href, ...request, ...traffic, ...asked], folder.path)

  const words = wordsOnPage(folder.read('one/report.html'))
  await runInProcess([...words, '--folder', 'two', '-q', '--compare', 'one'], folder.path)
  const [one, two] = ['one', 'two'].map((name) => JSON.parse(folder.read(`${name}/plan.json`)) as Record<string, unknown>)
  for (const key of ['planHash', 'arrivalsHash', 'name', 'repeat']) expect([key, two?.[key]]).toEqual([key, one?.[key]])

  expect(folder.read('two/report.html')).toContain('Against an earlier rehearsal')
  const verified = await runInProcess(['verify', 'two', '--unsigned'], folder.path)
  expect([verified.exitCode, verified.stdout]).toEqual([0, expect.stringContaining('byte for byte')])
})
