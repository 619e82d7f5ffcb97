// compare, history and report --compare over run folders that the real writer wrote.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { RunComparison } from '@doorbuster/verdict'
import { expect, test } from 'vitest'
import type { Past } from '../packages/report/src/index.ts'
import { testFolder } from './support/folders.ts'
import { runInProcess } from './support/in-process.ts'
import { writeRun } from './support/written-run.ts'

const day = 86_400e3
const daysAgo = (days: number): string => new Date(Date.now() - days * day).toISOString()

test('compare answers with words, a page, Markdown and its exit code', async () => {
  using folder = testFolder()
  await writeRun(join(folder.path, 'base'), { answerMs: 100 })
  await writeRun(join(folder.path, 'same'), { answerMs: 100 })
  await writeRun(join(folder.path, 'slow'), { answerMs: 130, start: { name: '<b>slow</b>', target: 'http://127.0.0.1:4001' } })
  const compare = (...given: readonly string[]) => runInProcess(['compare', ...given], folder.path)

  const same = await compare('base', 'same')
  expect([same.exitCode, same.stdout.split('\n')[0]]).toEqual([0, expect.stringContaining('NOT WORSE')])

  const slow = await compare('base', 'same', 'slow', '--html', 'page.html', '--markdown', 'page.md')
  expect(slow.exitCode).toBe(99)
  expect(slow.stdout).toContain('p95 of the whole run: +30')
  expect(folder.read('page.md')).toContain('## WORSE')
  expect(folder.read('page.html')).toContain('&lt;b&gt;slow')
  expect(folder.read('page.html')).not.toMatch(/<b>slow|<script[^>]|https?:\/\/(?!127)/)
  expect(folder.read('page.html').match(/<script/g)).toHaveLength(1)

  const noisy = await compare('base', 'slow', '--noise', 'slow', '--json')
  const comparison = JSON.parse(noisy.stdout) as RunComparison
  expect([noisy.exitCode, comparison.schema, comparison.answer]).toEqual([0, 'doorbuster/comparison@1', 'not-worse'])
  expect((await compare('base', 'slow', '--tolerance', '40%', '--effect', '50%', '-q')).stdout).toBe('not worse\n')
})

test('compare refuses what cannot be held against each other, unless told', async () => {
  using folder = testFolder()
  await writeRun(join(folder.path, 'base'), { answerMs: 100 })
  await writeRun(join(folder.path, 'other'), { answerMs: 100, start: { transport: 'http/2' } })
  await writeRun(join(folder.path, 'torn'), { answerMs: 100, isCutOff: true })
  await writeRun(join(folder.path, 'late'), { answerMs: 100, lateMs: 900 })
  const compare = (...given: readonly string[]) => runInProcess(['compare', 'base', ...given], folder.path)

  const other = await compare('other')
  expect([other.exitCode, other.stderr]).toEqual([104, expect.stringContaining('other: expected runs alike in transport (or --unlike)')])
  const told = await compare('other', '--unlike')
  expect([told.exitCode, told.stdout]).toEqual([0, expect.stringContaining('other differs in its transport')])
  for (const run of ['torn', 'late']) {
    expect((await compare(run)).stderr, run).toContain('(or --untrusted)')
    expect((await compare(run, '--untrusted')).exitCode, run).toBe(0)
  }
  expect((await compare('nowhere')).exitCode).toBe(104)
  expect((await compare('base', '--tolerance', 'much')).stderr).toContain('--tolerance')
  expect((await compare('base', '--tolerance', '20%')).stderr).toContain('--effect')
})

test('report --compare puts the base into the same page', async () => {
  using folder = testFolder()
  await writeRun(join(folder.path, 'base'), { answerMs: 100 })
  await writeRun(join(folder.path, 'slow'), { answerMs: 130 })
  const { exitCode, stdout } = await runInProcess(['report', 'slow', '--compare', 'base'], folder.path)
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('WORSE')])
  expect(folder.read('slow/report.html')).toContain('Against an earlier rehearsal')
  expect(folder.read('slow/report.md')).toContain('## WORSE')
  const page = folder.read('slow/report.html')
  await runInProcess(['report', 'slow', '-q'], folder.path)
  expect(folder.read('slow/report.html')).toBe(page)
})

test('history lists runs by time, draws their course, and names what it cannot read', async () => {
  using folder = testFolder()
  const runs = join(folder.path, 'runs')
  await writeRun(join(runs, 'b'), { answerMs: 100, seconds: 2, startedAt: daysAgo(30) })
  await writeRun(join(runs, 'a'), { answerMs: 200, seconds: 2, startedAt: daysAgo(20) })
  for (const name of ['broken', 'search']) mkdirSync(join(runs, name))
  folder.write('runs/broken/plan.json', '{')
  folder.write(
    'runs/search/capacity.json',
    JSON.stringify({ schema: 'doorbuster/capacity@1', startedAt: daysAgo(25), answer: { perSec: 640, atLeast: false } }),
  )

  const old = await runInProcess(['history', '--json', '--html', 'h.html', '--markdown', 'h.md'], folder.path)
  const past = JSON.parse(old.stdout) as Past
  expect(past.runs.map((run) => [run.folder, run.capacityPerSec])).toEqual([
    ['b', null],
    ['search', 640],
    ['a', null],
  ])
  expect(past.unreadable).toMatchObject([{ folder: 'broken', because: expect.stringContaining('plan.json') }])
  expect([old.exitCode, past.lastRehearsal?.folder, past.isReady]).toEqual([99, 'a', false])
  expect(folder.read('h.html')).toContain('NOT READY')
  expect(folder.read('h.md')).toContain('NOT READY')

  const young = await runInProcess(['history', 'runs', '--max-age', '504h'], folder.path)
  expect([young.exitCode, young.stdout]).toEqual([0, expect.stringContaining('READY: the last rehearsal')])
  expect(young.stdout).toMatch(/p95 of spring-drop abcdef01.*2×/)
})

test('a folder without rehearsals is not ready, and one that is none is a mistake', async () => {
  using folder = testFolder()
  mkdirSync(join(folder.path, 'runs'))
  expect((await runInProcess(['history'], folder.path)).exitCode).toBe(99)
  expect((await runInProcess(['history', 'nowhere'], folder.path)).exitCode).toBe(104)
})
