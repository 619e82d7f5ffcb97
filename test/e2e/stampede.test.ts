// Herds of identical requests for a cold page through the command line, against caches that join them together and one that does not.
import type { Summary } from '@doorbuster/verdict'
import { expect, test } from 'vitest'
import type { Origin } from '../support/edge.ts'
import { edgeOf, slowOrigin } from '../support/edge.ts'
import type { TestFolder } from '../support/folders.ts'
import { testFolder } from '../support/folders.ts'
import { runDoorbuster } from '../support/program.ts'
import { startVarnish } from '../support/varnish.ts'

const k = 40

/** Two herds of forty for one page, and the same eighty one by one. */
const planOf = (target: string, origin: object) => ({
  name: 'cold page',
  target,
  traffic: `herd ${k} every 1s times 2 pause 0s`,
  shoppers: [{ name: 'fan', steps: [{ get: '/drop' }] }],
  objectives: ['stampede <= 2'],
  origin,
})

const objectiveOf = ({ objectives }: Summary) => objectives.find(({ text }) => text === 'stampede <= 2')

async function rehearsed(folder: TestFolder, target: string, origin: object, args: readonly string[] = []): Promise<Summary> {
  folder.write('plan.json', JSON.stringify(planOf(target, origin)))
  const { stdout, stderr } = await runDoorbuster(['run', 'plan.json', '--folder', 'run', '--json', '-', ...args], { cwd: folder.path })
  expect(stdout, stderr).toMatch(/^\{/)
  return JSON.parse(stdout) as Summary
}

/** Pages are cold in each herd: they are kept for less than a second and longer than a herd lasts. */
const atEdge = async (coalesces: boolean, work: (url: string, origin: Origin) => Promise<void>): Promise<void> => {
  await using origin = await slowOrigin({ answerMs: 200 })
  await using edge = await edgeOf({ origin: origin.url, coalesces, keepsMs: 400 })
  await work(edge.url, origin)
}

test('an edge that joins a herd into one fetch is met with 1, and what reads the count is no part of the load', async () => {
  await atEdge(true, async (url, origin) => {
    using folder = testFolder()
    const summary = await rehearsed(folder, url, { get: `${origin.url}stats`, member: 'fetches' })
    expect(objectiveOf(summary)).toMatchObject({ status: 'met', observed: 1, samples: 2 })
    expect(summary.totals.sent).toBe(4 * k)
    expect(summary.steps).toHaveLength(1)
  })
})

test('an edge that lets every request of a herd through is missed with as many, and a second look at the folder says the same', async () => {
  await atEdge(false, async (url, origin) => {
    using folder = testFolder()
    const summary = await rehearsed(folder, url, { get: `${origin.url}metrics`, metric: 'fetches_total' })
    const result = objectiveOf(summary)
    // Whoever comes while the first page is under way fetches it for himself.
    expect(result?.status).toBe('missed')
    expect(result?.observed).toBeGreaterThan(k / 2)
    expect(result?.observed).toBeLessThanOrEqual(k)
    const { stdout } = await runDoorbuster(['check', 'run', '--json'], { cwd: folder.path })
    const again = JSON.parse(stdout) as Summary
    expect(objectiveOf(again)).toEqual(result)
    expect(again.aftermath.stampede).toEqual(summary.aftermath.stampede)
    expect((await runDoorbuster(['report', 'run'], { cwd: folder.path })).stdout).toMatch(/stampede +\d+×/)
  })
})

test('an origin whose count cannot be read is not judged, and never met', async () => {
  await atEdge(true, async (url, origin) => {
    using folder = testFolder()
    const result = objectiveOf(await rehearsed(folder, url, { get: `${origin.url}metrics`, metric: 'no_such' }))
    expect(result).toMatchObject({ status: 'no-data', observed: null })
    expect(result?.because).toContain('no metric "no_such"')
  })
})

test('a hard cap of one socket leaves it to the shoppers, and nothing is known', async () => {
  await atEdge(true, async (url, origin) => {
    using folder = testFolder()
    const summary = await rehearsed(folder, url, { get: `${origin.url}stats`, member: 'fetches' }, ['--max-sockets', '1'])
    expect(objectiveOf(summary)?.because).toContain('the hard cap of sockets leaves none to read the count with')
    expect(summary.totals.sent).toBeGreaterThan(0)
  })
})

test('a count on a host that nobody allowed is not asked for, and nothing is sent', async () => {
  await atEdge(true, async (url, origin) => {
    using folder = testFolder()
    folder.write('plan.json', JSON.stringify(planOf(url, { get: 'http://192.0.2.1/stats', member: 'fetches' })))
    const { stderr } = await runDoorbuster(['run', 'plan.json'], { cwd: folder.path })
    expect(stderr).toContain('GUARD_REFUSED http://192.0.2.1')
    expect(origin.fetches()).toBe(0)
  })
})

test('Varnish joins a herd into one fetch', async (context) => {
  await using origin = await slowOrigin({ answerMs: 200 })
  const varnish = await startVarnish({ target: origin.url.replace(/\/$/, ''), keeps: [] })
  if ('missing' in varnish) return context.skip(varnish.missing)
  await using front = varnish
  using folder = testFolder()
  const summary = await rehearsed(folder, front.url, { get: `${origin.url}stats`, member: 'fetches' })
  expect(objectiveOf(summary)).toMatchObject({ status: 'met', observed: 1 })
  expect(origin.fetches()).toBe(1)
})
