// Plain sentences as a list, cut where nobody would read on, and earlier on paper. Knows nothing of what they say.
import { clip } from '../escape.ts'
import { sayMany } from '../format.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import { countOnPaper, linesPt, onPaper, paperNote } from './paper.ts'

const mostSentences = 20
const mostLetters = 600

/** `roomPt` is what the list may take on paper. */
export function sentencesMarkup(all: readonly string[], roomPt: number): Markup {
  const shown = all.slice(0, mostSentences).map((sentence) => clip(sentence, mostLetters))
  const count = countOnPaper(
    shown.map((sentence) => linesPt(sentence)),
    roomPt,
  )
  return html`<ul class="reasons">${shown.map(
    (sentence, i) => html`<li${onPaper(i, count)}>${sentence}</li>
`,
  )}</ul>
${paperNote(count, all.length)}
${all.length > shown.length && html`<p class="note screen">${sayMany(all.length - shown.length, 'more sentence')} in summary.json.</p>`}`
}
