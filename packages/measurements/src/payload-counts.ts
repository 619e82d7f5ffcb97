// The buckets of a histogram, read out of its V2 payload, since the WebAssembly one cannot be asked for them. Knows three digits alone.
// Format: https://github.com/HdrHistogram/HdrHistogram/blob/master/src/main/java/org/HdrHistogram/AbstractHistogram.java (encodeIntoByteBuffer):
// 40 bytes of header, then a ZigZag LEB128 number for each count, negative for so many empty buckets.

const headerBytes = 40
/** With three digits every power of two has 1,024 buckets, the first two share 2,048. */
const half = 1_024

/** Calls `visit` with the lowest value (whole µs) and the count of every bucket that is not empty, in rising order. */
export function eachCount(payload: Uint8Array, visit: (us: number, count: number) => void): void {
  let index = 0
  for (let at = headerBytes; at < payload.length; ) {
    let coded = 0
    let scale = 1
    let byte: number
    do {
      byte = payload[at++] ?? 0
      coded += (byte & 0x7f) * scale
      scale *= 128
    } while (byte >= 0x80 && at < payload.length)
    // An odd code is a negative number: −(n + 1) ÷ 2.
    if (coded % 2 === 1) index += (coded + 1) / 2
    else {
      if (coded > 0) visit(lowestUs(index), coded / 2)
      index++
    }
  }
}

function lowestUs(index: number): number {
  const row = Math.max(0, Math.floor(index / half) - 1)
  return (index - row * half) * 2 ** row
}
