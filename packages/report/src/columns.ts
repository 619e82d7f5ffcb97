// Text in a terminal's columns: how wide, cut to cutTo, wrapped. Knows nothing of colour; texts must be free of control characters.

const marks = /\p{Mn}|\p{Me}|\p{Cf}/u
/** East Asian wide and fullwidth forms and emoji take two columns. The ranges are coarse: a name too wide is cut a little early. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u

/** Columns that the text takes. */
export function columnsOf(text: string): number {
  let columns = 0
  for (const sign of text) columns += columnsOfSign(sign)
  return columns
}

function columnsOfSign(sign: string): number {
  if (sign < '\u0300') return 1
  if (marks.test(sign)) return 0
  return wide.test(sign) ? 2 : 1
}

/** The text if it fits, else as much as does, with an ellipsis. */
export function cutTo(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text
  let taken = 0
  let kept = ''
  for (const sign of text) {
    taken += columnsOfSign(sign)
    if (taken > columns - 1) break
    kept += sign
  }
  return columns < 1 ? '' : `${kept}…`
}

/** Cut or filled with spaces to exactly so many columns. */
export function pad(text: string, columns: number): string {
  const cut = cutTo(text, columns)
  return cut + ' '.repeat(Math.max(0, columns - columnsOf(cut)))
}

/** Lines of at most so many columns, broken between words; a longer word is cut. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').map((word) => cutTo(word, columns))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (columnsOf(longer) > columns) lines.push(line)
    line = columnsOf(longer) > columns ? word : longer
  }
  return [...lines, line]
}
