// Every percentile with its interval, for engineers. Knows nothing of where they come from.
import { percentilesTable } from '../percentiles.ts'
import type { Report } from '../report.ts'
import type { Markup } from './markup.ts'
import { section, tableMarkup } from './sections.ts'

/** Nothing where nothing was timed. */
export function percentilesSection({ summary }: Report): Markup | null {
  const table = percentilesTable(summary)
  return table.rows.length === 0 ? null : section('percentiles', table.name, tableMarkup(table))
}
