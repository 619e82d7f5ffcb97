// What must be true of the counts whatever a shop does to shoppers who are impatient, try again and queue.
import type { Launch } from '@doorbuster/plan'
import { shopper } from '@doorbuster/plan'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Server } from './support/rehearsal.ts'
import { rehearse, serve } from './support/rehearsal.ts'

/** What the shop does with one request. */
const deeds = ['serve', 'queue', 'fail', 'cut', 'hang', 'late', 'closed'] as const
type Deed = (typeof deeds)[number]

const shops = fc.array(fc.constantFrom<Deed>(...deeds, 'serve', 'queue'), { minLength: 1, maxLength: 12 })
const patience = fc.record({
  notTold: fc.constantFrom('exp 20ms', '15ms'),
  told: fc.constant('exp 120ms'),
  closesSocket: fc.boolean(),
  reloads: fc.record({ chance: fc.constantFrom(0, 0.5, 1), most: fc.nat(2), gap: fc.constant('exp 5ms') }),
})
const retries = fc.record({ most: fc.nat(3), base: fc.constant('5ms'), budget: fc.constantFrom(null, 0.5) })
const behaviours = fc.record({ patience: fc.option(patience, { nil: undefined }), retries: fc.option(retries, { nil: undefined }) })
const rooms = fc.constantFrom<Launch['waitingRoom']>(undefined, {
  when: { header: 'x-queue' },
  closedWhen: { header: 'x-closed' },
  every: '100ms',
})

function shopOf(script: readonly Deed[]): Promise<Server> {
  let asked = 0
  return serve((request, response) => {
    const deed = script[asked++ % script.length]
    if (deed === 'hang') return
    if (deed === 'cut') return void request.socket.destroy()
    if (deed === 'queue') response.setHeader('x-queue', '1')
    if (deed === 'closed') response.setHeader('x-closed', '1')
    if (deed === 'fail') response.statusCode = 503
    if (deed === 'late') setTimeout(() => response.end('x'), 40)
    else response.end('x')
  })
}

test('nothing is lost and nothing counted twice, whatever the shop does', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(shops, behaviours, rooms, fc.boolean(), async (script, behaviour, waitingRoom, isDeclared) => {
      const shop = await shopOf(script)
      const steps = [
        { step: 'a', get: '/a' },
        { step: 'b', post: '/b', json: 1, think: '5ms' },
      ]
      const journey = shopper('coded', behaviour, async (s) => {
        await Promise.all([s.get('/a', { step: 'a' }), s.post('/b', { step: 'b', json: 1 })])
        void s.get('/c', { step: 'c' })
      })
      const shoppers = [isDeclared ? { name: 'declared', ...behaviour, steps } : journey]
      const { tally, scope } = await rehearse({
        target: shop.url,
        traffic: 'burst 6',
        drain: '300ms',
        timeout: '80ms',
        waitingRoom,
        shoppers,
      })
      await shop.stop()
      const { due, finished, gaveUp, turnedAway, threw, dropped, cut } = tally.shoppers
      expect([due, threw]).toEqual([6, 0])
      expect(finished + gaveUp + turnedAway + threw + dropped + cut).toBe(due)
      for (const step of ['a', 'b', 'c', 'a (queue)', 'b (queue)', 'c (queue)', undefined]) {
        const { counts, causes } = scope(step === undefined ? {} : { step })
        expect(counts.ok + counts.degraded + counts.failed + counts.dropped).toBe(counts.due)
        expect(counts.sent + counts.dropped).toBe(counts.due)
        expect(counts.intents).toBeLessThanOrEqual(counts.attempts)
        expect(counts.attempts).toBeLessThanOrEqual(counts.due)
        expect(Object.values(causes).reduce((sum, each) => sum + each, 0)).toBe(counts.failed + counts.dropped)
      }
      const number = (what: string): number => tally.counters[`waiting-room.${what}`]?.sum ?? 0
      expect(number('admitted') + number('gave-up')).toBeLessThanOrEqual(number('queued'))
      expect(tally.trends['gave-up.after']?.count ?? 0).toBe(gaveUp)
    }),
    { numRuns: 25 },
  )
})
