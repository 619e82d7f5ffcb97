// Whole rehearsals through the command line, against servers that behave in one known way each.
import type { Summary } from '@doorbuster/verdict'
import { expect, test } from 'vitest'
import { exitCodes } from '../../packages/cli/src/exit-codes.ts'
import { testFolder } from '../support/folders.ts'
import { startNginx } from '../support/nginx.ts'
import { runDoorbuster } from '../support/program.ts'
import { answering, failingEvery, HOSTILE_ANSWERS, resetting, sending, serve, silent } from '../support/servers.ts'

const run = async (
  args: readonly string[],
  cwd: string,
): Promise<{ exitCode: number | null; summary: Summary; stdout: string; stderr: string }> => {
  const { exitCode, stdout, stderr } = await runDoorbuster(['run', ...args, '--json', '-'], { cwd })
  expect(stdout, stderr).toMatch(/^\{/)
  return { exitCode, stdout, stderr, summary: JSON.parse(stdout) as Summary }
}

/** On a machine whose CPU others take, a run may be invalid; then it must say so, and exit so. */
const expectVerdict = ({ exitCode, summary }: { exitCode: number | null; summary: Summary }, wanted: 'go' | 'no-go'): void => {
  expect([wanted, 'invalid']).toContain(summary.verdict)
  expect(exitCode).toBe(exitCodes[summary.verdict])
}

test('nginx gets exactly what was owed, and the run folder holds all that the design promises', async (context) => {
  await using nginx = await nginxOrSkip(context)
  using folder = testFolder()
  const { exitCode, summary, stderr } = await run([nginx.url, '-R', '500/s', '-d', '2s', '--folder', 'run'], folder.path)
  expect(summary.totals).toMatchObject({ due: 1_000, sent: 1_000, done: 1_000, ok: 1_000, failed: 0, dropped: 0 })
  expect(summary.responseMs.count).toBe(1_000)
  expectVerdict({ exitCode, summary }, 'go')
  expect(stderr).toContain('Report: ')
  expect(folder.names('run')).toEqual([
    'events.jsonl',
    'junit.xml',
    'latency.hlog',
    'plan.json',
    'report.html',
    'report.md',
    'summary.json',
    'timeline.jsonl',
  ])
  expect(JSON.parse(folder.read('run/summary.json'))).toEqual(summary)
  const rows = folder
    .read('run/timeline.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { due: number })
  expect(rows.reduce((sum, { due }) => sum + due, 0)).toBe(1_000)
})

test('every request ends as ok, degraded, failed or dropped', async () => {
  using folder = testFolder()
  await using shop = await failingEvery(4, 503)
  const { exitCode, summary } = await run(
    [shop.url, '-R', '100/s', '-d', '2s', '--slo', 'errors < 30%', '--slo', 'p(70) < 5s'],
    folder.path,
  )
  const { due, ok, degraded, failed, dropped } = summary.totals
  expect([due, ok + degraded + failed + dropped, failed]).toEqual([200, 200, 50])
  expect(summary.failures).toEqual({ 'status:503': 50 })
  expectVerdict({ exitCode, summary }, 'go')
})

test('a percentile that falls among failed answers is not met, however fast they were', async () => {
  using folder = testFolder()
  await using shop = await failingEvery(4, 503)
  const { exitCode, summary } = await run([shop.url, '-R', '100/s', '-d', '1s', '--slo', 'p(95) < 5s'], folder.path)
  expect(summary.objectives[0]).toMatchObject({ status: 'missed', observed: null })
  expectVerdict({ exitCode, summary }, 'no-go')
})

test.each([
  ['resets', resetting, 'reset'],
  ['never answers', silent, 'timeout'],
])('a server that %s is a no-go with that cause, not a hang', async (_, start, cause) => {
  using folder = testFolder()
  await using shop = await start()
  const { exitCode, summary } = await run([shop.url, '-R', '20/s', '-d', '500ms', '--timeout', '300ms'], folder.path)
  expect(summary.failures).toEqual({ [cause]: 10 })
  expectVerdict({ exitCode, summary }, 'no-go')
})

test('nobody at the target is a no-go, refused', async () => {
  using folder = testFolder()
  const gone = await answering()
  await gone.stop()
  const { exitCode, summary } = await run([gone.url, '-R', '20/s', '-d', '500ms'], folder.path)
  expect(summary.failures).toEqual({ refused: 10 })
  expectVerdict({ exitCode, summary }, 'no-go')
})

test.each(Object.entries(HOSTILE_ANSWERS))('%s ends as a counted failure, and its bytes stand in no report as markup', async (_, bytes) => {
  using folder = testFolder()
  await using shop = await sending(bytes)
  const { summary } = await run([shop.url, '-R', '20/s', '-d', '250ms', '--folder', 'run'], folder.path)
  expect(summary.totals).toMatchObject({ due: 5, failed: 5 })
  for (const name of ['report.html', 'report.md']) expect(folder.read(`run/${name}`)).not.toMatch(/<script>alert|<img src=x/)
})

test('a run without objectives is judged by a stated default, and says so', async () => {
  using folder = testFolder()
  await using shop = await failingEvery(2)
  const { exitCode, summary } = await run([shop.url, '-R', '20/s', '-d', '1s'], folder.path)
  expectVerdict({ exitCode, summary }, 'no-go')
  expect(summary.reasons.join(' ')).toContain('errors < 0.1%')
})

test('an objective with abort ends the run early, as no-go', async () => {
  using folder = testFolder()
  await using shop = await failingEvery(2)
  const { exitCode, summary } = await run([shop.url, '-R', '50/s', '-d', '30s', '--slo', 'errors < 1%, abort'], folder.path)
  expectVerdict({ exitCode, summary }, 'no-go')
  expect(summary.durationMs).toBeLessThan(10_000)
})

test('the closed loop keeps its connections busy', async () => {
  using folder = testFolder()
  await using shop = await answering({ answerMs: 100 })
  const { summary } = await run([shop.url, '-c', '5', '-d', '1s'], folder.path)
  // Five shoppers, a little more than 100 ms a round, one second.
  expect(summary.totals.ok).toBeGreaterThan(25)
  expect(summary.totals.ok).toBeLessThanOrEqual(55)
})

test('method, body and headers go out as the flags say', async () => {
  using folder = testFolder()
  const seen: unknown[] = []
  await using shop = await serve((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      seen.push(request.method, request.url, request.headers['x-run'], request.headers['user-agent'], body)
      response.end()
    })
  })
  await run([`${shop.url}orders?a=1`, '--shape', 'burst 1', '-b', '{"sku":1}', '-X', 'PUT', '-H', 'X-Run: seven'], folder.path)
  expect(seen).toEqual(['PUT', '/orders?a=1', 'seven', expect.stringMatching(/^doorbuster\//), '{"sku":1}'])
})

test('a curve in a file is read from beside the caller', async () => {
  using folder = testFolder()
  await using shop = await answering()
  folder.write('rates.csv', 'seconds,ratePerSec\n0,10\n1,30\n')
  const { summary } = await run([shop.url, '--shape', 'curve rates.csv'], folder.path)
  expect(summary.totals.due).toBe(20)
})

test('outputs are streams and renderings beside the run folder', async () => {
  using folder = testFolder()
  await using shop = await answering()
  await run(
    [shop.url, '-R', '50/s', '-d', '2s', '-o', 'csv=rows.csv', '-o', 'jsonl=rows.jsonl', '-o', 'junit=out.xml', '-o', 'markdown=out.md'],
    folder.path,
  )
  const [head, ...rows] = folder.read('rows.csv').trim().split('\n')
  expect(head).toMatch(/^startMs,lastingMs,due,sent,ok/)
  expect(rows.reduce((sum, row) => sum + Number(row.split(',')[2]), 0)).toBe(100)
  expect(folder.read('rows.jsonl').trim().split('\n').length).toBe(rows.length)
  expect(folder.read('out.xml')).toMatch(/^<\?xml/)
  expect(folder.read('out.md')).toContain('errors &lt; 0.1%')
})

test('quiet says the verdict and nothing else', async () => {
  using folder = testFolder()
  await using shop = await answering()
  const { stdout, stderr } = await runDoorbuster(['run', shop.url, '-R', '10/s', '-d', '500ms', '-q'], { cwd: folder.path })
  expect([stdout.trim(), stderr]).toEqual([expect.stringMatching(/^(?:go|invalid)$/), ''])
})

async function nginxOrSkip(context: { skip: (reason: string) => never }) {
  const nginx = await startNginx()
  if ('missing' in nginx) return context.skip(nginx.missing)
  return { ...nginx, [Symbol.asyncDispose]: nginx.stop }
}
