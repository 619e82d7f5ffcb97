// A run with an appointment, by the program itself.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { testFolder } from '../support/folders.ts'
import { runInProcess } from '../support/in-process.ts'
import { runDoorbuster, startDoorbuster } from '../support/program.ts'
import { answering } from '../support/servers.ts'

const planFor = (target: string): string =>
  JSON.stringify({ name: 'sale', target, traffic: 'countdown: hold 10/s for 500ms; doors: burst 5', objectives: ['errors == 0%'] })

test.each([1, 2])('the doors open at the moment named, from %d threads', async (threads) => {
  using folder = testFolder()
  const seenMs: number[] = []
  const server = createServer((_, response) => {
    seenMs.push(Date.now())
    response.end('x')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  folder.write('plan.json', planFor(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`))
  const openMs = Math.ceil(Date.now() / 1_000) * 1_000 + 7_000
  const at = new Date(openMs).toISOString()
  const args = ['run', 'plan.json', '--at', at, '--threads', String(threads), '--folder', 'run']
  const { exitCode, stderr } = await runDoorbuster(args, { cwd: folder.path })
  server.closeAllConnections()
  server.close()
  expect([exitCode === 0 || exitCode === 95 || exitCode === 96, stderr.includes(`for the doors to open at ${at}`)]).toEqual([true, true])
  const { startedAt } = JSON.parse(folder.read('run/plan.json')) as { startedAt: string }
  expect(startedAt).toBe(new Date(openMs - 500).toISOString())
  // Five of the countdown come before the doors' five; the clock of the wall shows whole ms.
  expect(seenMs.length).toBe(10)
  expect(seenMs[0]).toBeGreaterThanOrEqual(openMs - 500 + 100 - 1)
  expect(seenMs[5]).toBeGreaterThanOrEqual(openMs - 1)
})

test('Ctrl-C while it waits exits 105, with nothing sent and no folder', async () => {
  using folder = testFolder()
  await using shop = await answering()
  folder.write('plan.json', planFor(shop.url))
  await using running = startDoorbuster(['run', 'plan.json', '--at', '+1h'], { cwd: folder.path })
  await running.says('Ctrl-C to leave')
  running.signal('SIGINT')
  const { exitCode, stderr } = await running.finished
  expect([exitCode, shop.seen(), folder.names()]).toEqual([105, 0, ['plan.json']])
  expect(stderr).toContain('nothing was sent, and there is no run folder')
})

test('a moment that is past is a mistake, and so are devices through a proxy', async () => {
  using folder = testFolder()
  folder.write('plan.json', planFor('http://127.0.0.1:9/'))
  const past = await runInProcess(['run', 'plan.json', '--at', '2012-11-20T19:00:00+11:00'], folder.path)
  expect([past.exitCode, past.stderr]).toEqual([
    104,
    expect.stringMatching(/^USAGE_INVALID --at: expected a moment at least 5\.5s from now/),
  ])
  const shoppers = [{ name: 'a', devices: 'default', steps: [{ get: '/' }] }]
  folder.write('slow.json', JSON.stringify({ name: 'slow', target: 'http://127.0.0.1:9/', traffic: 'burst 1', shoppers }))
  const proxied = await runInProcess(['run', 'slow.json', '--proxy', 'http://127.0.0.1:9'], folder.path)
  expect([proxied.exitCode, proxied.stderr]).toEqual([
    104,
    expect.stringContaining('USAGE_INVALID --proxy: expected no proxy for a plan with devices'),
  ])
})

test('hostile shoppers are refused beyond this machine unless the entry allows them by name', async () => {
  using folder = testFolder()
  const shoppers = [{ name: 'attacker', hostile: true, steps: [{ get: '/' }] }]
  folder.write('plan.json', JSON.stringify({ name: 'x', target: 'http://192.0.2.10/', traffic: 'burst 1', shoppers }))
  const entry = { host: '192.0.2.10', from: '2000-01-01', until: '2999-12-31', maxRate: '20/s', contact: 'the test itself' }
  folder.write('doorbuster.allow.json', JSON.stringify({ allow: [entry] }))
  const { exitCode, stderr } = await runInProcess(['run', 'plan.json'], folder.path)
  expect([exitCode, stderr]).toEqual([94, expect.stringContaining('does not allow hostile shoppers')])
  expect(stderr).toContain('"hostile": true')
})
