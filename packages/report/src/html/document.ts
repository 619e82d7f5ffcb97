// A whole page around its parts: the head, what the page may load (nothing), its style and its one script. Knows nothing of what is said.
import { clip } from '../escape.ts'
import { hoverHash, hoverScript } from './hover.ts'
import type { Markup } from './markup.ts'
import { html, textOf } from './markup.ts'
import { styleSheet } from './style.ts'

export type Document = {
  readonly title: string
  /** Shown by mail programs and in lists of files. */
  readonly description: string
  readonly parts: readonly (Markup | null)[]
  readonly footer: Markup
}

/** As text. The policy forbids whatever the page could be made to load, and every script but our own. */
export function documentText({ title, description, parts, footer }: Document): string {
  return textOf(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src '${hoverHash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${clip(title, 160)}</title>
<meta name="description" content="${clip(description, 300)}">
<style>${styleSheet()}</style>
</head>
<body>
<main>
${parts}
<footer>${footer}</footer>
</main>
${hoverScript()}
</body>
</html>
`)
}

export type Heading = {
  /** Which of the four verdicts' colours it has. */
  readonly tone: 'go' | 'no-go' | 'inconclusive' | 'invalid'
  readonly kicker: readonly string[]
  readonly sign: string
  readonly word: string
  /** The first stands largest. */
  readonly sentences: readonly string[]
}

const mostLetters = 300

/** What a page answers: at its top, before anything else. `more` stands below the sentences. */
export function headingMarkup({ tone, kicker, sign, word, sentences: [first = '', ...others] }: Heading, more: Markup | null): Markup {
  return html`<header class="verdict ${tone}" id="answer">
<p class="kicker">${kicker.map((each) => clip(each, 200)).join(' · ')}</p>
<h1><span class="sign" aria-hidden="true">${sign}</span> ${word}</h1>
<p class="headline">${clip(first, mostLetters)}</p>
${others.map((sentence) => html`<p class="further">${clip(sentence, mostLetters)}</p>`)}
${more}
</header>`
}
