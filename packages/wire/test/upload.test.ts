// Bodies that are read from a file while they are sent: whole, at the price of a piece, or not at all.
import { execFile } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import type { AddressInfo, Socket } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createHttp1Transport } from '../src/http1-transport.ts'
import type { WireAnswer } from '../src/transport.ts'
import { createUndiciTransport } from '../src/undici-transport.ts'
import { ask, optionsFor, requestTo, told } from './support/asking.ts'
import { okAnswer, startRawServer } from './support/raw-server.ts'

const run = promisify(execFile)
let folder: string
const ends: (() => Promise<unknown>)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doorbuster-upload-'))
})
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
  rmSync(folder, { recursive: true, force: true })
})

const written = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const post = (origin: string, file: string, bytes: number, create = createHttp1Transport): Promise<WireAnswer> => {
  const transport = create(optionsFor())
  ends.push(() => transport.close())
  return ask(transport, requestTo(origin, { method: 'POST', body: { file, bytes } }))
}

/** Answers once it has read as many body bytes as it was told, and stops reading after `stopsAt` of them. */
async function startCounter(stopsAt = Number.POSITIVE_INFINITY) {
  let got = 0
  let largest = 0
  let socket: Socket | null = null
  const server = createServer((opened) => {
    socket = opened
    let wanted = -1
    opened.on('error', () => {})
    opened.on('data', (piece) => {
      let bytes = piece.length
      if (wanted < 0) {
        const head = piece.toString('latin1')
        wanted = Number(/content-length: (\d+)/i.exec(head)?.[1])
        bytes -= head.indexOf('\r\n\r\n') + 4
      }
      got += bytes
      largest = Math.max(largest, process.memoryUsage.rss())
      if (got - bytes < stopsAt && got >= stopsAt) opened.pause()
      if (got === wanted) opened.write(okAnswer(String(got)))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => {
    socket?.destroy()
    return new Promise((resolve) => server.close(resolve))
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { origin, got: () => got, largest: () => largest, readOn: () => socket?.resume() }
}

const megabyte = 1024 * 1024

test.each([createHttp1Transport, createUndiciTransport])('a file arrives byte for byte: %o', async (create) => {
  const bodies: string[] = []
  const server = await startRawServer((socket, head) => {
    bodies.push(head.slice(head.indexOf('\r\n\r\n') + 4))
    socket.write(okAnswer('got it'))
  })
  ends.push(server.stop)
  const content = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256))
  const answer = await post(server.origin, written('any.bin', content), content.length, create)
  expect(told(answer)).toBe('200 got it')
  expect(bodies[0] === content.toString('latin1')).toBe(true)
  expect(answer.bytesOut).toBeGreaterThan(content.length)
})

test('an empty file is an empty body', async () => {
  const { origin } = await startCounter()
  expect(told(await post(origin, written('empty', ''), 0))).toBe('200 0')
})

test('a file of 300 MB costs a small part of that in memory, both ends and all garbage counted', async () => {
  const { origin, largest } = await startCounter()
  const path = written('large.bin', '')
  const bytes = 300 * megabyte
  truncateSync(path, bytes)
  const before = process.memoryUsage.rss()
  expect(told(await post(origin, path, bytes))).toBe(`200 ${bytes}`)
  expect(largest() - before).toBeLessThan(150 * megabyte)
})

test.each([
  ['shrank', (path: string) => truncateSync(path, 100)],
  ['is gone', (path: string) => rmSync(path)],
])('a file that %s since its length was told cannot be sent', async (_what, change) => {
  const { origin } = await startCounter()
  const path = written('changing.bin', 'x'.repeat(5_000))
  change(path)
  expect(told(await post(origin, path, 5_000))).toBe('unsendable')
})

/** Asks once, so that a socket is open; then takes every descriptor that is left, and sends the file on that socket. */
const starved = `
import { openSync } from 'node:fs'
const [origin, file, module] = process.argv.slice(1)
const { createHttp1Transport } = await import(module)
const transport = createHttp1Transport({ now: () => performance.now(), approved: () => ['127.0.0.1'], budget: { take: () => true, give() {} } })
const request = { origin, path: '/', headers: {}, timeoutMs: 5e3, connectTimeoutMs: 5e3, firstByteTimeoutMs: Infinity, keepBody: 'none' }
const ask = (change) => new Promise((landed) => transport.shared.send(transport.prepare({ ...request, ...change }), null, { landed }))
await ask({ method: 'GET', body: null })
try {
  for (;;) openSync('/dev/null')
} catch {}
const { kind, cause } = await ask({ method: 'POST', body: { file, bytes: 3 } })
process.stdout.write(kind + ' ' + cause)
process.exit()
`

test('a file that no descriptor is left for is unsent by our own lack', async () => {
  const server = await startRawServer((socket) => socket.write(okAnswer('ok')))
  ends.push(server.stop)
  const { href } = new URL('../src/http1-transport.ts', import.meta.url)
  const script = `ulimit -n 128; exec "$0" --input-type=module -e "$1" "$2" "$3" "$4"`
  const { stdout } = await run('sh', ['-c', script, process.execPath, starved, server.origin, written('small', 'abc'), href])
  expect(stdout).toBe('unsent descriptors')
})

test('a file that grows while it is sent cannot be sent', async () => {
  // The server stops reading, so that most of the file is still to be read when it grows.
  const { origin, got, readOn } = await startCounter(megabyte)
  const path = written('growing.bin', '')
  const bytes = 20 * megabyte
  truncateSync(path, bytes)
  const answer = post(origin, path, bytes)
  await expect.poll(got).toBeGreaterThanOrEqual(megabyte)
  appendFileSync(path, 'more')
  readOn()
  expect(told(await answer)).toBe('unsendable')
})
