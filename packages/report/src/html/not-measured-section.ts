// What the run says nothing about, on the page: a reader who is told to go should see what that leaves open. Knows nothing of how it was found.
import { clip } from '../escape.ts'
import type { Report } from '../report.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import { section } from './sections.ts'

const mostLetters = 600

/** Nothing for a record of a time when nobody said so. */
export function notMeasuredSection({ summary: { notMeasured = [] } }: Report): Markup | null {
  if (notMeasured.length === 0) return null
  return section(
    'not-measured',
    'Not measured',
    html`<ul class="reasons">${notMeasured.map(
      (sentence) => html`<li>${clip(sentence, mostLetters)}</li>
`,
    )}</ul>`,
  )
}
