// The page's parts as markup. Text from outside reaches the page only through the escaping template. Knows nothing of style or charts.
import type { RunEvent } from '@doorbuster/measurements'
import type { ObjectiveResult } from '@doorbuster/verdict'
import { clip } from '../escape.ts'
import type { Fact } from '../facts.ts'
import { howToRepeat, instrumentFacts, runFacts } from '../facts.ts'
import { nothing, sayClock, sayCount, sayMany } from '../format.ts'
import type { Report } from '../report.ts'
import type { Table } from '../table.ts'
import { atMost } from '../table.ts'
import { checksTable, failuresTable, ordersTable } from '../tables.ts'
import { repeatCommand } from '../words/actions.ts'
import { allowedText, intervalText, keyNumbers, notEvidence, observedText, standing, standingSign, standingText } from '../words.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'

/** A page stays readable and small whatever a run brings: longer lists are cut and say so. */
const mostRows = 80
const mostReasons = 40
const mostSamples = 20
const mostEvents = 60
const mostLetters = 200
const mostBodyLetters = 800

export function keySection({ summary }: Report): Markup {
  return html`<dl class="numbers">${keyNumbers(summary).map(
    ({ label, value, note }) => html`<div><dt>${label}</dt><dd><b>${value}</b><small>${note}</small></dd></div>
`,
  )}</dl>`
}

export function objectivesSection({ summary }: Report): Markup {
  const titles = ['result', 'objective', 'seen', 'allowed', 'samples', '95 % interval', 'first broken']
  const invalid = summary.verdict === 'invalid'
  return section(
    'objectives',
    'Objectives',
    html`${invalid && html`<p class="caution">${notEvidence}</p>`}
<div class="scroll" role="region" tabindex="0" aria-label="Objectives as a table"><table class="cards${invalid && ' doubted'}">
<thead><tr>${titles.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${summary.objectives.slice(0, mostRows).map(objectiveRow)}</tbody></table></div>`,
  )
}

function objectiveRow(result: ObjectiveResult): Markup {
  const { text, because, samples, firstBreachMs } = result
  const stand = standing(result)
  return html`<tr>
<td><span class="stand ${stand.replace(' ', '-')}"><span aria-hidden="true">${standingSign(result)}</span> ${standingText(result)}</span></td>
<th scope="row"><code>${short(text)}</code><small>${short(because, 600)}</small></th>
${cell('seen', html`<b>${observedText(result)}</b>`)}
${cell('allowed', allowedText(result))}
${cell('samples', sayCount(samples))}
${cell('95 % interval', intervalText(result) || nothing)}
${cell('first broken', firstBreachMs === null ? nothing : sayClock(firstBreachMs))}
</tr>
`
}

/** On a narrow screen a row becomes a card, each cell names itself, and an empty one is left out. */
function cell(title: string, value: string | Markup): Markup {
  return html`<td data-title="${title}"${value === nothing && html` class="blank"`}>${value}</td>`
}

export function failuresSection({ summary, events }: Report): Markup {
  const samples = events.filter((event) => event.sample !== undefined)
  const table = failuresTable(summary)
  return section(
    'failures',
    'Failures',
    html`${table.rows.length === 0 ? html`<p class="none">No request failed and none was left unsent.</p>` : tableMarkup(table)}
${
  samples.length > 0 &&
  html`<h4>Samples of failures</h4>
<p class="note">${sayMany(Math.min(samples.length, mostSamples), 'sample')} of ${sayCount(samples.length)} kept.</p>
${samples.slice(0, mostSamples).map(
  ({ atMs, sample }) =>
    sample !== undefined &&
    html`<article class="sample">
<h5>${sayClock(atMs)} · ${short(sample.step)} · ${short(sample.cause)}${sample.status > 0 && !sample.cause.includes(String(sample.status)) && html` · status ${sample.status}`}</h5>
${sample.body !== undefined && html`<pre>${short(sample.body, mostBodyLetters)}</pre>`}
</article>
`,
)}`
}`,
  )
}

const eventWords: Readonly<Record<RunEvent['kind'], string>> = {
  phase: 'phase',
  abort: 'aborted',
  failure: 'failure',
  note: 'note',
  warn: 'warning',
  stop: 'end',
}

export function ordersSection({ summary }: Report): Markup | null {
  const table = ordersTable(summary)
  return table.rows.length === 0 ? null : section('orders', table.name, tableMarkup(table))
}

export function checksSection({ summary }: Report): Markup | null {
  const table = checksTable(summary)
  return table.rows.length === 0 ? null : section('checks', table.name, tableMarkup(table))
}

export function eventsSection({ events }: Report): Markup | null {
  const told = events.filter((event) => event.sample === undefined)
  if (told.length === 0) return null
  return section(
    'events',
    'Events',
    html`<ol class="events">${told.slice(0, mostEvents).map(
      ({ atMs, kind, text }) => html`<li><span class="at">${sayClock(atMs)}</span> <b>${eventWords[kind]}</b> ${short(text, 600)}</li>
`,
    )}</ol>${told.length > mostEvents && html`<p class="note">${sayMany(told.length - mostEvents, 'more event')} in events.jsonl.</p>`}`,
  )
}

export function instrumentMarkup(report: Report): Markup {
  return factList(instrumentFacts(report))
}

/** The plan as it was recorded: journeys are in it by the hash of their text, secrets are masked. */
export function planSection({ start: { plan } }: Report): Markup | null {
  const text = JSON.stringify(plan, null, 2)
  if (text === undefined || text === '{}') return null
  return section(
    'plan',
    'The plan',
    html`<details><summary>The canonical plan, as its hash covers it</summary><pre>${short(text, 20_000)}</pre></details>`,
  )
}

export function factsSection(report: Report): Markup {
  return section(
    'facts',
    'About this run',
    html`${factList(runFacts(report))}
<p class="note">${howToRepeat(report)}</p>
<pre class="command"><code>${short(repeatCommand(report), 4_000)}</code></pre>`,
  )
}

export function factList(facts: readonly Fact[]): Markup {
  return html`<dl class="facts">${facts.map(
    ({
      name,
      value,
      exact,
    }) => html`<div><dt>${name}</dt><dd>${exact === true ? html`<code>${short(value, 2_000)}</code>` : short(value, 600)}</dd></div>
`,
  )}</dl>`
}

/** One of the page's great parts. */
export function part(id: string, title: string, body: Markup, look = ''): Markup {
  return html`<section class="part ${look}" id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
${body}
</section>`
}

/** A section of a part. */
export function section(id: string, title: string, body: Markup, look = ''): Markup {
  return html`<section${look !== '' && html` class="${look}"`} aria-labelledby="${id}-title"><h3 id="${id}-title">${title}</h3>
${body}
</section>`
}

/** Every reason in the judge's own words, as summary.json has them. */
export function reasonsSection({ summary: { reasons } }: Report): Markup | null {
  if (reasons.length === 0) return null
  return section(
    'reasons',
    'The verdict’s reasons, in full',
    html`<ul class="reasons">${reasons.slice(0, mostReasons).map(
      (reason) => html`<li>${short(reason, 600)}</li>
`,
    )}</ul>`,
  )
}

/** `file` has the rows that are too many for a page. */
export function tableMarkup(whole: Table, file?: string): Markup {
  const table = atMost(whole, mostRows, file)
  const side = (i: number): string => (i === 0 ? 'name' : table.columns[i]?.align === 'right' ? 'right' : 'words')
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${table.name} as a table"><table>
<thead><tr>${table.columns.map(({ title }, i) => html`<th scope="col" class="${side(i)}">${title === '' ? 'result' : title}</th>`)}</tr></thead>
<tbody>${table.rows.map(
    (
      row,
    ) => html`<tr>${row.map((cell, i) => (i === 0 ? html`<th scope="row">${short(cell)}</th>` : html`<td class="${side(i)}">${side(i) === 'right' ? figure(cell) : short(cell, 600)}</td>`))}</tr>
`,
  )}</tbody></table></div>
${table.note !== '' && html`<p class="note">${table.note}</p>`}`
}

/** An interval stands below its figure: beside it, it would push the last columns out of sight. */
function figure(cell: string): Markup {
  const [, value = cell, interval] = /^(.+) (\[[^\]]+\])$/.exec(cell) ?? []
  return html`${short(value, 600)}${interval !== undefined && html` <small class="interval">${short(interval)}</small>`}`
}

function short(text: string, most = mostLetters): string {
  return clip(text, most)
}
