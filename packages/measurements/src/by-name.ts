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
