// A whole search against a real server with a known limit, with levels of a second. On a busy machine the generator may be the limit: then it has to
// say so.
import { join } from 'node:path'
import type { CapacityResult, Summary } from '@doorbuster/verdict'
import { expect, test } from 'vitest'
import type { TestFolder } from '../support/folders.ts'
import { testFolder } from '../support/folders.ts'
import { readOutputs } from '../support/github.ts'
import { runInProcess } from '../support/in-process.ts'
import type { Running } from '../support/processes.ts'
import { startDoorbuster } from '../support/program.ts'
import { limited, serve } from '../support/servers.ts'

test('a search finds what a server bears, in levels that are runs of their own, and a rehearsal shows it on its page', async () => {
  using folder = testFolder()
  // Two at a time, 25 ms each: 80 a second. Of R a second the last waits (R − 80) × 12.5 ms, 100 ms at 88/s and 162 ms at 93/s.
  await using server = await limited({ atOnce: 2, answerMs: 25 })
  await using page = await serve((_, response) => response.end('# TYPE shop_waiting gauge\nshop_waiting 3\n'))
  const search = ['capacity', server.url, '--slo', 'p(90) < 150ms', '--from', '88/s', '--level', '1s', '--cool-down', '0s']
  const more = ['--max', '93/s', '--forecast', '40/s', '--drain', '1s', '--folder', 'found', '--json', 'found.json', '--fail-as-one']
  const ofTarget = ['--metrics', page.url, '--slo', 'target.shop_waiting < 3, warn']
  const env = { XDG_STATE_HOME: `${folder.path}/state`, GITHUB_OUTPUT: join(folder.path, 'output') }
  const { exitCode, stdout, stderr } = await runInProcess([...search, ...more, ...ofTarget], folder.path, env)
  const result = JSON.parse(folder.read('found.json')) as CapacityResult
  expect(exitCode, stderr).toBe(['go', 'warn', 'measured'].includes(result.verdict) ? 0 : 1)
  expect(JSON.parse(folder.read('found/capacity.json'))).toEqual(result)
  expect(result).toMatchObject({ finished: true, per: 'requests', forecastPerSec: 40, saturated: [] })
  expect(result.objectives).toEqual(['p(90) < 150ms', 'target.shop_waiting < 3, warn'])
  expect(folder.names('found/levels')).toEqual(expect.arrayContaining(result.levels.map((level) => level.folder.replace('levels/', ''))))
  expect(folder.names(`found/${result.levels[0]?.folder}`)).toEqual(expect.arrayContaining(['summary.json', 'timeline.jsonl']))
  expect(stdout).toContain(result.reasons[0]?.slice(0, 40))
  const { answer } = result
  if (exitCode === 0) expect(answer?.perSec).toBeGreaterThanOrEqual(88)
  expect(answer?.perSec ?? 0).toBeLessThanOrEqual(93)

  // Each level has read the page.
  const first = JSON.parse(folder.read(`found/${result.levels[0]?.folder}/summary.json`)) as Summary
  expect(first.target?.series).toMatchObject([{ name: 'shop_waiting', max: 3 }])
  const outputs = readOutputs(folder.read('output'))
  expect(outputs).toMatchObject({ verdict: result.verdict, 'exit-code': String(exitCode), report: join(folder.path, 'found/report.html') })
  expect(outputs['answer-per-sec']).toBe(String(answer?.perSec ?? ''))

  const rehearsal = ['run', server.url, '-R', '20/s', '-d', '1s', '--folder', 'run', '-q', '--capacity', 'found']
  await runInProcess(rehearsal, folder.path, env)
  expect(JSON.parse(folder.read('run/capacity.json'))).toEqual(result)
  expect(folder.read('run/report.html')).toContain(result.reasons[0]?.slice(0, 40))
})

const levelsOf = (folder: TestFolder, search: string): CapacityResult =>
  JSON.parse(folder.read(`${search}/capacity.json`)) as CapacityResult

test('Ctrl-C ends a search of two threads with what it knows, and one that was killed is told again', async () => {
  using folder = testFolder()
  await using server = await limited({ atOnce: 2, answerMs: 5 })
  const searching = (name: string, ...more: readonly string[]) => {
    const search = ['capacity', server.url, '--from', '20/s', '--max', '80/s', '--level', '1s', '--cool-down', '0s', '--drain', '1s']
    return startDoorbuster([...search, '--folder', name, ...more], { cwd: folder.path })
  }
  await using asked = searching('asked', '--threads', '2')
  await using killed = searching('killed')
  const ended = async (running: Running, signal: NodeJS.Signals) => {
    await running.says('(bracket)')
    running.signal(signal)
    return await running.finished
  }
  const [{ exitCode }, { signal }] = await Promise.all([ended(asked, 'SIGINT'), ended(killed, 'SIGKILL')])
  expect([exitCode, signal]).toEqual([105, 'SIGKILL'])

  const left = levelsOf(folder, 'asked')
  expect(left).toMatchObject({ finished: false, stopped: 'it was interrupted' })
  expect(left.levels[0]).toMatchObject({ ratePerSec: 20, due: 20, answers: 20 })
  expect(JSON.parse(folder.read(`asked/${left.levels[0]?.folder}/plan.json`))).toMatchObject({ threads: 2 })
  expect(folder.read('asked/report.html')).toContain('The search is unfinished: it was interrupted.')

  const again = await runInProcess(['report', 'killed'], folder.path)
  expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('The search is unfinished: it was cut off') })
  expect(levelsOf(folder, 'killed')).toMatchObject({ finished: false, stopped: null, slo: { limitedBy: 'unfinished' } })
  expect(folder.read('killed/report.html')).toContain('The search is unfinished: it was cut off')
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
