// Values under names that come from outside: causes, checks. Knows nothing of what is counted.

/**
 * An object without a prototype. In a plain one `toString` is there before anybody counted it, and `__proto__` never is;
 * here every name is a name like any other. JSON writes it as any object.
 */
export function byName<T>(entries: Iterable<readonly [name: string, value: T]> = []): Record<string, T> {
  const named: Record<string, T> = Object.create(null)
  for (const [name, value] of entries) named[name] = value
  return named
}

/** What is counted under a name that found no place of its own. */
export const otherName = '(other)'

/** A journey may make up names as long as it runs; each part of a run has only so many of its own. */
const mostSummed = 500

/** Under which name it is added to sums over many windows. The same live and from a stored run, where the same windows come in the same order. */
export function summedName(sums: Readonly<Record<string, unknown>>, name: string): string {
  return nameWithin(sums, name, mostSummed)
}

export function nameWithin(names: Readonly<Record<string, unknown>>, name: string, most: number): string {
  return names[name] !== undefined || Object.keys(names).length < most ? name : otherName
}
