// One self-contained page about one run: no script, no network, nothing that is not in the file.
// Knows nothing of where the record came from. What the page may load is forbidden by its own policy as well.

import { asideTables, crowdTables } from './all-tables.ts'
import { clip } from './escape.ts'
import { latenessFigure, responseFigure, trafficFigure } from './html/charts.ts'
import { comparisonSection } from './html/comparison-section.ts'
import type { Markup } from './html/markup.ts'
import { html, textOf } from './html/markup.ts'
import {
  checksSection,
  eventsSection,
  factsSection,
  failuresSection,
  instrumentMarkup,
  keySection,
  objectivesSection,
  ordersSection,
  section,
  tableMarkup,
  verdictSection,
} from './html/sections.ts'
import { styleSheet } from './html/style.ts'
import type { Report } from './report.ts'
import type { Table } from './table.ts'
import { withoutFinest } from './table.ts'
import { phasesTable, stepsTable, trustTable } from './tables.ts'
import { headline, verdictWord } from './words.ts'

/** Columns p90 and p99.9 are left to summary.json: the page shows the percentiles that objectives mostly judge. */
const finest = 11

/** The whole HTML document as text. Under 600 kB for an hour's run of 3,600 rows: charts, lists and names are capped. */
export function renderHtml(report: Report): string {
  const { summary, start } = report
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${verdictWord(summary.verdict)} · ${clip(summary.name, 120)}</title>
<meta name="description" content="${headline(summary)}">
<style>${styleSheet()}</style>
</head>
<body>
<main>
${verdictSection(report)}
${keySection(report)}
${objectivesSection(report)}
${comparisonSection(report)}
${crowdTables(summary).map(tableSection)}
${ordersSection(report)}
${section(
  'timeline',
  'How it went',
  html`${trafficFigure(report)}
${responseFigure(report)}`,
)}
${summary.phases.length > 0 && section('phases', 'Phases', tableMarkup(withoutFinest(phasesTable(summary), finest)))}
${summary.steps.length > 0 && section('steps', 'Steps', tableMarkup(withoutFinest(stepsTable(summary), finest)))}
${failuresSection(report)}
${checksSection(report)}
${asideTables(summary).map(tableSection)}
${section(
  'instrument',
  'Can the instrument be trusted?',
  html`${tableMarkup(trustTable(summary))}
${latenessFigure(report)}
${instrumentMarkup(report)}`,
)}
${eventsSection(report)}
${factsSection(report)}
<footer>Written by doorbuster ${clip(start.versions.doorbuster, 40)}. The raw numbers lie beside this page in summary.json, timeline.jsonl and latency.hlog.</footer>
</main>
</body>
</html>
`
  return textOf(page)
}

/** Nothing for a table without rows. */
function tableSection(table: Table): Markup | null {
  const id = table.name.toLowerCase().replaceAll(' ', '-')
  return table.rows.length === 0 ? null : section(id, table.name, tableMarkup(withoutFinest(table, finest)))
}
