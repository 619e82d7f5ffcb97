// When the origin's count is read: in the silence before a herd, and at the end of the silence behind it, where every fetch of it has ended.
//
//     ^      herd 1   ______   ^     herd 2   ______   ^
//   before            closes 1, opens 2         closes 2
import type { OriginFetches, RunEnd } from '@doorbuster/measurements'
import type { HerdSpan } from '@doorbuster/plan'
import type { OriginCount } from './origin-count.ts'

export type OriginBooksOptions = {
  readonly herds: readonly HerdSpan[]
  /** Never rejects. */
  readonly read: () => Promise<OriginCount>
  /** ms from the run's zero. */
  readonly now: () => number
  readonly tell: (figure: OriginFetches) => void
}

/** The answer must be there by `untilMs`, when the next thing begins. `herd` is the one that it closes; null: none. */
type Look = { readonly atMs: number; readonly untilMs: number; readonly herd: number | null }

/** A look is so long ahead of what comes next, or a quarter of the way to it. */
const aheadMs = 500
const everyMs = 20

export class OriginBooks {
  readonly #options: OriginBooksOptions
  readonly #looks: readonly Look[]
  #next = 0
  #last: OriginCount = { because: 'nothing was read before it' }
  #looking: Promise<void> | null = null
  #timer: NodeJS.Timeout | undefined

  constructor(options: OriginBooksOptions) {
    this.#options = options
    this.#looks = looksAround(options.herds)
  }

  /** Before the first arrival, for a herd that comes at once. */
  async before(): Promise<void> {
    const first = this.#looks[0]
    if (first !== undefined && first.atMs <= 0) await this.#look({ ...first, untilMs: Number.POSITIVE_INFINITY })
  }

  /** Once `now` counts from the run's zero, or is about to. */
  begin(): void {
    this.#timer = setInterval(() => {
      const look = this.#looks[this.#next]
      if (look === undefined) clearInterval(this.#timer)
      else if (this.#looking === null && this.#options.now() >= look.atMs) {
        this.#looking = this.#look(look).finally(() => {
          this.#looking = null
        })
      }
    }, everyMs)
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#looking
  }

  /** What had begun when the run ended is closed; what had not is not told of. */
  async after({ durationMs }: Pick<RunEnd, 'durationMs'>): Promise<void> {
    await this.stop()
    const look = this.#looks[this.#next]
    const herd = look?.herd ?? null
    if (look === undefined || herd === null || (this.#options.herds[herd - 1]?.startMs ?? 0) > durationMs) return
    await this.#look({ ...look, untilMs: Number.POSITIVE_INFINITY })
  }

  async #look({ untilMs, herd }: Look): Promise<void> {
    this.#next++
    const { read, now, tell } = this.#options
    const before = this.#last
    const found = await read()
    const atMs = now()
    this.#last = atMs > untilMs ? { because: 'the count came too late' } : found
    if (herd !== null) tell({ kind: 'origin', atMs, herd, ...between(before, this.#last) })
  }
}

function between(before: OriginCount, after: OriginCount): Pick<OriginFetches, 'before' | 'after' | 'because'> {
  const count = (of: OriginCount): number | null => ('count' in of ? of.count : null)
  const unread = [after, before].find((of) => 'because' in of)
  return { before: count(before), after: count(after), because: unread !== undefined && 'because' in unread ? unread.because : null }
}

/** Where one herd's silence ends and the next herd begins, one look closes the one and opens the other. */
function looksAround(herds: readonly HerdSpan[]): readonly Look[] {
  return herds.flatMap(({ startMs, untilMs }, index) => {
    const opens = herds[index - 1]?.untilMs === startMs ? [] : [{ atMs: startMs - aheadMs, untilMs: startMs, herd: null }]
    return [...opens, { atMs: untilMs - Math.min(aheadMs, (untilMs - startMs) / 4), untilMs, herd: index + 1 }]
  })
}
