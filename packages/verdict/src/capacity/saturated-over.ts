// Which of the target's own figures came to their limit over the levels of a search, and from which rate on. Knows nothing of pages or of how
// one level was judged.
import type { CapacityLevel, CapacityResult } from './capacity-form.ts'

type Reached = NonNullable<CapacityResult['saturated']>[number]
type Read = { readonly level: CapacityLevel; readonly saturated: NonNullable<CapacityLevel['saturated']> }

/** The first to come to its limit first; null: no level read anything. */
export function saturatedOver(levels: readonly CapacityLevel[]): readonly Reached[] | null {
  const read = levels.flatMap((level) =>
    level.saturated === undefined || level.standing === 'invalid' ? [] : [{ level, saturated: level.saturated }],
  )
  if (read.length === 0) return null
  const names = new Map(read.flatMap(({ saturated }) => saturated.map((one) => [`${one.page}\n${one.name}`, one] as const)))
  const found = [...names.values()].flatMap((one) => reachedOf(one, read) ?? [])
  return found
    .toSorted((a, b) => a.fromPerSec - b.fromPerSec || a.atMs - b.atMs)
    .map(({ page, name, fromPerSec }) => ({ page, name, fromPerSec }))
}

/**
 * From the lowest rate at which it was seen at its limit, with no rate above where it was not: a cold start at a low rate is no limit. What ended
 * early had too little time for it, and beyond the answer a target may turn everybody away before they cost anything.
 */
function reachedOf({ page, name }: Pick<Reached, 'page' | 'name'>, read: readonly Read[]): (Reached & { readonly atMs: number }) | null {
  const seen = read.map(({ level, saturated }) => ({ level, at: saturated.find((one) => one.page === page && one.name === name) }))
  const free = seen.filter(({ level, at }) => at === undefined && !level.hasEndedEarly && level.purpose !== 'beyond')
  const abovePerSec = Math.max(0, ...free.map(({ level }) => level.ratePerSec))
  const [first] = seen
    .flatMap(({ level, at }) =>
      at === undefined || level.ratePerSec <= abovePerSec ? [] : [{ fromPerSec: level.ratePerSec, atMs: at.atMs }],
    )
    .toSorted((a, b) => a.fromPerSec - b.fromPerSec || a.atMs - b.atMs)
  return first === undefined ? null : { page, name, ...first }
}
