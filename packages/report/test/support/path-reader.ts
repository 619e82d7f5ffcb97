// Reads the paths that pictures are made of back into places, from SVG's own rules: M L l h v H V z, with numbers run together.

export type Place = readonly [x: number, y: number]

type Move = { readonly numbers: number; readonly to: (from: Place, numbers: Place) => Place }

const moves: Readonly<Record<string, Move>> = {
  M: { numbers: 2, to: (_, to) => to },
  L: { numbers: 2, to: (_, to) => to },
  l: { numbers: 2, to: ([x, y], [dx, dy]) => [x + dx, y + dy] },
  h: { numbers: 1, to: ([x, y], [dx]) => [x + dx, y] },
  v: { numbers: 1, to: ([x, y], [dy]) => [x, y + dy] },
  H: { numbers: 1, to: ([, y], [x]) => [x, y] },
  V: { numbers: 1, to: ([x], [y]) => [x, y] },
}

/** The outlines of a path, each a list of the places it passes. Throws for what SVG would not read. */
export function placesOf(path: string): readonly (readonly Place[])[] {
  const outlines: Place[][] = []
  let at: Place = [0, 0]
  for (const [, command = '', rest = ''] of path.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    if (command === 'z') continue
    const move = moves[command]
    const numbers = numbersIn(rest)
    if (move === undefined || numbers.length === 0 || numbers.length % move.numbers !== 0) throw new Error(`no move: ${command}${rest}`)
    if (command === 'M') outlines.push([])
    for (let i = 0; i < numbers.length; i += move.numbers) {
      at = move.to(at, [numbers[i] ?? 0, numbers[i + 1] ?? 0])
      outlines.at(-1)?.push(at)
    }
  }
  return outlines
}

const number = /[+-]?(?:\d+\.?\d*|\.\d+)/g

function numbersIn(text: string): readonly number[] {
  if (text.replace(number, '').trim() !== '') throw new Error(`no numbers: ${text}`)
  return [...text.matchAll(number)].map(Number)
}
