// What a histogram holds, bucket by bucket: the V2 payload of HdrHistogram read for sums that its library does not offer.
// Knows nothing of what was measured. Format: https://github.com/HdrHistogram/HdrHistogram, EncodableHistogram V2.
import type { Histogram } from './histogram.ts'

/** Three digits: 2,048 buckets of 1 µs, then 1,024 for each doubling. */
const halfBits = 10
const half = 1 << halfBits
const headerBytes = 40

/** Calls `visit` with the highest value of each bucket that is not empty, in µs, and its count, in rising order. */
export function eachBucket(histogram: Histogram, visit: (us: number, count: number) => void): void {
  if (histogram.count === 0) return
  const payload = histogram.pack()
  const length = new DataView(payload.buffer, payload.byteOffset, payload.byteLength).getInt32(4)
  const end = Math.min(payload.byteLength, headerBytes + length)
  let index = 0
  for (let at = headerBytes; at < end; ) {
    let zigzag = 0
    let weight = 1
    for (let byte = 0x80; byte >= 0x80 && at < end; weight *= 128) {
      byte = payload[at++] ?? 0
      zigzag += (byte & 0x7f) * weight
    }
    const isRunOfEmpty = zigzag % 2 === 1
    const value = Math.ceil(zigzag / 2)
    if (!isRunOfEmpty && value > 0) visit(highestUs(index), value)
    index += isRunOfEmpty ? value : 1
  }
}

function highestUs(index: number): number {
  if (index < 2 * half) return index
  const doubling = (index >> halfBits) - 1
  return ((index & (half - 1)) + half + 1) * 2 ** doubling - 1
}
