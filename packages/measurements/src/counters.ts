// Numbers that a journey, or the generator beside its requests, counts under a name of its own.
import { byName, summedName } from './by-name.ts'

/** How often a number was given, and what the numbers came to. */
export type Counter = { count: number; sum: number; min: number; max: number }

export const noCounter = (): Counter => ({ count: 0, sum: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY })

export function addNumber(into: Counter, value: number): void {
  into.count++
  into.sum += value
  if (value < into.min) into.min = value
  if (value > into.max) into.max = value
}

export function addCounters(into: Record<string, Counter>, from: Readonly<Record<string, Readonly<Counter>>>): void {
  for (const [name, { count, sum, min, max }] of Object.entries(from)) {
    const place = summedName(into, name)
    const known = into[place] ?? noCounter()
    into[place] = known
    known.count += count
    known.sum += sum
    if (min < known.min) known.min = min
    if (max > known.max) known.max = max
  }
}

/** ms that shoppers' own links added to answers that did not fail: these were under way so long, and no server needed it. */
export const linkMsCounter = 'link.ms'

export const noCounters = (): Record<string, Counter> => byName()
