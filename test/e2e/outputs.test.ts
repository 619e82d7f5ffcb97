// What is told of a run while it goes on, and what is made of its folder afterwards: one run for all, read by a real Prometheus, by a receiver
// of OTLP, and from stdout.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import type { Summary } from '@doorbuster/verdict'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { testFolder } from '../support/folders.ts'
import type { SaidApart } from '../support/in-process.ts'
import { runInProcess } from '../support/in-process.ts'
import type { Prometheus, Sample } from '../support/prometheus.ts'
import { startPrometheus } from '../support/prometheus.ts'
import type { TestServer } from '../support/servers.ts'
import { failingEvery, freePort, serve } from '../support/servers.ts'

type Received = { readonly path: string; readonly headers: Readonly<Record<string, unknown>>; readonly body: string }

const folder = testFolder()
const received: Received[] = []
const opened: AsyncDisposable[] = []
let said: SaidApart
let prometheus: Prometheus | { readonly missing: string }

beforeAll(async () => {
  const shop = await failingEvery(5)
  const otlp = await receiver(200)
  const broken = await failingEvery(1)
  const port = await freePort()
  prometheus = await startPrometheus(`127.0.0.1:${port}`)
  opened.push(shop, otlp, broken, ...('missing' in prometheus ? [] : [prometheus]))
  const places = [`prometheus=127.0.0.1:${port}`, `otlp=${otlp.url}`, `otlp=${broken.url}`, 'jsonl=-', 'gitlab=load.json']
  const outputs = places.flatMap((place) => ['-o', place])
  const args = ['run', shop.url, '-R', '40/s', '-d', '6s', '--slo', 'errors < 90%', '--folder', 'run', ...outputs]
  said = await runInProcess(args, folder.path, { OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20b' })
})
afterAll(async () => {
  for (const each of opened) await each[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

function receiver(status: number): Promise<TestServer> {
  return serve((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (piece: string) => {
      body += piece
    })
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body })
      response.writeHead(status).end('{}')
    })
  })
}

const summary = (): Summary => JSON.parse(folder.read('run/summary.json')) as Summary

test('a real Prometheus has our own figures, the last ones too', async (context) => {
  if ('missing' in prometheus) return context.skip(prometheus.missing)
  const { query } = prometheus
  // The endpoint is gone by now, and with it the series: asked for is what they came to.
  const last = (series: string): Promise<readonly Sample[]> => query(`last_over_time(${series}[5m])`)
  await vi.waitFor(async () => expect((await last('doorbuster_ended'))[0]?.value).toBe(1), { timeout: 10_000 })
  const { totals, responseMs, failures, shoppers } = summary()
  const outcomes = Object.fromEntries((await last('doorbuster_requests_total')).map(({ metric, value }) => [metric.outcome, value]))
  expect(outcomes).toEqual({ ok: totals.ok, degraded: totals.degraded, failed: totals.failed, dropped: totals.dropped })
  expect(totals.failed).toBeGreaterThan(0)
  expect((await last('doorbuster_failures_total')).map(({ metric, value }) => [metric.cause, value])).toEqual(Object.entries(failures))
  const states = await last('doorbuster_shoppers_total')
  expect(states.find(({ metric }) => metric.state === 'finished')?.value).toBe(shoppers.finished)
  expect((await last('doorbuster_response_seconds_count')).map(({ value }) => value)).toEqual([responseMs.count])
  const buckets = await last('doorbuster_response_seconds_bucket')
  const within = (seconds: number) => buckets.find(({ metric }) => Number(metric.le) === seconds)?.value ?? 0
  const bounds = buckets.map(({ metric }) => Number(metric.le)).filter(Number.isFinite)
  // The p95 lies in the first bucket that 95 of 100 answers are within.
  const upper = Math.min(...bounds.filter((bound) => within(bound) >= responseMs.count * 0.95))
  expect((responseMs.p95 ?? 0) / 1e3).toBeLessThanOrEqual(upper * 1.001)
  expect((await query('scrape_samples_scraped')).length).toBeLessThanOrEqual(1)
})

test('a receiver of OTLP got sums that only grow, and at last those of the summary', () => {
  expect(received.length).toBeGreaterThanOrEqual(2)
  expect(new Set(received.map(({ path }) => path))).toEqual(new Set(['/v1/metrics']))
  expect(received[0]?.headers).toMatchObject({ 'content-type': 'application/json', 'x-key': 'a b' })
  const sums = received.map(({ body }) => okIn(body))
  expect(sums).toEqual(sums.toSorted((a, b) => a - b))
  expect(sums.at(-1)).toBe(summary().totals.ok)
})

function okIn(body: string): number {
  const metrics = JSON.parse(body).resourceMetrics[0].scopeMetrics[0].metrics as readonly { readonly name: string; readonly sum: never }[]
  const { dataPoints } = metrics.find(({ name }) => name === 'doorbuster.requests')?.sum ?? { dataPoints: [] as never[] }
  type DataPoint = {
    readonly asDouble: number
    readonly attributes: readonly { readonly key: string; readonly value: { stringValue: string } }[]
  }
  const ok = (dataPoints as readonly DataPoint[]).find(({ attributes }) => attributes.some(({ value }) => value.stringValue === 'ok'))
  return ok?.asDouble ?? 0
}

test('a receiver that fails is told of once, and the run is judged all the same', () => {
  expect(said.stderr.match(/an export failed: the receiver answered with status 500/g)).toHaveLength(1)
  expect([0, 95]).toContain(said.exitCode)
})

test('windows go to stdout alone, and everything for people to stderr', () => {
  const rows = said.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly sent: number })
  expect(rows.reduce((sum, { sent }) => sum + sent, 0)).toBe(summary().totals.sent)
  expect(said.stderr).toContain('Report: ')
})

test('the file for GitLab holds the rate of the summary', () => {
  const { totals, durationMs } = summary()
  expect(JSON.parse(folder.read('load.json')).metrics.http_reqs).toEqual({ count: totals.sent, rate: (totals.sent * 1e3) / durationMs })
})

describe('export', () => {
  const exported = async (form: string) => {
    const { exitCode, stdout } = await runInProcess(['export', 'run', '--as', form], folder.path)
    expect(exitCode).toBe(0)
    return stdout
  }

  test('as CSV and JSON lines has every request of every window', async () => {
    const rows = parse(await exported('csv'), { columns: true }) as readonly Readonly<Record<string, string>>[]
    expect(rows.reduce((sum, { ok }) => sum + Number(ok), 0)).toBe(summary().totals.ok)
    const lines = (await exported('jsonl'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.length).toBe(rows.length)
    expect(lines.reduce((sum, { causes }) => sum + (causes['status:500'] ?? 0), 0)).toBe(summary().failures['status:500'])
  })

  test('as JTL has a row for each request, from which the same percentiles come', async () => {
    const { exitCode } = await runInProcess(['export', 'run', '--as', 'jtl', '--to', 'run.jtl'], folder.path)
    expect(exitCode).toBe(0)
    const rows = parse(readFileSync(join(folder.path, 'run.jtl')), { columns: true }) as readonly Readonly<Record<string, string>>[]
    const { totals, responseMs } = summary()
    const good = rows.filter(({ success }) => success === 'true').map(({ elapsed }) => Number(elapsed))
    expect([rows.length, good.length]).toEqual([totals.done + totals.dropped, totals.ok + totals.degraded])
    const inOrder = good.toSorted((a, b) => a - b)
    for (const [percent, ms] of [
      [50, responseMs.p50],
      [95, responseMs.p95],
      [99, responseMs.p99],
    ] as const)
      expect(Math.abs((inOrder[Math.ceil((percent / 100) * good.length) - 1] ?? 0) - (ms ?? 0))).toBeLessThanOrEqual(0.6)
    expect(rows.filter(({ responseCode }) => responseCode === '500').length).toBe(totals.failed)
  })

  test('of a folder that is none, or to a file that cannot be, is a mistake in words', async () => {
    expect(await runInProcess(['export', 'nothing'], folder.path)).toMatchObject({ exitCode: 104, stdout: '' })
    const nowhere = await runInProcess(['export', 'run', '--to', 'no/such/folder'], folder.path)
    expect(nowhere).toMatchObject({
      exitCode: 104,
      stderr: 'USAGE_INVALID --to: expected a file that can be written, received no/such/folder (ENOENT)\n',
    })
  })
})

describe('check in GitHub', () => {
  test('tells a miss as an error, and ends with 1 when it is asked to', async () => {
    folder.write('output', '')
    const env = {
      GITHUB_ACTIONS: 'true',
      GITHUB_OUTPUT: join(folder.path, 'output'),
      GITHUB_STEP_SUMMARY: join(folder.path, 'no/such/summary'),
    }
    const { exitCode, stdout, stderr } = await runInProcess(['check', 'run', '--slo', 'errors < 1%', '--fail-as-one'], folder.path, env)
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^::error title=/m)
    expect(stderr).toContain('GITHUB_STEP_SUMMARY: could not be written: ENOENT')
    expect(folder.read('output')).toMatch(/^exit-code<<(.+)\n1\n\1$/m)
  })

  test('writes nothing of its own where GitHub is not', async () => {
    const { stdout } = await runInProcess(['check', 'run', '--slo', 'errors < 1%'], folder.path)
    expect(stdout).not.toMatch(/^::/m)
  })

  test('adds nothing to a summary that would be larger than GitHub takes', async () => {
    folder.write('summary', 'x'.repeat(1024 * 1024 - 10))
    const { stderr } = await runInProcess(['check', 'run'], folder.path, { GITHUB_STEP_SUMMARY: join(folder.path, 'summary') })
    expect(stderr).toContain('GITHUB_STEP_SUMMARY: could not be written')
    expect(folder.read('summary').length).toBe(1024 * 1024 - 10)
  })
})

describe('before anything is sent', () => {
  const refused = async (...outputs: readonly string[]) => {
    const args = ['run', 'http://127.0.0.1:1/', '-R', '1/s', '-d', '1s', ...outputs.flatMap((text) => ['-o', text])]
    const { exitCode, stderr } = await runInProcess(args, folder.path)
    return [exitCode, stderr] as const
  }

  test('an OTLP receiver elsewhere is refused as any host is that nobody allowed', async () => {
    const [exitCode, stderr] = await refused('otlp=http://203.0.113.7:4318')
    expect(exitCode).toBe(94)
    expect(stderr).toContain('GUARD_REFUSED http://203.0.113.7:4318')
  })

  test.each([
    [['prometheus=shop.example:9464'], 'prometheus=address:port'],
    [['otlp=127.0.0.1:4318'], 'otlp=URL'],
    [['jsonl=-', 'csv=-'], 'one output at most'],
    [['html=-'], 'a file for html'],
  ])('%j is a mistake in words', async (outputs, words) => {
    const [exitCode, stderr] = await refused(...outputs)
    expect(exitCode).toBe(104)
    expect(stderr).toContain(words)
  })

  test('a port that somebody else listens on is a mistake in words', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const [exitCode, stderr] = await refused(`prometheus=${port}`)
    server.close()
    expect([exitCode, stderr.includes('EADDRINUSE')]).toEqual([104, true])
  })
})
