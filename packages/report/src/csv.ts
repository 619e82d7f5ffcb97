// One line of CSV as RFC 4180 has it. Knows nothing of what its cells mean.

export type CsvCell = string | number | boolean | null

export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(cellText).join(',')}\n`
}

function cellText(cell: CsvCell): string {
  if (cell === null) return ''
  const text = String(cell).toWellFormed()
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A text that a spreadsheet would take for a formula stays one: names in a run come from outside. */
export function plainCell(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
}
