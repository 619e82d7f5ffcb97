// What to do: what stands against the launch, the most costly first, each with a command that checks it again; then what is left unsure.
// Knows nothing of how an action is found.
import { clip } from '../escape.ts'
import { sayMany } from '../format.ts'
import type { Report } from '../report.ts'
import type { Action } from '../words/action.ts'
import { actions, missingInCommand, repeatCommand, unsure } from '../words/actions.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import { notMeasuredSection } from './not-measured-section.ts'
import { part, section } from './sections.ts'

const mostActions = 12
const mostUnsure = 20
const mostLetters = 600
const mostCommandLetters = 4_000

export function whatToDoSection(report: Report): Markup {
  const { verdict } = report.summary
  const all = actions(report)
  const body = html`${verdict === 'go' && html`<p class="lead">${all.length > 0 ? 'No objective stands against the launch, but look at what was found (commands are for the folder that this page lies in).' : 'Nothing stands against the launch.'} Keep what was rehearsed: the same build, the same settings, the same number of machines. Read what is left unsure below.</p>`}
${verdict === 'no-go' && doubted(report) && html`<p class="lead">Our own machine failed its checks. What stands here is true all the same; of times and rates this rehearsal says nothing.</p>`}
${all.length > 0 && html`<ol class="actions">${all.slice(0, mostActions).map(actionMarkup)}</ol>`}
${all.length > mostActions && html`<p class="note">${sayMany(all.length - mostActions, 'more thing')} below, under Objectives and Findings.</p>`}
${again(report)}
${unsureMarkup(report)}
${notMeasuredSection(report)}`
  return part('what-to-do', 'What to do', body)
}

function actionMarkup({ stake, title, advice, evidence, command }: Action): Markup {
  return html`<li><p class="stake">${stake}</p>
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

function unsureMarkup(report: Report): Markup | null {
  const all = unsure(report)
  if (all.length === 0) return null
  return section(
    'unsure',
    'What remains unsure',
    html`<ul class="reasons">${all.slice(0, mostUnsure).map(
      (sentence) => html`<li>${clip(sentence, mostLetters)}</li>
`,
    )}</ul>`,
  )
}
