// A promise that somebody may wait for, or nobody.

/** A journey that does not await a promise of ours must not bring the process down with it; one that does still sees it reject. */
export function observed<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}
