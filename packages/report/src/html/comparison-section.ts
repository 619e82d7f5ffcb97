// This run beside an earlier one: the answer, both runs' percentiles in one picture, and every figure in a table.
// Knows nothing of how the comparison was made.
import type { ComparedRow, ComparedRun, RunComparison } from '@doorbuster/verdict'
import { answerSigns, answerWords, comparisonHeadline, comparisonTable, placeText, ratioText } from '../comparison-tables.ts'
import { clip } from '../escape.ts'
import { sayMany, sayMs } from '../format.ts'
import type { Report } from '../report.ts'
import type { Table } from '../table.ts'
import type { Pair } from './comparison-picture.ts'
import { pairsSvg } from './comparison-picture.ts'
import { exhibitMarkup, sizes } from './figure.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import { section, tableMarkup } from './sections.ts'

/** More cannot be read in one picture. */
const mostRows = 24

export function comparisonSection({ comparison }: Report): Markup | null {
  if (comparison === undefined) return null
  return section(
    'comparison',
    'Against an earlier rehearsal',
    html`${comparison.runs.map((run, i) => {
      const { answer } = run
      return html`<p><strong>${answerSigns[answer]} ${answerWords[answer]}: ${clip(comparisonHeadline(comparison, run), 400)}</strong></p>
${reasonsMarkup(run)}
${i === 0 && remarksMarkup(comparison)}
${comparedMarkup(comparison, run, `compared-${i}`)}`
    })}`,
  )
}

/** In what the runs differ and were compared all the same. */
export function remarksMarkup({ remarks }: RunComparison): Markup | null {
  return remarks.length === 0 ? null : html`${remarks.map((remark) => html`<p class="note">${clip(remark, 400)}</p>`)}`
}

export function reasonsMarkup({ reasons }: ComparedRun): Markup | null {
  return reasons.length === 0 ? null : html`<ul class="reasons">${reasons.map((reason) => html`<li>${clip(reason, 400)}</li>`)}</ul>`
}

/** How one run differs from the base: picture and table. */
export function comparedMarkup({ rules, noiseRuns, runs }: RunComparison, run: ComparedRun, id: string): Markup {
  // Two tables of one name could not be told apart by those who hear them.
  const which = runs.length === 1 ? '' : `, ${runs.indexOf(run) + 1} of ${runs.length}`
  const tableOf = (rows: ComparedRun['rows'], what: string): Table => {
    const table = comparisonTable({ ...run, rows }, rules, noiseRuns)
    return { ...table, name: `${table.name}, ${what}${which}` }
  }
  const [deciding, others] = [run.rows.filter(decides), run.rows.filter((row) => !decides(row))]
  return html`${percentilesFigure(run, id)}
${tableMarkup(tableOf(deciding, 'what decides'))}
${
  others.length > 0 &&
  html`<details><summary>${sayMany(others.length, 'other figure')}, by phase and step</summary>
${tableMarkup({ ...tableOf(others, 'by phase and step'), note: '' }, 'what compare prints with --json')}</details>`
}`
}

/** The whole run, and whatever got worse. */
function decides({ phase, step, answer }: ComparedRow): boolean {
  return (phase === null && step === null) || answer === 'worse'
}

function nameOf(row: ComparedRow): string {
  const { measure, phase, step } = row
  if (step === null) return phase === null ? `${measure} of the whole run` : `${measure} in ${phase}`
  return `${measure} of ${placeText(row)}`
}

type Drawn = ComparedRow & { readonly base: number; readonly new: number }

function percentilesFigure({ rows }: ComparedRun, id: string): Markup | null {
  const all = rows.filter((row): row is Drawn => /^p\d/.test(row.measure) && row.base !== null && row.new !== null)
  const drawn = all.slice(0, mostRows)
  if (drawn.length === 0) return null
  const pairs = drawn.map((row): Pair => {
    const ink = row.answer === 'worse' ? 'failed' : 'ok'
    return { name: nameOf(row), baseMs: row.base, newMs: row.new, ink }
  })
  const cells = drawn.map((row) => [nameOf(row), sayMs(row.base), sayMs(row.new), ratioText(row)])
  const [first] = cells
  const label = `Percentiles of the base and of the new run. ${first?.[0]}: ${first?.[1]}, then ${first?.[2]}.`
  const more = all.length > drawn.length ? ` ${sayMany(all.length - drawn.length, 'more row')} in the table.` : ''
  return exhibitMarkup({
    id,
    title: 'Response times of both runs',
    keys: [
      { ink: 'quiet', look: 'ring', text: 'base' },
      { ink: 'ok', look: 'dot', text: 'new' },
      ...(pairs.some(({ ink }) => ink === 'failed') ? [{ ink: 'failed', look: 'dot', text: 'new, and worse' } as const] : []),
    ],
    pictures: sizes.map((size) => pairsSvg(pairs, label, size, `${id}-${size.name}`)),
    titles: ['of', 'base', 'new', 'new ÷ base'],
    rows: cells,
    places: cells.map((row, i) => ({ share: (i + 0.5) / cells.length, cells: row })),
    along: 'y',
    notes: [`The scale is logarithmic: equal steps are equal factors.${more}`],
  })
}
