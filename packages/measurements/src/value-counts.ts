// The buckets of a packed histogram one by one: which value, how often. Reads HdrHistogram's V2 payload as its log format describes it
// (https://github.com/HdrHistogram/HdrHistogram, "V2 encoding"); knows nothing of requests.

/** A value as HdrHistogram reports it: the highest that its bucket holds, in whole µs. */
export type ValueCount = { readonly valueUs: number; readonly count: number }

const headerBytes = 40

/** Three significant digits: 2,048 linear steps, and from there on 1,024 for each doubling. */
const halfBits = 10
const half = 2 ** halfBits

/** Buckets that hold something, the smallest value first. Expects a payload of this package's own layout. */
export function* valueCounts(payload: Uint8Array): Generator<ValueCount, void> {
  let at = headerBytes
  let index = 0
  while (at < payload.length) {
    const [written, next] = readLeb128(payload, at)
    at = next
    // ZigZag: an odd number stands for a negative one, and that for so many empty buckets.
    if (written % 2 === 1) index += (written + 1) / 2
    else if (written === 0) index++
    else yield { valueUs: highestAt(index++), count: written / 2 }
  }
}

function highestAt(index: number): number {
  const doubling = Math.floor(index / half) - 1
  if (doubling < 0) return index
  return ((index % half) + half + 1) * 2 ** doubling - 1
}

/** Arithmetic and no bit operations: counts may need more than 32 bits. The ninth byte, if there is one, is used whole. */
function readLeb128(bytes: Uint8Array, from: number): readonly [value: number, next: number] {
  let value = 0
  let weight = 1
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (at - from === 8) return [value + byte * weight, at + 1]
    value += (byte % 128) * weight
    if (byte < 128) return [value, at + 1]
    weight *= 128
  }
  return [0, bytes.length]
}
