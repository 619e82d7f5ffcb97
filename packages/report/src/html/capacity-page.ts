// A page of its own about a search for capacity: the answer, the curves, every level. Loads nothing.
import type { CapacityResult, CapacityVerdict } from '@doorbuster/verdict'
import { capacityHeadline, capacitySign, capacityWord, levelsTable, uslTable } from '../capacity-words.ts'
import { clip } from '../escape.ts'
import type { Fact } from '../facts.ts'
import { sayDay, sayMoment, saySpan } from '../format.ts'
import { capacityFigures } from './capacity-section.ts'
import type { Heading } from './document.ts'
import { documentText, headingMarkup } from './document.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import { factList, part, section, tableMarkup } from './sections.ts'

/** The style sheet knows the four verdicts of a run. */
const tones: Readonly<Record<CapacityVerdict, Heading['tone']>> = {
  go: 'go',
  warn: 'inconclusive',
  'no-go': 'no-go',
  measured: 'go',
  inconclusive: 'inconclusive',
  invalid: 'invalid',
}

export function renderCapacityHtml(result: CapacityResult): string {
  const { verdict, name, startedAt, reasons } = result
  const word = capacityWord(verdict)
  const headline = capacityHeadline(result)
  const heading: Heading = {
    tone: tones[verdict],
    kicker: ['Search for capacity', name, sayDay(startedAt)],
    sign: capacitySign(verdict),
    word,
    sentences: [headline],
  }
  return documentText({
    title: `${word} · capacity of ${clip(name, 120)}`,
    description: headline,
    parts: [
      headingMarkup(heading, reasonsMarkup(reasons.slice(1))),
      part('capacity', 'How much it takes', capacityFigures(result)),
      part('engineers', 'For engineers', engineers(result)),
    ],
    footer: html`Written by doorbuster. Every level has a run folder of its own under levels, and <code>doorbuster report</code> on one makes its page.`,
  })
}

function reasonsMarkup(reasons: readonly string[]): Markup | null {
  return reasons.length === 0
    ? null
    : html`<ul class="reasons">${reasons.map(
        (reason) => html`<li>${clip(reason, 600)}</li>
`,
      )}</ul>`
}

function engineers(result: CapacityResult): Markup {
  const [levels, usl] = [levelsTable(result), uslTable(result)]
  return html`${levels.rows.length > 0 && section('levels', levels.name, tableMarkup(levels, 'capacity.json'))}
${usl.rows.length > 0 && section('usl', usl.name, tableMarkup(usl))}
${section('facts', 'About this search', factList(factsOf(result)))}`
}

function factsOf({ target, planHash, objectives, startedAt, levelMs, coolDownMs, levels }: CapacityResult): readonly Fact[] {
  return [
    { name: 'Target', value: target, exact: true },
    { name: 'Started', value: sayMoment(startedAt) },
    { name: 'Objectives', value: objectives.join('; ') },
    { name: 'Levels', value: `${levels.length}, each of at least ${saySpan(levelMs)}, with ${saySpan(coolDownMs)} to cool down between` },
    { name: 'Plan hash', value: planHash, exact: true },
  ]
}
