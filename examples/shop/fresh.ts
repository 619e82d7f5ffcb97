// A page kept for a moment instead of built for everybody. Knows nothing of what the page shows.

export type Keeping = {
  /** Younger pages are given out as they are. */
  readonly freshMs: number
  /** Pages this old are built anew before anybody gets them; so a quiet shop does not show last night's prices. */
  readonly staleMs: number
  /** Monotonic clock. */
  readonly nowMs: () => number
  /** Hears of a build behind the page that threw; the old page stays. */
  readonly onFailure: (error: unknown) => void
}

/** A page for anybody who asks. Between `freshMs` and `staleMs` the old one is given out and one new one built behind it, however many ask. */
export function keepFresh<T>(build: () => T, { freshMs, staleMs, nowMs, onFailure }: Keeping): () => T {
  let page = build()
  let builtAtMs = nowMs()
  let isBuilding = false

  const rebuild = () => {
    page = build()
    builtAtMs = nowMs()
  }
  const rebuildBehind = () => {
    isBuilding = true
    setImmediate(() => {
      try {
        rebuild()
      } catch (error) {
        onFailure(error)
      } finally {
        isBuilding = false
      }
    })
  }
  return () => {
    const ageMs = nowMs() - builtAtMs
    if (ageMs >= staleMs) rebuild()
    else if (ageMs >= freshMs && !isBuilding) rebuildBehind()
    return page
  }
}
