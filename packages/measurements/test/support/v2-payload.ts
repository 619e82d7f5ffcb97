// A reader of HdrHistogram's compressed V2 payload, written from the format alone: it shares nothing with the library that wrote it.
//
//   base64 of   cookie, length, zlib of   cookie, payload length, normalizing offset, digits,   lowest, highest,   unit ratio,   counts
//               int32   int32             int32   int32           int32               int32     int64   int64      float64       zigzag LEB128
//
// All big-endian. A count below zero is a row of so many empty buckets. With 3 digits a bucket row halves from 2,048 cells:
// the first covers 0 to 2,047 one by one, each further row of 1,024 doubles the width.
import { inflateSync } from 'node:zlib'

export type V2Payload = {
  readonly header: {
    readonly offset: number
    readonly digits: number
    readonly lowest: bigint
    readonly highest: bigint
    readonly unitRatio: number
  }
  /** Count by the lowest value of its bucket. */
  readonly counts: ReadonlyMap<number, number>
}

export function readV2(base64: string): V2Payload {
  const framed = Buffer.from(base64, 'base64')
  expectCookie(framed.readInt32BE(0), 0x1c849314)
  if (framed.readInt32BE(4) !== framed.length - 8) throw new Error('the frame has another length than it says')
  const bytes = inflateSync(framed.subarray(8))
  expectCookie(bytes.readInt32BE(0), 0x1c849313)
  const payload = bytes.subarray(40)
  if (bytes.readInt32BE(4) !== payload.length) throw new Error('the payload has another length than it says')
  const header = {
    offset: bytes.readInt32BE(8),
    digits: bytes.readInt32BE(12),
    lowest: bytes.readBigInt64BE(16),
    highest: bytes.readBigInt64BE(24),
    unitRatio: bytes.readDoubleBE(32),
  }
  return { header, counts: countsIn(payload) }
}

/** The lowest value of the bucket in which a value is counted. */
export function bucketOf(value: number): number {
  const width = 2 ** Math.max(0, Math.floor(Math.log2(Math.max(1, value))) - 10)
  return Math.floor(value / width) * width
}

function countsIn(payload: Uint8Array): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  let index = 0
  for (let at = 0; at < payload.length; ) {
    const { value, next } = zigzagAt(payload, at)
    at = next
    if (value > 0) counts.set(lowestAt(index), value)
    index += value < 0 ? -value : 1
  }
  return counts
}

function lowestAt(index: number): number {
  const row = Math.floor(index / 1_024) - 1
  return row < 0 ? index : ((index % 1_024) + 1_024) * 2 ** row
}

function zigzagAt(payload: Uint8Array, start: number): { readonly value: number; readonly next: number } {
  let folded = 0n
  let at = start
  for (let shift = 0n; ; shift += 7n) {
    const byte = BigInt(payload[at++] ?? 0)
    // The ninth byte has no flag: all of its eight bits count.
    const isLast = shift === 56n || byte < 0x80n
    folded |= (isLast ? byte : byte & 0x7fn) << shift
    if (isLast) break
  }
  return { value: Number((folded >> 1n) ^ -(folded & 1n)), next: at }
}

function expectCookie(found: number, expected: number): void {
  if (found !== expected) throw new Error(`expected the cookie ${expected.toString(16)}, received ${found.toString(16)}`)
}
