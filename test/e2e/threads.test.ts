// Rehearsals whose sending is shared by threads: the same sums as with one, limits that hold for all, and what a dead thread leaves.
import type { Summary } from '@doorbuster/verdict'
import { expect, test } from 'vitest'
import type { TestFolder } from '../support/folders.ts'
import { testFolder } from '../support/folders.ts'
import { runInProcess } from '../support/in-process.ts'
import { runDoorbuster, startDoorbuster } from '../support/program.ts'
import { answering, serve, silent } from '../support/servers.ts'

const summaryIn = (folder: TestFolder, run = 'run'): Summary => JSON.parse(folder.read(`${run}/summary.json`)) as Summary

const windowsIn = (folder: TestFolder, run: string): readonly number[] =>
  folder
    .read(`${run}/timeline.jsonl`)
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { due: number }).due)

/** What each window counted by 100 ms, added up. */
const tenthsIn = (folder: TestFolder, run: string): readonly unknown[] =>
  folder
    .read(`${run}/timeline.jsonl`)
    .trim()
    .split('\n')
    .map((line) => {
      const { tenths } = JSON.parse(line) as { tenths?: Readonly<Record<'arrivals' | 'due' | 'sent', readonly number[]>> }
      const sum = (counts: readonly number[] = []): number => counts.reduce((total, count) => total + count, 0)
      return [sum(tenths?.arrivals), sum(tenths?.due), sum(tenths?.sent)]
    })

/** A plan file whose shoppers are this code. */
function writePlan(folder: TestFolder, target: string, traffic: string, shoppers: string, rest = ''): void {
  const text = `import { launch, shopper } from 'doorbuster'
export default launch({ name: 'threads', target: '${target}', ${traffic}, ${rest} shoppers: [${shoppers}] })`
  folder.write('plan.ts', text)
}

test('one, two and four threads send the same arrivals in the same seconds, by the same shoppers', async () => {
  using folder = testFolder()
  await using shop = await answering()
  // In the middle of their seconds, so that a thread which is late for some 100 ms still counts them in the right ones.
  const traffic = `traffic: 'silence for 300ms; a: burst 60 over 200ms; silence for 800ms; b: burst 90 over 200ms; silence for 500ms'`
  const classes = [70, 30].map(
    (weight, i) => `shopper('c${i}', { weight: ${weight} }, async (s) => { await s.get('/', { step: 'c${i}' }) })`,
  )
  writePlan(folder, shop.url, traffic, classes.join(', '))
  const counts = [1, 2, 4]
  await Promise.all(
    counts.map((n) => runDoorbuster(['run', 'plan.ts', '--threads', `${n}`, '--folder', `run${n}`, '-q'], { cwd: folder.path })),
  )
  const summaries = counts.map((n) => summaryIn(folder, `run${n}`))
  for (const { totals, shoppers } of summaries) {
    expect(totals).toMatchObject({ due: 150, sent: 150, ok: 150 })
    expect(shoppers).toMatchObject({ due: 150, started: 150, finished: 150 })
  }
  expect(summaries.map(({ generator }) => generator.threads)).toEqual(counts)
  const steps = summaries.map((summary) =>
    Object.fromEntries(summary.steps.map(({ name, ok, responseMs }) => [name, [ok, responseMs.count]])),
  )
  expect(steps).toEqual([steps[0], steps[0], steps[0]])
  expect(shop.seen()).toBe(3 * 150)
  // The traffic ends at 2,000 ms; what a third window holds is only the last answers.
  for (const n of counts) expect(windowsIn(folder, `run${n}`).slice(0, 2)).toEqual([60, 90])
  for (const n of counts)
    expect(tenthsIn(folder, `run${n}`).slice(0, 2)).toEqual([
      [60, 60, 60],
      [90, 90, 90],
    ])
})

test('a closed crowd is divided over the threads, and no two arrivals have one number', async () => {
  using folder = testFolder()
  const paths: string[] = []
  await using shop = await serve((request, response) => {
    paths.push(request.url ?? '')
    setTimeout(() => response.end(), 100)
  })
  writePlan(
    folder,
    shop.url,
    `closed: { shoppers: 3, lasting: '700ms' }`,
    `shopper('a', async (s) => { await s.get('/' + s.arrival, { step: 'a' }) })`,
  )
  await runDoorbuster(['run', 'plan.ts', '--threads', '2', '--folder', 'run', '-q'], { cwd: folder.path })
  // Three shoppers, rounds of 100 ms and a little, 700 ms.
  expect(paths.length).toBeGreaterThanOrEqual(3 * 3)
  expect(paths.length).toBeLessThanOrEqual(3 * 7)
  expect(new Set(paths).size).toBe(paths.length)
  expect(['/1', '/2', '/3'].filter((path) => !paths.includes(path))).toEqual([])
})

test.each([
  ['sockets', 'no-socket', ['--max-sockets', '11']],
  ['shoppers', 'shoppers', ['--max-shoppers', '11']],
])('the ceiling on %s holds for all threads together, to the last place', async (_, what, flags) => {
  using folder = testFolder()
  await using shop = await silent()
  const args = ['run', shop.url, '--shape', 'burst 40', '--drain', '100ms', '--threads', '2', '--folder', 'run', '-q', ...flags]
  await runDoorbuster(args, { cwd: folder.path })
  const { totals, failures } = summaryIn(folder)
  expect(totals).toMatchObject({ due: 40, sent: 11, dropped: 29 })
  expect(failures).toEqual({ cancelled: 11, [`dropped:ours-${what}`]: 29 })
})

test('the hard cap on the rate holds for all threads together, and ends the run of each', async () => {
  using folder = testFolder()
  await using shop = await answering({ answerMs: 5 })
  const args = ['run', shop.url, '-c', '6', '-d', '20s', '--max-rate', '40/s', '--threads', '2', '--folder', 'run', '-q']
  const { exitCode, stderr } = await runDoorbuster(args, { cwd: folder.path })
  expect([exitCode, stderr.includes('hard cap of 40/s')]).toEqual([94, true])
  // One more than the cap passes, and one in a hundred.
  expect(shop.seen()).toBeLessThanOrEqual(41)
})

test('Ctrl-C reaches every thread, and what was measured is kept', async () => {
  using folder = testFolder()
  await using shop = await answering({ answerMs: 30 })
  await using running = startDoorbuster(['run', shop.url, '-R', '50/s', '-d', '60s', '--threads', '2', '--folder', 'run'], {
    cwd: folder.path,
  })
  await running.says('00:01')
  running.signal('SIGINT')
  expect((await running.finished).exitCode).toBe(105)
  const { finished, totals } = summaryIn(folder)
  expect(finished).toBe(false)
  expect(totals.ok).toBe(totals.due)
})

test("an error that no journey caught, in a thread, stops the run as the journey's", async () => {
  using folder = testFolder()
  await using shop = await answering()
  const journey = `async (s) => { await s.get('/'); if (s.arrival === 6) setTimeout(() => { throw new Error('out of nowhere') }, 5) }`
  writePlan(folder, shop.url, `traffic: 'hold 20/s for 30s'`, `shopper('stray', ${journey})`)
  const { exitCode, stderr } = await runDoorbuster(['run', 'plan.ts', '--threads', '2', '--folder', 'run', '-q'], { cwd: folder.path })
  expect([exitCode, stderr.includes('out of nowhere')]).toEqual([107, true])
})

test('journeys that never work are counted over all threads', async () => {
  using folder = testFolder()
  await using shop = await answering()
  writePlan(folder, shop.url, `traffic: 'hold 100/s for 30s'`, `shopper('broken', () => { throw new Error('broken') })`)
  const { exitCode, stderr } = await runDoorbuster(['run', 'plan.ts', '--threads', '2', '--folder', 'run', '-q'], { cwd: folder.path })
  expect([exitCode, stderr.includes('the first 20 shoppers all threw')]).toEqual([107, true])
})

test('a thread that dies ends the run as our defect; the others finish, and what went with it is counted', async () => {
  using folder = testFolder()
  await using shop = await answering()
  const journey = `async (s) => { await s.get('/'); if (s.arrival === 14) process.exit(3) }`
  writePlan(folder, shop.url, `traffic: 'hold 10/s for 30s'`, `shopper('leaver', ${journey})`)
  const { exitCode, stderr } = await runDoorbuster(['run', 'plan.ts', '--threads', '2', '--folder', 'run', '-q'], { cwd: folder.path })
  expect(exitCode).toBe(109)
  expect(stderr).toContain('sending thread 2 of 2 died: it left with exit code 3')
  // It owed 2, 4, … 14 until then and had handed in the first second: 2, 4, 6, 8. The tenth is due at 1,000 ms, in the second one.
  const { finished, generator, totals } = summaryIn(folder)
  expect([finished, generator.lost]).toEqual([false, { threads: 1, arrivals: 3 }])
  // The other thread's 1, 3, … 13 and these four; and the 15th, 100 ms later, where the news took as long.
  expect([7 + 4, 8 + 4]).toContain(totals.ok)
  const again = await runDoorbuster(['check', 'run', '--json'], { cwd: folder.path })
  expect((JSON.parse(again.stdout) as Summary).totals).toEqual(totals)
})

test('a journey that never lets go of its thread does not keep the run from ending', async () => {
  using folder = testFolder()
  await using shop = await answering()
  const journey = `async (s) => { await s.get('/'); while (s.arrival === 6) {} }`
  writePlan(folder, shop.url, `traffic: 'hold 20/s for 1s'`, `shopper('endless', ${journey})`)
  const { exitCode, stderr } = await runDoorbuster(['run', 'plan.ts', '--threads', '2', '--drain', '100ms', '--folder', 'run', '-q'], {
    cwd: folder.path,
  })
  expect([exitCode, stderr.includes('sending thread 2 of 2 died: it did not end by itself')]).toEqual([109, true])
  // The odd ones of twenty; the thread of the even ones handed in nothing.
  expect(summaryIn(folder)).toMatchObject({ totals: { ok: 10 }, generator: { lost: { threads: 1, arrivals: 10 } } })
})

test('threads that are hopelessly late still get through, and the run is invalid, not broken', async () => {
  using folder = testFolder()
  await using shop = await answering()
  // 100 shoppers of 90 ms of work each in a second, over two threads: 4.5 s of work or more, beyond the time for which a silent thread is waited for.
  const journey = `async (s) => { const untilMs = Date.now() + 90; while (Date.now() < untilMs) {} await s.get('/') }`
  writePlan(folder, shop.url, `traffic: 'hold 100/s for 1s'`, `shopper('busy', ${journey})`)
  const { exitCode } = await runDoorbuster(['run', 'plan.ts', '--threads', '2', '--drain', '100ms', '--folder', 'run', '-q'], {
    cwd: folder.path,
  })
  const { shoppers, generator } = summaryIn(folder)
  expect([exitCode, shoppers.due, generator.lost]).toEqual([95, 100, null])
})

test('Ctrl-C is heard while a thread does not get ready', async () => {
  using folder = testFolder()
  await using shop = await answering()
  folder.write('slow.mjs', `import { isMainThread } from 'node:worker_threads'\nif (!isMainThread) await new Promise(() => {})`)
  folder.write(
    'plan.ts',
    `import './slow.mjs'\nimport { hold, launch } from 'doorbuster'\nexport default launch({ name: 'slow', target: '${shop.url}', traffic: 'hold 5/s for 1s' })`,
  )
  await using running = startDoorbuster(['run', 'plan.ts', '--threads', '2', '--folder', 'run'], { cwd: folder.path })
  await expect.poll(() => folder.names().includes('run'), { timeout: 10_000 }).toBe(true)
  running.signal('SIGINT')
  expect((await running.finished).exitCode).toBe(105)
  expect([shop.seen(), summaryIn(folder).totals.due]).toEqual([0, 0])
})

test('a plan that is another one each time it is read is refused before anything is sent', async () => {
  using folder = testFolder()
  await using shop = await answering()
  const header = "headers: { 'x-run': String(process.hrtime.bigint()) },"
  writePlan(folder, shop.url, `traffic: 'burst 3'`, `shopper('a', async (s) => { await s.get('/') })`, header)
  const { exitCode, stderr } = await runDoorbuster(['run', 'plan.ts', '--threads', '2', '--folder', 'run', '-q'], { cwd: folder.path })
  expect([exitCode, shop.seen()]).toEqual([109, 0])
  expect(stderr).toContain('nothing in a plan may change by itself')
})

test.each(['0', '1.5', '-2', '65', 'many'])('%j is no number of threads', async (threads) => {
  using folder = testFolder()
  const { exitCode, stderr } = await runInProcess(['run', 'http://127.0.0.1:1/', '-R', '1/s', `--threads=${threads}`], folder.path)
  expect([exitCode, stderr]).toEqual([
    104,
    `USAGE_INVALID --threads: expected a whole number from 1 to 64, or auto, received "${threads}"\n`,
  ])
})
