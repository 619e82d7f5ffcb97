// A slow oracle for holds and ramps with whole numbers in them: areas as integers, due times by halving, no rounding at all.
//
//   2000·A(t) = 2·from·t + (to − from)·t²/T,   with t = k nanoseconds, k a BigInt

/** Whole rates per second, whole ms. */
export type WholeLine = { readonly fromPerSec: number; readonly toPerSec: number; readonly lastingMs: number }

const nanosPerMs = 1_000_000n

/** Due times in whole ns: the first at which the area has reached 1, 2, 3 … */
export function exactDueNanos(lines: readonly WholeLine[]): bigint[] {
  const dueNanos: bigint[] = []
  let startNanos = 0n
  let owedBefore = 0n
  for (const line of lines) {
    const owedAfter = owedBefore + BigInt((line.fromPerSec + line.toPerSec) * line.lastingMs)
    for (let nth = owedBefore / 2000n + 1n; nth * 2000n <= owedAfter; nth += 1n) {
      dueNanos.push(startNanos + firstNano(line, nth * 2000n - owedBefore))
    }
    startNanos += BigInt(line.lastingMs) * nanosPerMs
    owedBefore = owedAfter
  }
  return dueNanos
}

/** `owed` is in 2000ths of an arrival. */
function firstNano(line: WholeLine, owed: bigint): bigint {
  const [from, to, lasting] = [BigInt(line.fromPerSec), BigInt(line.toPerSec), BigInt(line.lastingMs)]
  let low = 0n
  let high = lasting * nanosPerMs
  while (low < high) {
    const nano = (low + high) / 2n
    const area = 2n * from * nano * lasting * nanosPerMs + (to - from) * nano * nano
    if (area >= owed * lasting * nanosPerMs * nanosPerMs) high = nano
    else low = nano + 1n
  }
  return low
}
