// How often each thing happened to the requests of one scope. Knows nothing of time.

/** Whole numbers. Each is counted in the window in which we got to it: `due` when it was taken up (late by our lateness), `sent` when sent, outcomes when done. */
export type Counts = {
  due: number
  sent: number
  ok: number
  degraded: number
  failed: number
  dropped: number
  bytesIn: number
  bytesOut: number
  /**
   * What shoppers wanted, and their tries at it, the first included: attempts ÷ intents is the amplification. The polls of a waiting room
   * and what belongs to a page are requests (due), and neither.
   */
  intents: number
  attempts: number
}

export const noCounts = (): Counts => ({
  due: 0,
  sent: 0,
  ok: 0,
  degraded: 0,
  failed: 0,
  dropped: 0,
  bytesIn: 0,
  bytesOut: 0,
  intents: 0,
  attempts: 0,
})

export function hasHappened({ counts }: { readonly counts: Readonly<Counts> }): boolean {
  return Object.values(counts).some((count) => count > 0)
}
