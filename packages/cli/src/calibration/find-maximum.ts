// Finds the highest rate that is still sent cleanly, by asking about one rate after the other. Knows nothing of what is sent, or how.
//
//   from the start   ×2 while clean, ÷4 while not      until one clean rate stands below one that is not
//   then halving     √(clean × not clean)              until they are one twentieth apart
//
// A machine that others use too has bad seconds. A rate counts as not clean only when it was so twice running; one clean answer is
// believed, since no neighbour can make a generator better than it is.

/** What a rate came to: sent as planned, or held up by one of the two processes. */
export type Answered = 'clean' | 'generator' | 'target'

export type Bounds = {
  /** Where the search begins; put inside the other two. */
  readonly startPerSec: number
  readonly leastPerSec: number
  readonly mostPerSec: number
}

export type Found = {
  /** The highest rate that was seen clean; null when the least was not. */
  readonly cleanPerSec: number | null
  /** What held up the lowest rate that was not clean; `bounds`: even the most was, or the search was not allowed to ask further. */
  readonly limitedBy: Exclude<Answered, 'clean'> | 'bounds'
}

/** A clean rate and one that is not stay this far apart: finer than one second's chance can be told from the next one's. */
const finenessRatio = 0.05

/** Rates are whole numbers per second. Asks at most twice for each of some dozen rates. */
export async function findMaximum(bounds: Bounds, ask: (perSec: number) => Promise<Answered>): Promise<Found> {
  const askTwice = async (perSec: number): Promise<Answered> => ((await ask(perSec)) === 'clean' ? 'clean' : await ask(perSec))
  const { leastPerSec, mostPerSec } = bounds
  let clean = 0
  let broken = Number.POSITIVE_INFINITY
  let limitedBy: Found['limitedBy'] = 'bounds'
  let next: number | null = Math.round(Math.min(mostPerSec, Math.max(leastPerSec, bounds.startPerSec)))
  while (next !== null) {
    const answered = await askTwice(next)
    if (answered === 'clean') clean = next
    else {
      broken = next
      limitedBy = answered
    }
    next = nextRate(clean, broken, bounds)
  }
  return { cleanPerSec: clean === 0 ? null : clean, limitedBy }
}

/** Null: nothing more is to be learnt. `clean` is 0, and `broken` infinite, as long as there is none. */
function nextRate(clean: number, broken: number, { leastPerSec, mostPerSec }: Bounds): number | null {
  if (broken === Number.POSITIVE_INFINITY) return clean >= mostPerSec ? null : Math.min(mostPerSec, clean * 2)
  if (clean === 0) return broken <= leastPerSec ? null : Math.max(leastPerSec, Math.round(broken / 4))
  const middle = Math.round(Math.sqrt(clean * broken))
  return broken <= clean * (1 + finenessRatio) || middle <= clean || middle >= broken ? null : middle
}
