// Devices in a real run: what the shop sees of a slow line, and where it is counted.
import { shopper } from '@doorbuster/plan'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Rehearsal, Server } from './support/rehearsal.ts'
import { rehearse, serve } from './support/rehearsal.ts'

let shop: Server
beforeAll(async () => {
  shop = await serve((request, response) => response.end(request.url === '/big' ? 'x'.repeat(50_000) : 'x'))
})
afterAll(() => shop.stop())

const cut = ({ tally }: Rehearsal, name: string) => {
  const found = tally.cuts('device').find((each) => each.name === name)
  if (found === undefined) throw new Error(`no cut ${name}`)
  return found
}
const two = { phone: { share: 0.5, rtt: '60ms' }, desk: { share: 0.5 } }

test('each device has percentiles of its own, which the blend hides', async () => {
  const run = await rehearse({
    target: shop.url,
    traffic: 'hold 100/s for 400ms',
    shoppers: [
      shopper('a', { devices: two }, [
        { step: 'one', get: '/' },
        { step: 'two', get: '/' },
      ]),
    ],
  })
  const [phone, desk] = [cut(run, 'phone'), cut(run, 'desk')]
  expect(phone.counts.ok + desk.counts.ok).toBe(80)
  expect([phone.counts.ok > 0, desk.counts.ok > 0]).toEqual([true, true])
  // A round trip on an open connection, and one more on a new one.
  expect(phone.response.percentileMs(1)).toBeGreaterThanOrEqual(58)
  expect(phone.response.percentileMs(90)).toBeGreaterThanOrEqual(118)
  expect(desk.response.percentileMs(50)).toBeLessThan(58)
})

test('visits are counted by device too, from being due to leaving', async () => {
  const run = await rehearse({
    target: shop.url,
    traffic: 'burst 20',
    shoppers: [shopper('a', { devices: two }, async (s) => void (await s.get('/')))],
  })
  const visits = [cut(run, 'phone (visits)'), cut(run, 'desk (visits)')]
  expect(visits.map(({ counts: { due, ok } }) => due - ok)).toEqual([0, 0])
  expect(visits.reduce((sum, { counts }) => sum + counts.ok, 0)).toBe(20)
  expect(visits[0]?.response.percentileMs(1)).toBeGreaterThanOrEqual(118)
})

test('the response time is what the shopper feels, the service time is what the server took', async () => {
  const { scope } = await rehearse({
    target: shop.url,
    traffic: 'burst 5',
    shoppers: [shopper('a', { devices: { phone: { share: 1, rtt: '80ms' } } }, [{ get: '/' }])],
  })
  const { response, service, counts } = scope()
  expect(counts.ok).toBe(5)
  expect(response.percentileMs(1)).toBeGreaterThanOrEqual(158)
  expect(service.percentileMs(99)).toBeLessThan((response.percentileMs(1) ?? 0) - 100)
})

test('a slow reader takes as long for a page as its line needs', async () => {
  const { scope } = await rehearse({
    target: shop.url,
    traffic: 'burst 3',
    shoppers: [shopper('a', { devices: { phone: { share: 1, downBytesPerSec: 250_000 } } }, [{ get: '/big' }])],
  })
  // 50,000 bytes at 250,000/s.
  expect(scope().response.percentileMs(1)).toBeGreaterThanOrEqual(198)
})

test('a journey knows its device, and a class without devices has none', async () => {
  const seen = new Set<string | null>()
  await rehearse({
    target: shop.url,
    traffic: 'burst 40',
    shoppers: [
      shopper('a', { devices: { phone: { share: 1 } } }, (s) => void seen.add(`a ${s.device}`)),
      shopper('b', (s) => void seen.add(`b ${s.device}`)),
    ],
  })
  expect([...seen].sort()).toEqual(['a phone', 'b null'])
})

test('a class may give up earlier than the plan, and think faster', async () => {
  const slow = await serve((_, response) => setTimeout(() => response.end('x'), 400))
  const { scope, end } = await rehearse({
    target: slow.url,
    traffic: 'burst 1',
    shoppers: [shopper('a', { timeout: '50ms', thinkFactor: 0.001 }, [{ get: '/', think: '30s' }, { get: '/' }])],
  })
  await slow.stop()
  expect(scope().causes).toEqual({ timeout: 2 })
  expect(end.durationMs).toBeLessThan(5_000)
})
