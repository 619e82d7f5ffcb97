import { brotliCompressSync, constants, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { unpack } from '../src/unpack.ts'

const text = 'sold out, '.repeat(500)
const said = (body: Uint8Array, coding: string | undefined): string => {
  const unpacked = unpack(body, coding)
  return unpacked.kind === 'bytes' ? unpacked.bytes.toString() : unpacked.cause
}

test.each([
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
] as const)('%s is undone', (coding, pack) => expect(said(pack(text), coding)).toBe(text))

test.each([undefined, '', 'identity', 'identity, ,'])('what came as it is stays so: %o', (coding) =>
  expect(said(Buffer.from(text), coding)).toBe(text),
)

test('codings are undone from the last to the first, in any case of letters', () => {
  expect(said(brotliCompressSync(gzipSync(text)), 'GZIP, br')).toBe(text)
  expect(said(brotliCompressSync(gzipSync(text)), 'br, gzip')).toBe('malformed:content-encoding')
})

test('a coding that nobody knows leaves the bytes as they came', () => expect(said(Buffer.from('abc'), 'x-shop')).toBe('abc'))

test.each([
  ['gzip', Buffer.from('no gzip at all')],
  ['br', gzipSync(text)],
  ['zstd', gzipSync(text)],
  ['gzip', gzipSync(text).subarray(0, 20)],
])('%s that is something else, or cut short, is malformed', (coding, body) => expect(said(body, coding)).toBe('malformed:content-encoding'))

test('more codings than anybody uses are malformed', () =>
  expect(said(Buffer.from('x'), 'gzip, gzip, gzip, gzip')).toBe('malformed:content-encoding'))

const bomb = Buffer.alloc(65 * 1024 * 1024)
test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', (body: Buffer) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
  ['zstd', zstdCompressSync],
] as const)('a bomb of %s is stopped at 64 MiB', (coding, pack) => {
  const packed = pack(bomb)
  expect(packed.length).toBeLessThan(bomb.length / 500)
  expect(said(packed, coding)).toBe('too-large')
})

test('a bomb in a bomb is stopped too', () => expect(said(gzipSync(gzipSync(bomb)), 'gzip, gzip')).toBe('too-large'))
