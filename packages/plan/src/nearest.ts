// The known word that a mistyped one was probably meant to be. Knows nothing of plans.

/** The known word at the smallest edit distance, or undefined when none is near enough to be meant (about a third of its letters wrong). */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((each) => ({ each, wrong: editDistance(word.toLowerCase(), each.toLowerCase()) }))
    .filter(({ each, wrong }) => wrong <= Math.max(1, Math.ceil(each.length / 3)))
    .sort((left, right) => left.wrong - right.wrong)
  return ranked[0]?.each
}

/** `"a", "b" or "c"`. */
export function listed(words: readonly string[]): string {
  const quoted = words.map((word) => JSON.stringify(word))
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`
}

/** ` (did you mean "traffic"?)`, or nothing. */
export function suggestion(word: string, known: readonly string[]): string {
  const meant = nearest(word, known)
  return meant === undefined ? '' : ` (did you mean ${JSON.stringify(meant)}?)`
}

/** Letters to insert, delete, replace or swap with their neighbour: the optimal string alignment distance. */
function editDistance(from: string, to: string): number {
  let before: number[] = []
  let above = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const replaced = at(above, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1)
      const swaps = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      const swapped = swaps ? at(before, column - 2) + 1 : Number.POSITIVE_INFINITY
      current[column] = Math.min(at(above, column) + 1, at(current, column - 1) + 1, replaced, swapped)
    }
    before = above
    above = current
  }
  return at(above, to.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}
