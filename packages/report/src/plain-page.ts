// A self-contained page that is about no single run: comparisons and histories. Loads nothing, like the report.

import type { RunComparison } from '@doorbuster/verdict'
import { answerWords } from './comparison-tables.ts'
import { clip } from './escape.ts'
import { comparisonMarkup } from './html/comparison-section.ts'
import type { Markup } from './html/markup.ts'
import { html, textOf } from './html/markup.ts'
import { section, tableMarkup } from './html/sections.ts'
import { styleSheet } from './html/style.ts'
import type { Table } from './table.ts'

export function comparisonPage(comparison: RunComparison): string {
  return page(
    `${answerWords[comparison.answer]} · ${comparison.base.name}`,
    section('comparison', answerWords[comparison.answer], comparisonMarkup(comparison)),
  )
}

/** Tables with what they are about, and sentences before them. */
export function tablesPage(title: string, sentences: readonly string[], tables: readonly Table[]): string {
  return page(
    title,
    html`<h1>${clip(title, 120)}</h1>${sentences.map((sentence) => html`<p>${clip(sentence, 600)}</p>`)}
${tables.filter(({ rows }) => rows.length > 0).map((table, i) => section(`table-${i}`, table.name, tableMarkup(table)))}`,
  )
}

function page(title: string, body: Markup): string {
  return textOf(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${clip(title, 120)}</title>
<style>${styleSheet()}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`)
}
