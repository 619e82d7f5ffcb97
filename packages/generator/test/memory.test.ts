import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { shopper } from '@doorbuster/plan'
import { expect, test } from 'vitest'
import { rehearse, serve } from './support/rehearsal.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes that are still in use for each request that was answered between the first and the third second of a run. */
async function keptBytesEach(given: Omit<Parameters<typeof rehearse>[0], 'target'>): Promise<number> {
  let answered = 0
  const shop = await serve((_, response) => {
    answered++
    response.end('{"sku":"tv-55"}')
  })
  const look = (): { readonly usedBytes: number; readonly answered: number } => {
    collect()
    return { usedBytes: process.memoryUsage().heapUsed, answered }
  }
  const looks: ReturnType<typeof look>[] = []
  for (const atMs of [1_200, 3_200]) setTimeout(() => looks.push(look()), atMs)
  await rehearse({ target: shop.url, closed: { shoppers: 20, lasting: '3500ms' }, ...given })
  await shop.stop()
  const [first, second] = looks
  if (first === undefined || second === undefined) throw new Error('the run was shorter than it was to be')
  expect(second.answered - first.answered).toBeGreaterThan(1_000)
  return (second.usedBytes - first.usedBytes) / (second.answered - first.answered)
}

// The smallest object that could be left behind by each request has 24 bytes; a leak of anything real has hundreds. A new connection costs
// more time, so there are fewer requests over which the compiler's own growth is spread.
test.each([
  ['declared requests', 64, { connections: 'shared' as const }],
  ['declared requests on connections of their own', 400, { connections: 'per-shopper' as const }],
  ['journeys', 100, { connections: 'shared' as const, shoppers: [shopper('a', async (s) => void (await s.get('/')).json())] }],
])('a run of %s keeps nothing of a request that is over', async (_, mostBytes, given) => {
  expect(await keptBytesEach(given)).toBeLessThan(mostBytes)
})
