import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nullPaths, waitsMs } from '../../src/calibration/null-answers.ts'
import type { NullTarget } from '../../src/calibration/null-target-process.ts'
import { startNullTarget } from '../../src/calibration/null-target-process.ts'

let target: NullTarget

beforeAll(async () => {
  target = await startNullTarget()
})
afterAll(() => target.stop())

test('answers a page, a product and an order, each whole', async () => {
  const page = await fetch(target.url + nullPaths.bare)
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<!doctype html>')])
  const product = await fetch(target.url + nullPaths.product)
  expect(await product.json()).toMatchObject({ priceCents: 49_900 })
  const order = await fetch(target.url + nullPaths.orders, { method: 'POST', body: JSON.stringify({ sku: 'tv-55' }) })
  expect([order.status, await order.json()]).toEqual([201, expect.objectContaining({ state: 'accepted' })])
})

/** Sends the pieces in turns of their own (the kernel may join them all the same), and resolves when so many answers have come. */
function sendInPieces(socket: Socket, pieces: readonly string[], answers: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const sendFrom = (i: number): void => {
      const piece = pieces[i]
      if (piece !== undefined) socket.write(piece, () => setImmediate(() => sendFrom(i + 1)))
    }
    socket.once('error', reject)
    socket.on('data', (bytes) => {
      text += bytes.toString()
      if (answers.test(text)) resolve(text)
    })
    sendFrom(0)
  })
}

test('waits for the rest of a request that comes in pieces, and answers each once', async () => {
  const socket = connect({ port: Number(new URL(target.url).port), host: '127.0.0.1', noDelay: true })
  const order = await sendInPieces(socket, ['POST /orders HTTP/1.1\r\nhost: n\r\nContent-', 'Length: 4\r\n\r\nab', 'cd'], /accepted"}$/)
  const page = await sendInPieces(socket, ['GET / HTTP/1.1\r\nhost: n\r', '\n\r\n'], /<\/p>$/)
  socket.destroy()
  expect([order, page].map((text) => text.match(/HTTP\/1\.1 \d+/g))).toEqual([['HTTP/1.1 201'], ['HTTP/1.1 200']])
})

test('waits as it says: so many of each twenty, and never less', async () => {
  const took: number[] = []
  for (let i = 0; i < 20; i++) {
    const startedMs = performance.now()
    await (await fetch(target.url + nullPaths.waits)).text()
    took.push(performance.now() - startedMs)
  }
  const leastMs = waitsMs.flatMap(({ ofTwenty, waitMs }) => Array.from({ length: ofTwenty }, () => waitMs))
  expect(leastMs).toHaveLength(20)
  // Timers of Node may fire a fraction of a millisecond before their time.
  for (const [i, ms] of took.sort((a, b) => a - b).entries()) expect(ms).toBeGreaterThan((leastMs[i] ?? 0) - 1.5)
})

test('says how busy it was, from 0 to 1, and 0 when nobody asked for anything', async () => {
  await target.busyRatio()
  expect(await target.busyRatio()).toBe(0)
  for (let i = 0; i < 50; i++) await (await fetch(target.url)).text()
  const busyRatio = await target.busyRatio()
  expect(busyRatio).toBeGreaterThanOrEqual(0)
  expect(busyRatio).toBeLessThanOrEqual(1)
})

test('is gone when it is stopped', async () => {
  const short = await startNullTarget()
  await short.stop()
  await expect(fetch(short.url)).rejects.toThrow()
  await expect(short.busyRatio()).rejects.toThrow('the null target died')
})
