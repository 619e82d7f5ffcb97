// A run that does not reach its end: Ctrl-C, kill -9, a full disk. What was measured must stay readable.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Summary } from '@doorbuster/verdict'
import { expect, test } from 'vitest'
import type { TestFolder } from '../support/folders.ts'
import { testFolder } from '../support/folders.ts'
import { ROOT_FOLDER } from '../support/modules.ts'
import { start } from '../support/processes.ts'
import { runDoorbuster, startDoorbuster } from '../support/program.ts'
import { answering, silent } from '../support/servers.ts'

const summaryIn = (folder: TestFolder): Summary => JSON.parse(folder.read('run/summary.json')) as Summary

/** A run of a minute, at least two windows old. */
async function underWay(url: string, folder: TestFolder) {
  const running = startDoorbuster(['run', url, '-R', '50/s', '-d', '60s', '--folder', 'run', '--drain', '20s'], { cwd: folder.path })
  await running.says('00:02')
  return running
}

test('Ctrl-C stops the arrivals, lets shoppers finish, writes everything and exits 105', async () => {
  using folder = testFolder()
  await using shop = await answering({ answerMs: 50 })
  await using running = await underWay(shop.url, folder)
  running.signal('SIGINT')
  const { exitCode } = await running.finished
  const { finished, totals } = summaryIn(folder)
  expect([exitCode, finished]).toEqual([105, false])
  expect(totals.due).toBe(totals.ok)
  expect(totals.due).toBeLessThan(1_000)
  expect(folder.names('run')).toContain('report.html')
})

test('who is still waiting when the drain after a Ctrl-C runs out is cut off, and the books close all the same', async () => {
  using folder = testFolder()
  await using shop = await silent()
  const args = ['run', shop.url, '-R', '50/s', '-d', '60s', '--folder', 'run', '--drain', '300ms', '--timeout', '30s']
  await using running = startDoorbuster(args, { cwd: folder.path })
  await running.says('00:02')
  running.signal('SIGINT')
  expect((await running.finished).exitCode).toBe(105)
  const { totals, shoppers, verdict } = summaryIn(folder)
  expect(shoppers.due).toBeGreaterThan(50)
  expect(shoppers).toMatchObject({ due: shoppers.cut, finished: 0, threw: 0 })
  expect(totals.due).toBe(totals.failed + totals.dropped + totals.ok)
  expect(verdict).not.toBe('go')
})

test('a second Ctrl-C exits at once, and the folder is still read', async () => {
  using folder = testFolder()
  await using shop = await silent()
  await using running = await underWay(shop.url, folder)
  running.signal('SIGINT')
  await running.says('Press Ctrl-C again')
  running.signal('SIGINT')
  expect((await running.finished).exitCode).toBe(105)
  const { exitCode, stdout } = await runDoorbuster(['report', 'run'], { cwd: folder.path })
  expect(exitCode).toBe(0)
  expect(stdout).toContain('The run is unfinished')
  expect(summaryIn(folder)).toMatchObject({ finished: false, totals: { ok: 0 } })
})

test('after kill -9 the report is rebuilt from what is there, and says that the run is unfinished', async () => {
  using folder = testFolder()
  await using shop = await answering()
  await using running = await underWay(shop.url, folder)
  running.signal('SIGKILL')
  await running.finished
  expect(folder.names('run')).not.toContain('summary.json')
  const { exitCode, stdout } = await runDoorbuster(['report', 'run'], { cwd: folder.path })
  expect([exitCode, stdout.includes('The run is unfinished')]).toEqual([0, true])
  const { finished, verdict, totals } = summaryIn(folder)
  expect([finished, verdict === 'go']).toEqual([false, false])
  expect(totals.due).toBeGreaterThanOrEqual(40)
  expect(folder.read('run/report.html')).toMatch(/unfinished|cut off/i)
})

test('a disk that fills up stops the run and leaves a folder that can be read', async () => {
  using folder = testFolder()
  await using shop = await answering()
  // A limit of 6 blocks of 1 KiB on every file stands for the full disk: the write fails in the same way.
  const command = `ulimit -f 6; exec "${process.execPath}" --conditions=source "${ROOT_FOLDER}packages/cli/src/bin.ts" run ${shop.url} -R 400/s -d 15s --folder run`
  const { exitCode, stderr } = await start('bash', ['-c', command], { cwd: folder.path, atMostMs: 50_000 }).finished
  expect(stderr).toContain('EFBIG')
  expect([95, 96]).toContain(exitCode)
  const again = await runDoorbuster(['check', 'run', '--json'], { cwd: folder.path })
  expect((JSON.parse(again.stdout) as Summary).totals.due).toBeGreaterThan(400)
})

test("an error in a journey's own timer stops the run as the journey's, and everything measured is kept", async () => {
  using folder = testFolder()
  await using shop = await answering()
  folder.write(
    'plan.ts',
    `import { launch, shopper } from 'doorbuster'
export default launch({ name: 'stray', target: '${shop.url}', traffic: 'hold 20/s for 30s',
  shoppers: [shopper('stray', async (s) => { await s.get('/'); if (s.arrival === 10) setTimeout(() => { throw new Error('out of nowhere') }, 5) })] })`,
  )
  const { exitCode, stderr } = await runDoorbuster(['run', 'plan.ts', '--folder', 'run', '-q'], { cwd: folder.path })
  expect(exitCode).toBe(107)
  expect(stderr).toContain('out of nowhere')
  expect(summaryIn(folder).totals.ok).toBeGreaterThanOrEqual(9)
})

test('an output that cannot be written costs the run nothing', async () => {
  using folder = testFolder()
  await using shop = await answering()
  const args = ['run', shop.url, '-R', '20/s', '-d', '1s', '-o', 'jsonl=/dev/full', '--folder', 'run']
  const { exitCode, stderr } = await runDoorbuster(args, { cwd: folder.path })
  expect([0, 95]).toContain(exitCode)
  expect(stderr.match(/this output could not be written: ENOSPC/g)?.length).toBe(1)
  expect(summaryIn(folder).totals.ok).toBe(20)
})

test('a run folder that is in use is not written into', async () => {
  using folder = testFolder()
  await using shop = await answering()
  const args = ['run', shop.url, '-R', '10/s', '-d', '500ms', '--folder', 'run']
  await runDoorbuster(args, { cwd: folder.path })
  const before = folder.read('run/summary.json')
  const { exitCode, stderr } = await runDoorbuster(args, { cwd: folder.path })
  expect(exitCode).toBe(104)
  expect(stderr).toMatch(/^USAGE_INVALID --folder: expected a new folder, .* \(EEXIST\)\n$/)
  expect(folder.read('run/summary.json')).toBe(before)
})

test('the process ends by itself when the run does', async () => {
  using folder = testFolder()
  await using shop = await answering()
  await using running = startDoorbuster(['run', shop.url, '--shape', 'burst 1', '-q'], { cwd: folder.path })
  const ended = await Promise.race([running.finished, sleep(20_000, null, { ref: false })])
  expect([0, 95]).toContain(ended?.exitCode)
})
