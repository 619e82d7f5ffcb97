// The `d` of an SVG path in few bytes: relative, in tenths of a pixel. Knows nothing of what is drawn.

export type Place = readonly [x: number, y: number]

/** Lines through the places; a null is a gap, and a place between two gaps a dot where line caps are round. */
export function linePath(places: readonly (Place | null)[]): string {
  let path = ''
  let at: Place | null = null
  for (const place of places) {
    const to = place === null ? null : tenths(place)
    if (to !== null) path += at === null ? `M${pair(to)}${'h0'}` : `l${pair([to[0] - at[0], to[1] - at[1]])}`
    at = to
  }
  return path.replace(/h0(?=l)/g, '')
}

/** A bar from `floor` up to `y`, as wide as `from` to `to`; y null leaves it out. */
export type Bar = { readonly from: number; readonly to: number; readonly y: number | null }

/** One closed outline for every run of bars that touch. Bars of no height are left out. */
export function barsPath(bars: readonly Bar[], floor: number): string {
  const base = tenth(floor)
  let path = ''
  let at: Place | null = null
  let start = 0
  const close = (): void => {
    if (at !== null) path += `v${short(base - at[1])}H${short(start)}z`
    at = null
  }
  for (const { from, to, y } of bars) {
    const [left, right, top] = [tenth(from), tenth(to), y === null ? base : tenth(y)]
    if (top >= base || right <= left) {
      close()
      continue
    }
    if (at !== null && at[0] !== left) close()
    if (at === null) {
      start = left
      path += `M${pair([left, base])}v${short(top - base)}`
    } else if (at[1] !== top) path += `v${short(top - at[1])}`
    path += `h${short(right - left)}`
    at = [right, top]
  }
  close()
  return path.replace(/h([\d.]+)(?:h([\d.]+))+/g, (whole) => `h${sumOf(whole)}`)
}

function sumOf(moves: string): string {
  const all = moves.split('h').slice(1).map(Number)
  return short(Math.round(all.reduce((sum, each) => sum + each, 0) * 10))
}

function tenth(value: number): number {
  return Math.round(value * 10)
}

function tenths([x, y]: Place): Place {
  return [tenth(x), tenth(y)]
}

function pair([x, y]: Place): string {
  return `${short(x)}${y < 0 ? '' : ' '}${short(y)}`
}

/** Tenths as the shortest decimal: `.5`, `-.5`, `12`. */
function short(tenthsOfPx: number): string {
  return String(tenthsOfPx / 10).replace(/^(-?)0\./, '$1.')
}
