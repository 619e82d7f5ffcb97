// A fingerprint of the due times: equal on every machine for the same traffic, spacing and seed.
//
// Due times are hashed as whole µs. Formulas with logarithms and powers may differ in a double's last digit between
// builds of the JavaScript engine; a µs is about 10⁵ times coarser than that, even a day into a run, and finer than any
// clock that the times are kept by.
//
// Bounded work: every due time up to 10⁶ of them. Of more, every k-th when evenly spaced (each is one jump of the
// cursor), else the first 10⁶, since the gaps before a Poisson arrival must all be drawn. The rule is part of the text.
import { createHash } from 'node:crypto'
import type { ArrivalSource } from './arrivals.ts'
import { arrivals } from './arrivals.ts'
import { outline } from './outline.ts'
import { stripe } from './stripe.ts'

const most = 1_000_000
const chunkLength = 8192

/** SHA-256 in hex of a line with the rule and the whole arrivals owed, then of each chosen due time in µs as a little-endian double. */
export function hashArrivals(source: ArrivalSource): string {
  const { count } = outline(source.traffic)
  const every = source.spacing === 'even' ? Math.max(1, Math.ceil(count / most)) : 1
  const rule = source.spacing === 'even' ? `every ${every}` : `first ${most}`
  const hash = createHash('sha256').update(`doorbuster arrivals 1, ${source.spacing}, ${rule}, of ${count}\n`)
  for (const chunk of dueMicros(source, every)) hash.update(chunk)
  return hash.digest('hex')
}

/** In chunks: one buffer of 64 KiB is filled again and again. */
function* dueMicros(source: ArrivalSource, every: number): Generator<Uint8Array, void> {
  const cursor = arrivals(source, stripe(0, every))
  const chunk = new DataView(new ArrayBuffer(chunkLength * 8))
  let length = 0
  for (let taken = 0; taken < most && cursor.advance(); taken += 1) {
    chunk.setFloat64(length * 8, Math.round(cursor.dueMs * 1000), true)
    length += 1
    if (length < chunkLength) continue
    yield new Uint8Array(chunk.buffer)
    length = 0
  }
  yield new Uint8Array(chunk.buffer, 0, length * 8)
}
