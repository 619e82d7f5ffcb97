// Metrics pages beside a rehearsal: the shop's own, a real node_exporter's, and pages that mean no good. Their figures are counted, not timed.
import type { Summary } from '@doorbuster/verdict'
import { expect, test } from 'vitest'
import { exitCodes } from '../../packages/cli/src/exit-codes.ts'
import { testFolder } from '../support/folders.ts'
import { startNodeExporter } from '../support/node-exporter.ts'
import { shopHere } from '../support/open-shop.ts'
import { runDoorbuster } from '../support/program.ts'
import { serve } from '../support/servers.ts'

const seriesOf = ({ target }: Summary, page: string) =>
  new Map((target?.series ?? []).filter((each) => each.page === page).map((each) => [each.name, each]))
const statusOf = ({ objectives }: Summary) => Object.fromEntries(objectives.map(({ text, status }) => [text, status]))

test('the shop and its machine tell of themselves each second, objectives hold them to it, and the folder says the same again', async ({
  skip,
}) => {
  using folder = testFolder()
  await using shop = await shopHere('--stock 5000')
  const exporter = await startNodeExporter()
  if ('missing' in exporter) return skip(exporter.missing)
  await using machine = exporter
  const plan = {
    name: 'target',
    target: shop.url,
    traffic: 'calm: hold 10/s for 1s; doors: hold 30/s for 3s',
    steps: [{ step: 'order', post: '/orders', json: { sku: 'tv-55', qty: 1 }, expect: [201] }],
    metrics: [{ url: `${shop.url}/metrics`, name: 'shop', series: { workers: 'shop_workers_busy / shop_workers' } }],
    objectives: ['target.shop_orders > 5/s in doors', 'target.workers < 1%', 'target.machine.memory > 100%, warn', 'target.lost_thing < 1'],
  }
  folder.write('plan.json', JSON.stringify({ ...plan, metrics: [...plan.metrics, { url: machine.url, name: 'machine' }] }))
  const { stderr } = await runDoorbuster(['run', 'plan.json', '--folder', 'run', '-q'], { cwd: folder.path })
  const summary = JSON.parse(folder.read('run/summary.json')) as Summary
  const [ofShop, ofMachine] = [seriesOf(summary, 'shop'), seriesOf(summary, 'machine')]
  expect(summary.target?.silent, stderr).toEqual([])
  expect(
    ['shop_requests', 'shop_orders', 'shop_queue_length', 'shop_database_busy_seconds', 'workers', 'event-loop-lag'].filter(
      (name) => !ofShop.has(name),
    ),
  ).toEqual([])
  expect(['cpu', 'memory', 'load', 'network-in', 'tcp-connections'].filter((name) => !ofMachine.has(name))).toEqual([])
  // At 30 a second no whole second has more than 60, however its readings fall.
  const orders = ofShop.get('shop_orders')
  expect(orders?.samples).toBeGreaterThanOrEqual(3)
  expect(orders?.max).toBeGreaterThan(15)
  expect(orders?.max).toBeLessThanOrEqual(60)
  const memory = ofMachine.get('memory')
  expect(memory?.first).toBeGreaterThan(0)
  expect(memory?.max).toBeLessThan(1)
  const statuses = statusOf(summary)
  expect(statuses).toEqual({
    'target.shop_orders > 5/s in doors': 'met',
    'target.workers < 1%': 'missed',
    'target.machine.memory > 100%, warn': 'missed',
    'target.lost_thing < 1': 'no-data',
  })
  expect(summary.verdict).not.toBe('go')
  const page = folder.read('run/report.html')
  expect(page).toContain('What the target said of itself')
  expect(page).toContain('<strong>shop_orders</strong>')
  expect(folder.read('run/report.md')).toContain('shop\\_orders of shop')
  await runDoorbuster(['report', 'run', '-q'], { cwd: folder.path })
  expect(JSON.parse(folder.read('run/summary.json'))).toEqual(summary)
})

test('an endless page, one that is no page, one that is packed and one that never answers cost the run nothing but their figures', async () => {
  using folder = testFolder()
  const line = `${'thing{n="1"} 1\n'.repeat(4_000)}`
  await using bad = await serve(({ url, headers }, response) => {
    if (url === '/') return response.end('ok')
    if (url === '/never') return undefined
    if (url === '/packed') return response.writeHead(200, { 'content-encoding': 'gzip' }).end('x')
    if (url === '/told')
      return response.end(headers['x-key'] === 'hush-hush' && headers['doorbuster-run'] !== undefined ? 'told 7\n' : 'told 0\n')
    if (url === '/junk')
      return response.end('\u0000<script>alert(1)</script>\n# TYPE <b>x counter\n__proto__ 1\nnode_load1 NaN\nnode_load1{a="b"} 2\n')
    const more = (): unknown => response.destroyed || (response.write(line) ? setImmediate(more) : response.once('drain', more))
    return more()
  })
  const at = (path: string) => ({ url: `${bad.url}${path}`, name: path })
  const plan = {
    name: 'bad',
    target: bad.url,
    traffic: 'hold 30/s for 2s',
    metrics: [
      at('endless'),
      at('never'),
      at('packed'),
      at('junk'),
      { ...at('told'), headers: { 'x-key': 'hush-hush' }, series: { told: 'told' } },
    ],
  }
  folder.write('plan.json', JSON.stringify(plan))
  const { exitCode } = await runDoorbuster(['run', 'plan.json', '--folder', 'run', '-q'], { cwd: folder.path })
  const summary = JSON.parse(folder.read('run/summary.json')) as Summary
  // A busy machine may make it invalid.
  expect([exitCodes.go, exitCodes.invalid]).toContain(exitCode)
  expect(summary.totals).toMatchObject({ ok: 60, failed: 0 })
  const told = (summary.target?.silent ?? []).map(({ page, because }) => `${page}: ${because}`).toSorted()
  expect(told).toEqual([
    expect.stringMatching(/^endless: (?:too-large|timeout)$/),
    'junk: some lines are no metrics',
    'never: timeout',
    'packed: an encoding that was not asked for',
  ])
  expect(summary.target?.series.map(({ page, name, max }) => [page, name, max])).toEqual(
    expect.arrayContaining([
      ['junk', 'load', 2],
      ['told', 'told', 7],
    ]),
  )
  for (const name of folder.names('run')) expect(folder.read(`run/${name}`)).not.toMatch(/hush|<script>alert/)
})

test('a page on a host that nobody allowed is refused before anything is sent', async () => {
  using folder = testFolder()
  await using shop = await serve((_, response) => response.end('ok'))
  const words = ['run', shop.url, '-R', '10/s', '-d', '1s', '--metrics', 'http://192.0.2.7:9100/metrics', '--folder', 'run']
  const { exitCode, stderr } = await runDoorbuster(words, { cwd: folder.path })
  expect(stderr).toContain('GUARD_REFUSED http://192.0.2.7:9100')
  expect([exitCode, shop.seen(), folder.names()]).toEqual([exitCodes.guard, 0, []])
})
