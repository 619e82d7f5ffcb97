// A whole search against a real server with a known limit, with levels of a second. On a busy machine the generator may be the limit: then it has to
// say so.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CapacityResult } from '@doorbuster/verdict'
import { expect, test } from 'vitest'
import { testFolder } from '../support/folders.ts'
import { runInProcess } from '../support/in-process.ts'
import { limited } from '../support/servers.ts'

test('a search finds what a server bears, in levels that are runs of their own, and can be told again after it was cut off', async () => {
  using folder = testFolder()
  // Two at a time, 25 ms each: 80 a second, and the queue grows by whatever is more.
  await using server = await limited({ atOnce: 2, answerMs: 25 })
  const search = ['capacity', server.url, '--slo', 'p(90) < 150ms', '--from', '75/s', '--level', '1s', '--cool-down', '0s']
  const more = ['--max', '100/s', '--forecast', '40/s', '--drain', '1s', '--folder', 'found', '--json', 'found.json']
  const { exitCode, stdout, stderr } = await runInProcess([...search, ...more], folder.path, { XDG_STATE_HOME: `${folder.path}/state` })
  expect([0, 95, 96, 99], stderr).toContain(exitCode)
  const result = JSON.parse(folder.read('found.json')) as CapacityResult
  expect(JSON.parse(folder.read('found/capacity.json'))).toEqual(result)
  expect(result).toMatchObject({ finished: true, per: 'requests', forecastPerSec: 40, objectives: ['p(90) < 150ms'] })
  expect(folder.names('found/levels')).toEqual(expect.arrayContaining(result.levels.map((level) => level.folder.replace('levels/', ''))))
  expect(folder.names(`found/${result.levels[0]?.folder}`)).toEqual(expect.arrayContaining(['summary.json', 'timeline.jsonl']))
  expect(stdout).toContain(result.reasons[0]?.slice(0, 40))
  // A second of a little more than it bears is still answered in time: its queue has had no time to grow.
  const { answer } = result
  if (exitCode === 0) expect(answer?.perSec).toBeGreaterThanOrEqual(75)
  expect(answer?.perSec ?? 0).toBeLessThanOrEqual(100)

  const path = join(folder.path, 'found', 'capacity.json')
  const killed = { ...result, finished: false, levels: result.levels.slice(0, 2) }
  writeFileSync(path, JSON.stringify(killed))
  const again = await runInProcess(['report', 'found'], folder.path)
  expect(again).toMatchObject({ exitCode: 0 })
  expect(again.stdout).toContain('The search is unfinished')
  const retold = JSON.parse(readFileSync(path, 'utf8')) as CapacityResult
  expect(retold).toMatchObject({ finished: false, slo: { limitedBy: 'unfinished' } })
  expect(folder.read('found/report.html')).toContain('<svg class="wide"')
})

const url = 'http://127.0.0.1:1/'

test.each([
  [['--forecast', '0/s'], /USAGE_INVALID --forecast: expected a rate above zero/],
  [['--forecast', 'plenty'], /USAGE_INVALID --forecast: expected a rate above zero/],
  [['--from', '50/s', '--max', '20/s'], /USAGE_INVALID --max: expected a rate of at least --from, 50\/s, received 20\/s/],
  [['--level', '100ms'], /USAGE_INVALID --level: expected at least 1s/],
  [['--lost', '1'], /USAGE_INVALID --lost: expected --zones beside it/],
  [['--zones', '2', '--lost', '2'], /USAGE_INVALID --lost: expected fewer than the 2 zones, received 2/],
  [['--slo', 'p(101) < 5ms'], /expected .*received/],
  [['--folder', '.'], /USAGE_INVALID --folder: expected a new folder/],
])('%j is a mistake, and nothing is sent', async (flags, message) => {
  using folder = testFolder()
  folder.write('capacity.json', '{}')
  const { exitCode, stderr } = await runInProcess(['capacity', url, ...flags], folder.path)
  expect(stderr).toMatch(message)
  expect(exitCode).toBe(104)
  expect(folder.names()).toEqual(['capacity.json'])
})

test('a capacity.json that was tampered with is told, and where', async () => {
  using folder = testFolder()
  folder.write('capacity.json', '{ "schema": "doorbuster/capacity@1" }')
  const { exitCode, stderr } = await runInProcess(['report', '.'], folder.path)
  expect(exitCode).toBe(104)
  expect(stderr).toMatch(/USAGE_INVALID .*capacity\.json: expected what `doorbuster capacity` wrote, received /)
})
