// Latencies counted in buckets: HdrHistogram (WebAssembly) with three significant digits, plus the exact minimum, maximum and sum.
// Whole µs inside, fractional ms at every border. Knows nothing of requests.
import { deflateSync, inflateSync } from 'node:zlib'
import { build, initWebAssemblySync, WasmHistogram } from 'hdr-histogram-js'
import type { Pct } from './pct.ts'
import { pctIntervals } from './pct.ts'
import type { ValueCount } from './value-counts.ts'
import { valueCounts } from './value-counts.ts'

/** Values above one hour are counted as one hour; the exact maximum is kept all the same. */
const ceilingUs = 3600e6

/** What a histogram cannot say exactly of itself: [count, sum, min, max] in whole µs. */
export type Moments = readonly [count: number, sumUs: number, minUs: number, maxUs: number]

/**
 * A set of durations. Percentiles are within 0.1 % of the exact ones; count, mean, minimum and maximum are exact to 1 µs.
 * Lives outside the garbage collector's reach: whoever creates many of them calls `destroy`.
 */
export class Histogram {
  readonly #hdr: WasmHistogram
  #count = 0
  #sumUs = 0
  #minUs = Number.POSITIVE_INFINITY
  #maxUs = 0

  private constructor(hdr: WasmHistogram) {
    this.#hdr = hdr
  }

  static create(): Histogram {
    initWebAssemblySync()
    return new Histogram(build({ ...layout, useWebAssembly: true }) as WasmHistogram)
  }

  /** Reads what `encode` wrote, or any compressed V2 payload in base64. Throws for anything else. */
  static decode(base64: string, moments?: Moments): Histogram {
    const framed = Buffer.from(base64, 'base64')
    if (framed.length < 8 || framed.readInt32BE(0) !== compressedV2Cookie) throw new Error('no compressed V2 payload of HdrHistogram')
    return Histogram.unpack(inflateSync(framed.subarray(8), { maxOutputLength: mostPayloadBytes }), moments)
  }

  /**
   * Reads what `pack` gave, or any V2 payload; `moments` restores what the buckets only know roughly. Throws for anything else, and
   * when the buckets hold another number of samples than the moments say.
   */
  static unpack(payload: Uint8Array, moments?: Moments): Histogram {
    initWebAssemblySync()
    const hdr = WasmHistogram.decode(payload, 32, 0) as WasmHistogram
    // Decoded ones refuse larger values; this one may be added to like any other.
    hdr.autoResize = true
    const { totalCount } = hdr
    // Asked for only when needed: the mean walks over all buckets, which costs more than the decoding.
    const [count, sumUs, minUs, maxUs] = moments ?? [totalCount, hdr.mean * totalCount, hdr.minNonZeroValue, hdr.maxValue]
    const histogram = new Histogram(hdr)
    if (count !== totalCount) {
      histogram.destroy()
      throw new Error(`expected ${count} samples, received ${totalCount}`)
    }
    histogram.#count = count
    histogram.#sumUs = sumUs
    histogram.#minUs = count === 0 ? Number.POSITIVE_INFINITY : minUs
    histogram.#maxUs = maxUs
    return histogram
  }

  /** A negative duration (a clock that was read twice in the wrong order) counts as zero. */
  recordMs(durationMs: number): void {
    const us = durationMs > 0 ? Math.round(durationMs * 1e3) : 0
    this.#hdr.recordValue(Math.min(us, ceilingUs))
    this.#count++
    this.#sumUs += us
    if (us < this.#minUs) this.#minUs = us
    if (us > this.#maxUs) this.#maxUs = us
  }

  get count(): number {
    return this.#count
  }

  get meanMs(): number | null {
    return this.#count === 0 ? null : this.#sumUs / this.#count / 1e3
  }

  get minMs(): number | null {
    return this.#count === 0 ? null : this.#minUs / 1e3
  }

  get maxMs(): number | null {
    return this.#count === 0 ? null : this.#maxUs / 1e3
  }

  get moments(): Moments {
    return [this.#count, this.#sumUs, this.#count === 0 ? 0 : this.#minUs, this.#maxUs]
  }

  /** The value below or at which `percent` (0 to 100) of the samples lie, in ms; null without samples. */
  percentileMs(percent: number): number | null {
    if (this.#count === 0) return null
    return this.valueAtRankMs(Math.max(1, Math.ceil((percent / 100) * this.#count - 1e-9)))
  }

  /** The `rank`-th smallest sample (1 ≤ rank ≤ count), in ms. */
  valueAtRankMs(rank: number): number {
    if (rank <= 1) return this.#minUs / 1e3
    if (rank >= this.#count) return this.#maxUs / 1e3
    const us = this.#hdr.getValueAtPercentile((100 * rank) / this.#count)
    return Math.min(this.#maxUs, Math.max(this.#minUs, us)) / 1e3
  }

  add(other: Histogram): void {
    if (other.#count === 0) return
    this.#hdr.add(other.#hdr)
    this.#count += other.#count
    this.#sumUs += other.#sumUs
    if (other.#minUs < this.#minUs) this.#minUs = other.#minUs
    if (other.#maxUs > this.#maxUs) this.#maxUs = other.#maxUs
  }

  reset(): void {
    if (this.#count === 0) return
    this.#hdr.reset()
    this.#count = 0
    this.#sumUs = 0
    this.#minUs = Number.POSITIVE_INFINITY
    this.#maxUs = 0
  }

  pct(): Pct {
    return {
      count: this.#count,
      mean: this.meanMs,
      min: this.minMs,
      p50: this.percentileMs(50),
      p90: this.percentileMs(90),
      p95: this.percentileMs(95),
      p99: this.percentileMs(99),
      p999: this.percentileMs(99.9),
      max: this.maxMs,
      ...(this.#count > 0 && { intervals: pctIntervals(this.#count, (rank) => this.valueAtRankMs(rank)) }),
    }
  }

  /** The V2 payload of HdrHistogram as it is, a copy: half the cost of `encode`, for another thread of this process. */
  pack(): Uint8Array {
    const payload = this.#hdr.encode()
    // The library writes a normalizing offset of 1 and a near-zero unit ratio into the header; other readers take both at their word.
    const header = new DataView(payload.buffer, payload.byteOffset, payload.byteLength)
    header.setInt32(8, 0)
    header.setFloat64(32, 1)
    return payload
  }

  /** How many samples lie up to the first edge, between each two, and above the last; edges rise. Within 0.1 % of an edge either side may be told. */
  countsBetween(edgesMs: readonly number[]): readonly number[] {
    const counts = new Array<number>(edgesMs.length + 1).fill(0)
    let place = 0
    for (const { valueUs, count } of this.values()) {
      while (valueUs / 1e3 > (edgesMs[place] ?? Number.POSITIVE_INFINITY)) place++
      counts[place] = (counts[place] ?? 0) + count
    }
    return counts
  }

  /** The compressed V2 payload of HdrHistogram in base64, as in an interval log. */
  encode(): string {
    const compressed = deflateSync(this.pack())
    const framed = Buffer.alloc(8 + compressed.length)
    framed.writeInt32BE(compressedV2Cookie, 0)
    framed.writeInt32BE(compressed.length, 4)
    compressed.copy(framed, 8)
    return framed.toString('base64')
  }

  /** Which values were counted how often, the smallest first; each within 0.1 %, and never beyond the exact maximum. */
  *values(): Generator<ValueCount, void> {
    if (this.#count === 0) return
    for (const { valueUs, count } of valueCounts(this.pack())) yield { valueUs: Math.min(valueUs, this.#maxUs), count }
  }

  destroy(): void {
    this.#hdr.destroy()
  }
}

const compressedV2Cookie = 0x1c849314
/** All buckets up to an hour, 9 bytes each, are a quarter of this: a larger payload is none of ours. */
const mostPayloadBytes = 1 << 20
const layout = {
  bitBucketSize: 32,
  autoResize: true,
  lowestDiscernibleValue: 1,
  highestTrackableValue: 2,
  numberOfSignificantValueDigits: 3,
} as const
