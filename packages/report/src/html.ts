// One self-contained page about one run: no network, nothing that is not in the file, and no script but one that shows values under the pointer.
// Knows nothing of where the record came from. What the page may load is forbidden by its own policy as well.

import { asideTables, crowdTables } from './all-tables.ts'
import { clip } from './escape.ts'
import { answerSection } from './html/answer-section.ts'
import { capacitySection } from './html/capacity-section.ts'
import { comparisonSection } from './html/comparison-section.ts'
import { documentText } from './html/document.ts'
import { distributionFigures, happenedFigures, instrumentFigures } from './html/gallery-section.ts'
import type { Markup } from './html/markup.ts'
import { html } from './html/markup.ts'
import { percentilesSection } from './html/percentiles-section.ts'
import {
  checksSection,
  eventsSection,
  factsSection,
  failuresSection,
  instrumentMarkup,
  keySection,
  objectivesSection,
  ordersSection,
  part,
  planSection,
  reasonsSection,
  section,
  tableMarkup,
} from './html/sections.ts'
import { targetSection } from './html/target-section.ts'
import { whatToDoSection } from './html/what-to-do-section.ts'
import type { Report } from './report.ts'
import type { Table } from './table.ts'
import { withoutFinest } from './table.ts'
import { phasesTable, stepsTable, trustTable } from './tables.ts'
import { answer } from './words/answer.ts'
import { verdictWord } from './words.ts'

/** Columns p90 and p99.9 are left to summary.json: the page shows the percentiles that objectives mostly judge. */
const finest = 11

/** The whole HTML document as text. Under 600 kB for an hour's run of 3,600 rows: charts, lists and names are capped. */
export function renderHtml(report: Report): string {
  const { summary, start } = report
  return documentText({
    title: `${verdictWord(summary.verdict)} · ${clip(summary.name, 120)}`,
    description: answer(report).join(' '),
    parts: [
      answerSection(report),
      contents(),
      whatToDoSection(report),
      part('what-happened', 'What happened', happened(report), 'happened'),
      part('engineers', 'For engineers', engineers(report), 'engineers'),
    ],
    footer: html`Written by doorbuster ${clip(start.versions.doorbuster, 40)}. The raw numbers lie beside this page in summary.json, timeline.jsonl and latency.hlog.`,
  })
}

function contents(): Markup {
  return html`<nav class="contents" aria-label="Contents"><ol>
<li><a href="#answer">The answer</a></li><li><a href="#what-to-do">What to do</a></li><li><a href="#what-happened">What happened</a></li><li><a href="#engineers">For engineers</a></li>
</ol></nav>`
}

/** For whoever asks how it went; nothing here needs to know how it was measured. */
function happened(report: Report): Markup {
  const { summary } = report
  return html`${keySection(report)}
${section('timeline', 'How it went', happenedFigures(report), 'pictures')}
${objectivesSection(report)}
${comparisonSection(report)}
${crowdTables(summary).map(tableSection)}
${ordersSection(report)}
${targetSection(report)}
${capacitySection(report)}
${failuresSection(report)}`
}

/** Everything else, and how to do it again. */
function engineers(report: Report): Markup {
  const { summary } = report
  return html`${reasonsSection(report)}
${summary.phases.length > 0 && section('phases', 'Phases', tableMarkup(withoutFinest(phasesTable(summary), finest)))}
${summary.steps.length > 0 && section('steps', 'Steps', tableMarkup(withoutFinest(stepsTable(summary), finest)))}
${distributionSection(report)}
${percentilesSection(report)}
${checksSection(report)}
${asideTables(summary).map(tableSection)}
${section(
  'instrument',
  'Can the instrument be trusted?',
  html`${tableMarkup(trustTable(summary))}
${instrumentFigures(report)}
${instrumentMarkup(report)}`,
)}
${eventsSection(report)}
${planSection(report)}
${factsSection(report)}`
}

function distributionSection(report: Report): Markup | null {
  const figures = distributionFigures(report)
  return figures === null ? null : section('distribution', 'Response times in detail', figures)
}

/** Nothing for a table without rows. */
function tableSection(table: Table): Markup | null {
  const id = table.name.toLowerCase().replaceAll(' ', '-')
  return table.rows.length === 0 ? null : section(id, table.name, tableMarkup(withoutFinest(table, finest)))
}
