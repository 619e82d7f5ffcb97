// What a shopper picks: evenly, by a share, or by rank, as people pick from a catalogue. Pure but for tables that are kept.

export function pick<Item>(list: readonly Item[], random: () => number): Item {
  if (list.length === 0) throw new RangeError('pick needs at least one to choose from')
  return list[Math.floor(random() * list.length)] as Item
}

/** @throws RangeError for what is no share */
export function chance(share: number, random: () => number): boolean {
  if (share >= 0 && share <= 1) return random() < share
  throw new RangeError(`a share is a number from 0 to 1, not ${share}`)
}

/** By Zipf's law: the n-th (n ≥ 1) has the weight n^−exponent. O(log n), after the first time for a length and exponent. */
export function zipf<Item>(list: readonly Item[], exponent: number, random: () => number): Item {
  if (list.length === 0) throw new RangeError('zipf needs at least one to choose from')
  if (!(exponent >= 0 && exponent < Number.POSITIVE_INFINITY)) throw new RangeError(`an exponent is a number from 0 on, not ${exponent}`)
  const sums = sumsOf(list.length, exponent)
  const wanted = random() * (sums.at(-1) as number)
  let low = 0
  let high = list.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sums[middle] as number) > wanted) high = middle
    else low = middle + 1
  }
  return list[low] as Item
}

/** Sums of the weights up to each rank, by exponent and length. A journey that makes up lengths must not fill the memory. */
const known = new Map<string, Float64Array>()
const mostKnown = 50

function sumsOf(length: number, exponent: number): Float64Array {
  const key = `${exponent} ${length}`
  const found = known.get(key)
  if (found !== undefined) return found
  const sums = new Float64Array(length)
  let sum = 0
  for (let rank = 1; rank <= length; rank++) {
    sum += rank ** -exponent
    sums[rank - 1] = sum
  }
  if (known.size >= mostKnown) known.clear()
  known.set(key, sums)
  return sums
}
