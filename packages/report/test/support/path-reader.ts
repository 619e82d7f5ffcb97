// Reads the paths that pictures are made of back into places, from SVG's own rules: M m l h v H V L z, with numbers run together.

export type Place = readonly [x: number, y: number]

/** The outlines of a path, each a list of the places it passes. Throws for what SVG would not read. */
export function placesOf(path: string): readonly (readonly Place[])[] {
  const outlines: Place[][] = []
  let [x, y] = [0, 0]
  for (const [, command = '', rest = ''] of path.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const numbers = [...rest.matchAll(/[+-]?(?:\d+\.?\d*|\.\d+)/g)].map(Number)
    if (rest.replace(/[+-]?(?:\d+\.?\d*|\.\d+)|[\s,]/g, '') !== '') throw new Error(`no numbers: ${rest}`)
    const width = { M: 2, L: 2, l: 2, h: 1, v: 1, H: 1, V: 1, z: 0 }[command]
    if (width === undefined) throw new Error(`no command: ${command}`)
    if (width === 0) continue
    if (numbers.length === 0 || numbers.length % width !== 0) throw new Error(`${command} with ${numbers.length} numbers`)
    for (let i = 0; i < numbers.length; i += width) {
      const [a = 0, b = 0] = [numbers[i], numbers[i + 1]]
      if (command === 'M') outlines.push([])
      if (command === 'M' || command === 'L') [x, y] = [a, b]
      if (command === 'l') [x, y] = [x + a, y + b]
      if (command === 'h') x += a
      if (command === 'v') y += a
      if (command === 'H') x = a
      if (command === 'V') y = a
      outlines.at(-1)?.push([x, y])
    }
  }
  return outlines
}
