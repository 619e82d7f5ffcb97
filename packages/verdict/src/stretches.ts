// The contract between a span objective and its two ways of looking: `for` (in-a-row.ts) and `within` (moving.ts).
import type { Window } from '@doorbuster/measurements'
import type { EvidenceSum } from './evidence.ts'
import type { Seen } from './observe.ts'
import type { Finding } from './watch.ts'

/** One stretch of the span's length. `seen` reads what the next window changes: call it before, or never. */
export type Stretch = { readonly value: number; readonly startMs: number; readonly seen: () => Seen }

export interface Stretches {
  /** The stretch that ends with this window; null when none does. */
  push(window: Pick<Window, 'startMs' | 'lastingMs'>, evidence: EvidenceSum): Stretch | null
  /** One sentence about the worst stretch. */
  say(seen: Seen, startMs: number): string
  /** What to make of a scope in which no stretch counted: it was shorter than the span, say. */
  concludeShort(whole: Seen, breachMs: number): Finding
  destroy(): void
}
