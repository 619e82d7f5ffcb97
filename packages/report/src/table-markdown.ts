// A table as GitHub Markdown. Knows nothing of what stands in it.
import { clip, escapeMarkdown } from './escape.ts'
import type { Table } from './table.ts'

const mostLetters = 160

/** Every text in it escaped; nothing for a table without rows. */
export function tableMarkdown({ name, note, columns, rows }: Table): string {
  if (rows.length === 0) return ''
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`
  const rule = columns.map(({ align }) => (align === 'right' ? '--:' : ':--'))
  return `### ${name}\n\n${line(columns.map(({ title }) => title))}${line(rule)}${rows.map((row) => line(row.map(say))).join('')}${note === '' ? '' : `\n${escapeMarkdown(clip(note, 600))}\n`}`
}

function say(text: string): string {
  return escapeMarkdown(clip(text, mostLetters))
}
