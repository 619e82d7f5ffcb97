import { request } from 'node:http'
import { expect, test } from 'vitest'
import type { TestServer } from './support/servers.ts'
import { answering, failingEvery, freezing, HOSTILE_ANSWERS, resetting, sending, serve, silent, untilThawMs } from './support/servers.ts'

test('a server answers with the bytes asked for, and counts', async () => {
  await using server = await answering({ bodyBytes: 600 })
  const bodies = await Promise.all([1, 2, 3].map(async () => (await fetch(server.url)).text()))
  expect(bodies.map((body) => body.length)).toEqual([600, 600, 600])
  expect(server.seen()).toBe(3)
})

test('a stopped server refuses connections, though one was open', async () => {
  const server = await answering()
  await fetch(server.url)
  await server.stop()
  await expect(fetch(server.url)).rejects.toThrow('fetch failed')
})

test('of six requests, a server that fails every third fails two', async () => {
  await using server = await failingEvery(3, 503)
  const statuses: number[] = []
  for (let n = 0; n < 6; n++) statuses.push((await fetch(server.url)).status)
  expect(statuses).toEqual([200, 200, 503, 200, 200, 503])
})

test.each([
  [0, 0],
  [3_999, 0],
  [4_000, 2_000],
  [5_500, 500],
  [6_000, 0],
  [14_500, 1_500],
])('frozen for 2 of every 10 s, a request that comes after %d ms waits %d ms', (sinceFirstMs, waitsMs) => {
  expect(untilThawMs(sinceFirstMs, { freezeMs: 2_000, everyMs: 10_000 })).toBe(waitsMs)
})

test('a server that is always frozen holds its first answer until the thaw', async () => {
  await using server = await freezing({ answerMs: 0, freezeMs: 50, everyMs: 50 })
  const startedMs = performance.now()
  expect((await fetch(server.url)).status).toBe(200)
  // A timer may fire up to 1 ms early.
  expect(performance.now() - startedMs).toBeGreaterThan(48)
})

test('a silent server takes the request and gives nothing back', async () => {
  await using server = await silent()
  const answer = fetch(server.url).then(
    () => 'answered',
    () => 'cut off',
  )
  while (server.seen() === 0) await new Promise(setImmediate)
  await server.stop()
  expect(await answer).toBe('cut off')
})

test('a resetting server tears the connection', async () => {
  await using server = await resetting()
  await expect(statusOf(server)).rejects.toMatchObject({ code: 'ECONNRESET' })
})

test('raw bytes reach the client as they are', async () => {
  await using server = await sending('HTTP/1.1 299 Strange\r\nContent-Length: 0\r\n\r\n')
  expect(await statusOf(server)).toBe(299)
  expect(server.seen()).toBe(1)
})

const { 'markup in status, header and body': markup, ...unreadable } = HOSTILE_ANSWERS

test.each(Object.entries(unreadable))('an HTTP client that reads strictly refuses %s', async (_, bytes) => {
  await using server = await sending(bytes)
  await expect(fetch(server.url).then((response) => response.text())).rejects.toThrow()
})

test('markup comes through in status line, header and body', async () => {
  await using server = await sending(markup)
  const response = await fetch(server.url)
  expect(response.statusText).toBe('<script>alert(1)</script>')
  expect(response.headers.get('x-note')).toContain('onerror=')
  expect(await response.text()).toBe('<script>alert(2)</script>')
})

test('a listener of our own sees the request', async () => {
  await using server = await serve((incoming, response) => response.end(incoming.url))
  expect(await (await fetch(`${server.url}some/path`)).text()).toBe('/some/path')
})

function statusOf(server: TestServer): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(server.url, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end()
  })
}
