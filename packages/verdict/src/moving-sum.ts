// The sum of the last so many milliseconds of evidence, where taking a piece out again is impossible (histograms only add).
// A queue of two stacks: a piece is added about three times in its life, whatever the length of the span.
//
//   oldest                                           newest
//   [ a+b+c | b+c | c ]   sums from the right  +  [ d, e, f ] pieces, and their sum
//     leaves first                                  enters last
import { EvidenceSum } from './evidence.ts'

type Piece = { readonly startMs: number; readonly endMs: number; readonly evidence: EvidenceSum }

/** Keeps as many pieces as fit into the span, and one more. */
export class MovingSum {
  readonly #spanMs: number
  readonly #leaving: Piece[] = []
  readonly #entering: Piece[] = []
  readonly #enteringSum = new EvidenceSum()
  readonly #total = new EvidenceSum()
  readonly #free: EvidenceSum[] = []

  constructor(spanMs: number) {
    this.#spanMs = spanMs
  }

  /** Adds a copy of the evidence. Pieces that end a whole span before the new one's end are let go. */
  push(startMs: number, endMs: number, evidence: EvidenceSum): void {
    const copy = this.#free.pop() ?? new EvidenceSum()
    copy.add(evidence)
    this.#entering.push({ startMs, endMs, evidence: copy })
    this.#enteringSum.add(copy)
    for (let oldest = this.#oldest(); oldest !== undefined && oldest.endMs <= endMs - this.#spanMs; oldest = this.#oldest())
      this.#dropOldest()
  }

  /** Valid until the next call. */
  get sum(): EvidenceSum {
    this.#total.reset()
    const older = this.#leaving.at(-1)
    if (older !== undefined) this.#total.add(older.evidence)
    this.#total.add(this.#enteringSum)
    return this.#total
  }

  /** Start of the oldest piece in the sum; Infinity when there is none. */
  get startMs(): number {
    return this.#oldest()?.startMs ?? Number.POSITIVE_INFINITY
  }

  destroy(): void {
    for (const { evidence } of [...this.#leaving, ...this.#entering]) evidence.destroy()
    for (const evidence of [...this.#free, this.#enteringSum, this.#total]) evidence.destroy()
  }

  #oldest(): Piece | undefined {
    return this.#leaving.at(-1) ?? this.#entering[0]
  }

  #dropOldest(): void {
    if (this.#leaving.length === 0) this.#turnOver()
    const piece = this.#leaving.pop()
    if (piece === undefined) return
    piece.evidence.reset()
    this.#free.push(piece.evidence)
  }

  #turnOver(): void {
    for (let piece = this.#entering.pop(); piece !== undefined; piece = this.#entering.pop()) {
      const newer = this.#leaving.at(-1)
      if (newer !== undefined) piece.evidence.add(newer.evidence)
      this.#leaving.push(piece)
    }
    this.#enteringSum.reset()
  }
}
