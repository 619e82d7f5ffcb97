// A page of its own about a search for capacity: no script, no network, nothing that is not in the file.
import type { CapacityResult, CapacityVerdict } from '@doorbuster/verdict'
import { capacityHeadline, capacitySign, capacityWord } from '../capacity-words.ts'
import { clip } from '../escape.ts'
import { sayMoment, saySpan } from '../format.ts'
import { capacityMarkup } from './capacity-section.ts'
import { html, textOf } from './markup.ts'
import { section } from './sections.ts'
import { styleSheet } from './style.ts'

/** The style sheet knows the four verdicts of a run. */
const tones: Readonly<Record<CapacityVerdict, string>> = {
  go: 'go',
  warn: 'inconclusive',
  'no-go': 'no-go',
  measured: 'go',
  inconclusive: 'inconclusive',
  invalid: 'invalid',
}

export function renderCapacityHtml(result: CapacityResult): string {
  const { verdict, name, reasons } = result
  const word = capacityWord(verdict)
  return textOf(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${word} · capacity of ${clip(name, 120)}</title>
<meta name="description" content="${capacityHeadline(result)}">
<style>${styleSheet()}</style>
</head>
<body>
<main>
<header class="verdict ${tones[verdict]}">
<p class="kicker">Capacity of ${clip(name, 120)}, ${sayMoment(result.startedAt)}</p>
<h1><span class="sign" aria-hidden="true">${capacitySign(verdict)}</span> ${word}</h1>
<p class="headline">${capacityHeadline(result)}</p>
<ul class="reasons">${reasons.slice(1).map(
    (reason) => html`<li>${clip(reason, 600)}</li>
`,
  )}</ul>
</header>
${section('capacity', 'How much it takes', capacityMarkup(result))}
${section('facts', 'About this search', facts(result))}
<footer>Written by doorbuster. Every level has a run folder of its own under levels, and <code>doorbuster report</code> on one makes its page.</footer>
</main>
</body>
</html>
`)
}

function facts({ target, planHash, objectives, levelMs, coolDownMs, levels }: CapacityResult) {
  const rows: readonly (readonly [name: string, value: string])[] = [
    ['target', target],
    ['plan', planHash],
    ['objectives', objectives.join('; ')],
    ['levels', `${levels.length}, each of at least ${saySpan(levelMs)}, with ${saySpan(coolDownMs)} to cool down between`],
  ]
  return html`<dl class="facts">${rows.map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${clip(value, 600)}</dd></div>
`,
  )}</dl>`
}
