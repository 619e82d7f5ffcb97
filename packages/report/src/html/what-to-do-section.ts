// What to do: what stands against the launch, the most costly first, each with a command that checks it again; then what is left unsure.
// Knows nothing of how an action is found.
import { clip } from '../escape.ts'
import { sayMany } from '../format.ts'
import type { Report } from '../report.ts'
import type { Action } from '../words/action.ts'
import { actions, missingInCommand, repeatCommand, unsure } from '../words/actions.ts'
import { firstSheet } from './first-sheet.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import { notMeasuredSection } from './not-measured-section.ts'
import { countOnPaper, linesPt, onPaper, paperNote } from './paper.ts'
import { part, section } from './sections.ts'
import { sentencesMarkup } from './sentences.ts'

const mostActions = 12
const mostLetters = 600
const mostCommandLetters = 4_000

export function whatToDoSection(report: Report): Markup {
  const { verdict } = report.summary
  const all = actions(report)
  const { actionsPt, sentencesPt } = firstSheet(report)
  const body = html`${verdict === 'go' && html`<p class="lead">${all.length > 0 ? 'No objective stands against the launch, but look at what was found (commands are for the folder that this page lies in).' : 'Nothing stands against the launch.'} Keep what was rehearsed: the same build, the same settings, the same number of machines. Read what is left unsure below.</p>`}
${verdict === 'no-go' && doubted(report) && html`<p class="lead">Our own machine failed its checks. What stands here is true all the same; of times and rates this rehearsal says nothing.</p>`}
${actionsMarkup(all, actionsPt)}
${again(report)}
${unsureMarkup(report, sentencesPt)}
${notMeasuredSection(report, sentencesPt)}`
  return part('what-to-do', 'What to do', body)
}

function actionsMarkup(all: readonly Action[], roomPt: number): Markup | null {
  if (all.length === 0) return null
  const shown = all.slice(0, mostActions)
  const count = countOnPaper(shown.map(heightPt), roomPt)
  return html`<ol class="actions">${shown.map((action, i) => actionMarkup(action, onPaper(i, count)))}</ol>
${paperNote(count, all.length)}
${all.length > shown.length && html`<p class="note screen">${sayMany(all.length - shown.length, 'more objective')} below, under Objectives.</p>`}`
}

/** On paper: the stake and the gaps, larger letters for the title, then what stands below it. */
function heightPt({ title, advice, evidence, command }: Action): number {
  const pairs = evidence.map((pair) => pair.join('  ')).join('    ')
  return 22 + linesPt(title, 92) + [advice, pairs, command ?? ''].reduce((sum, text) => sum + linesPt(text), 0)
}

function actionMarkup({ stake, title, advice, evidence, command }: Action, screen: Markup | null): Markup {
  return html`<li${screen}><p class="stake">${stake}</p>
<h3>${clip(title, mostLetters)}</h3>
${advice !== '' && html`<p class="advice">${clip(advice, mostLetters)}</p>`}
<dl class="evidence">${evidence.map(([name, value]) => html`<div><dt>${name}</dt><dd>${clip(value, mostLetters)}</dd></div>`)}</dl>
${command !== null && html`<pre class="command"><code>${clip(command, mostLetters)}</code></pre>`}</li>
`
}

function doubted({ summary }: Report): boolean {
  return summary.trust.some(({ status }) => status === 'failed')
}

/** One command for all: the same arrivals, once something was mended. */
function again(report: Report): Markup | null {
  const { verdict } = report.summary
  if (verdict === 'go') return null
  const missing = missingInCommand(report)
  const dot = verdict === 'invalid' ? '' : 'Commands with a dot are for the folder that this page lies in. '
  return html`<p class="again">${dot}Once that is mended, rehearse the same again${missing !== '' && html` (${missing})`}:</p>
<pre class="command"><code>${clip(repeatCommand(report), mostCommandLetters)}</code></pre>`
}

function unsureMarkup(report: Report, roomPt: number): Markup | null {
  const all = unsure(report)
  return all.length === 0 ? null : section('unsure', 'What remains unsure', sentencesMarkup(all, roomPt))
}
