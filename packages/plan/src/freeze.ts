// Makes a value and everything in it constant. Knows nothing of plans.

/** Freezes plain data all the way down, also below what is frozen already. A function is the user's own and stays as it is. */
export function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const each of Object.values(value)) freeze(each)
  return Object.freeze(value)
}
