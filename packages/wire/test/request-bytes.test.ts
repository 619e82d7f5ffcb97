import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PreparedRequest } from '../src/request-bytes.ts'
import type { Patch, WireRequest } from '../src/transport.ts'

const request = (change: Partial<WireRequest> = {}): WireRequest => ({
  origin: 'http://shop.test:4000',
  method: 'GET',
  path: '/',
  headers: {},
  body: null,
  timeoutMs: 1_000,
  connectTimeoutMs: 1_000,
  firstByteTimeoutMs: Number.POSITIVE_INFINITY,
  keepBody: 'none',
  ...change,
})

/** One character a byte; null: it cannot be sent. */
function sent(change: Partial<WireRequest>, patch: Patch | null = null): string | null {
  const bytes = new PreparedRequest(request(change), 0).bytesOf(patch)?.bytes
  return bytes === undefined ? null : typeof bytes === 'string' ? bytes : bytes.toString('latin1')
}

test('a request is its line, its host, its headers and an empty line', () => {
  expect(sent({ path: '/p?q=1', headers: { 'x-run': 'r1' } })).toBe('GET /p?q=1 HTTP/1.1\r\nhost: shop.test:4000\r\nx-run: r1\r\n\r\n')
})

test('the host may be another one, in any case of its name', () => {
  expect(sent({ headers: { Host: 'other.test' } })).toBe('GET / HTTP/1.1\r\nHost: other.test\r\n\r\n')
  expect(sent({}, { headers: { HOST: 'other.test' } })).toBe('GET / HTTP/1.1\r\nHOST: other.test\r\n\r\n')
  expect(sent({ headers: { Host: 'other.test' } }, { headers: { host: 'third.test' } })).toBe('GET / HTTP/1.1\r\nhost: third.test\r\n\r\n')
})

test.each([
  ['GET', null, ''],
  ['HEAD', null, ''],
  ['DELETE', null, ''],
  ['POST', null, 'content-length: 0\r\n'],
  ['PUT', null, 'content-length: 0\r\n'],
  ['PATCH', null, 'content-length: 0\r\n'],
  ['GET', '', 'content-length: 0\r\n'],
  ['POST', 'abc', 'content-length: 3\r\n'],
  ['POST', 'z\u00fc\u20ac', 'content-length: 6\r\n'],
  ['POST', new Uint8Array([0, 255]), 'content-length: 2\r\n'],
] as const)('%s with %j says how long it is', (method, body, line) => {
  const head = `${method} / HTTP/1.1\r\nhost: shop.test:4000\r\n${line}\r\n`
  const bytes = body === null ? '' : Buffer.from(body).toString('latin1')
  expect(sent({ method, body })).toBe(head + bytes)
  expect(sent({ method }, { body })).toBe(head + bytes)
})

test('how long a message is, is said by us alone', () => {
  const lies = { 'Content-Length': '7', 'TRANSFER-ENCODING': 'chunked' }
  const honest = 'POST / HTTP/1.1\r\nhost: shop.test:4000\r\ncontent-length: 1\r\n\r\nx'
  expect(sent({ method: 'POST', headers: lies, body: 'x' })).toBe(honest)
  expect(sent({ method: 'POST', body: 'x' }, { headers: lies })).toBe(honest)
})

test('a patch changes nothing for the next sending', () => {
  const prepared = new PreparedRequest(request({ headers: { cookie: 'a' } }), 0)
  const before = prepared.bytesOf(null)
  prepared.bytesOf({ path: '/other', headers: { Cookie: 'b' }, body: 'x' })
  expect(prepared.bytesOf(null)).toEqual(before)
})

/** Text that would end a line or begin a header, and text that is harmless. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('\r', '\n', '\0', ' ', '\t', ':', '/', 'a', 'H', '\u00e9', '\u20ac', '\u010d', '\u010a') }),
)

/** The one message that a server would find, or null when there is something behind or before it. */
function onlyMessage(text: string): { readonly line: string; readonly headers: readonly string[]; readonly rest: string } {
  const end = text.indexOf('\r\n\r\n')
  const [line = '', ...headers] = text.slice(0, end).split('\r\n')
  return { line, headers, rest: text.slice(end + 4) }
}

test('no method, path or header can put in a line of its own, prepared or in a patch', () => {
  const part = fc.record({ path: hostile, name: hostile, value: hostile, method: hostile, where: fc.constantFrom('prepared', 'patched') })
  fc.assert(
    fc.property(part, ({ path, name, value, method, where }) => {
      const change = { path: `/${path}`, headers: { [name]: value } }
      const text = where === 'prepared' ? sent({ ...change, method }) : sent({ method }, change)
      if (text === null) return
      const { line, headers, rest } = onlyMessage(text)
      const own = /^(?:content-length|transfer-encoding)$/i.test(name) ? [] : [`${name}: ${value}`]
      const host = name.toLowerCase() === 'host' ? [] : ['host: shop.test:4000']
      expect(line).toBe(`${method} /${path} HTTP/1.1`)
      expect(headers.filter((each) => each !== 'content-length: 0')).toEqual([...host, ...own])
      expect(rest).toBe('')
      expect(text).toMatch(/^[^\0]*$/)
      expect(text.split('\r\n').every((each) => !/[\r\n]/.test(each))).toBe(true)
    }),
    { numRuns: 5_000, examples: [[{ path: 'a b', name: 'x', value: 'y', method: 'GET', where: 'prepared' }]] },
  )
})

test('what is harmless can be sent', () => {
  const token = fc.string({ unit: fc.constantFrom(...'abcXYZ019-_.~'), minLength: 1, maxLength: 20 })
  const value = fc.string({ unit: fc.constantFrom(...'abc XYZ;=,"\t\u00e9'), maxLength: 40 })
  fc.assert(fc.property(token, token, value, (path, name, text) => sent({ path: `/${path}`, headers: { [name]: text } }) !== null))
})

test('a connection that the request closes is told by option, in any case, and not by what looks like it', () => {
  const closes = (value: string, name = 'Connection'): boolean =>
    new PreparedRequest(request({ headers: { [name]: value } }), 0).closesWith(null)
  expect(['close', 'CLOSE', 'x-a, close', 'close,x-a', ' close '].map((value) => closes(value))).toEqual([true, true, true, true, true])
  expect(['keep-alive', 'closed', 'x-close', ''].map((value) => closes(value))).toEqual([false, false, false, false])
  expect(closes('close', 'X-Connection')).toBe(false)
})

test('a patch may ask for the end of a connection, and take back that it was asked for', () => {
  const closes = (prepared: string, patch: Patch | null): boolean =>
    new PreparedRequest(request({ headers: { connection: prepared } }), 0).closesWith(patch)
  expect(closes('close', { headers: { Connection: 'keep-alive' } })).toBe(false)
  expect(closes('keep-alive', { headers: { Connection: 'close' } })).toBe(true)
  expect(closes('close', { headers: { cookie: 'a' } })).toBe(true)
  expect(closes('close', { path: '/other' })).toBe(true)
})
