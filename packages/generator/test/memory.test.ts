import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { shopper } from '@doorbuster/plan'
import { expect, test } from 'vitest'
import { rehearse, serve } from './support/rehearsal.ts'

const mostBytes = 64

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Pieces of the run: a leak is in each of them, what the compiler or a new window takes is in one or another. */
const pieces = 8
const requestsInPiece = 1_000
const warmUpRequests = 3_000

/**
 * Bytes that are still in use for each request, in the middle one of the pieces of a run. A piece ends when so many were answered, however long
 * that takes: on a busy machine what has nothing to do with requests is spread over no fewer of them.
 */
async function keptBytesEach(given: Omit<Parameters<typeof rehearse>[0], 'target'>): Promise<number> {
  const looks: number[] = []
  let answered = 0
  let end = (): void => {}
  const shop = await serve((_, response) => {
    response.end('{"sku":"tv-55"}')
    answered++
    if (answered < warmUpRequests || (answered - warmUpRequests) % requestsInPiece !== 0 || looks.length > pieces) return
    collect()
    looks.push(process.memoryUsage().heapUsed)
    if (looks.length > pieces) end()
  })
  const withStop = (stop: (by: 'interrupt') => void): void => {
    end = () => stop('interrupt')
  }
  await rehearse({ target: shop.url, closed: { shoppers: 20, lasting: '60s' }, ...given }, { withStop })
  await shop.stop()
  expect(looks).toHaveLength(pieces + 1)
  const grown = looks.slice(1).map((usedBytes, piece) => usedBytes - (looks[piece] ?? usedBytes))
  const inOrder = grown.toSorted((a, b) => a - b)
  return (inOrder[pieces / 2] ?? Number.NaN) / requestsInPiece
}

const kept: object[] = []

// The smallest object that could be left behind by each request has 24 bytes; a leak of anything real has hundreds.
test.each([
  ['declared requests', { connections: 'shared' as const }],
  ['declared requests on connections of their own', { connections: 'per-shopper' as const }],
  ['journeys', { connections: 'shared' as const, shoppers: [shopper('a', async (s) => void (await s.get('/')).json())] }],
])('a run of %s keeps nothing of a request that is over', { timeout: 60_000 }, async (_, given) => {
  expect(await keptBytesEach(given)).toBeLessThan(mostBytes)
})

test('a journey that keeps a little of each answer is found out', { timeout: 60_000 }, async () => {
  const hoarder = shopper('a', async (s) => void kept.push({ status: (await s.get('/')).status, at: [s.arrival] }))
  expect(await keptBytesEach({ connections: 'shared', shoppers: [hoarder] })).toBeGreaterThan(mostBytes)
  kept.length = 0
})
