// What became of shoppers, a bar for each class: who finished, who was lost and how. Knows nothing of requests.
import type { VisitSlice } from '@doorbuster/measurements'
import { clip, plainLine } from '../escape.ts'
import { sayCount, sayMany, sayShare } from '../format.ts'
import type { Report } from '../report.ts'
import { exhibitMarkup, sizes } from './figure.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import type { InkName } from './palette.ts'
import { palette } from './palette.ts'
import type { Plot, Size } from './plot.ts'
import { fitting, labelMarkup, letterPx, px, svgMarkup } from './plot.ts'

type Scene = { readonly seen: readonly Fate[]; readonly steps: readonly string[] }

type Fate = { readonly ink: InkName; readonly edge?: InkName; readonly text: string; readonly of: (visit: VisitSlice) => number }

/** From the left, best first; together they are all who arrived. */
const fates: readonly Fate[] = [
  { ink: 'ok', text: 'finished', of: (visit) => visit.finished - visit.finishedDegraded },
  { ink: 'degradedFill', edge: 'degraded', text: 'finished, degraded', of: (visit) => visit.finishedDegraded },
  { ink: 'turnedAwayFill', edge: 'turnedAway', text: 'turned away', of: (visit) => visit.turnedAway },
  { ink: 'failedFill', text: 'gave up', of: (visit) => visit.gaveUp },
  { ink: 'dropped', text: 'broken off by the instrument', of: (visit) => visit.threw + visit.dropped + visit.cut },
]

const mostBars = 12
const barPx = 18
const rowPx = 62
const footPx = 4

export function shoppersFigure({ summary }: Report): Markup | null {
  const visits = summary.visits.filter(({ due }) => due > 0).toSorted((a, b) => b.due - a.due)
  if (visits.length === 0) return null
  const shown = visits.slice(0, mostBars)
  const seen = fates.filter(({ of }) => visits.some((visit) => of(visit) > 0))
  const label = `What became of shoppers: ${shown.map((visit) => `of ${sayCount(visit.due)} ${visit.name} ${sayShare(visit.finished / visit.due)} finished`).join(', ')}.`
  const heightPx = shown.length * rowPx + footPx
  const rows = shown.map((visit) => [clip(visit.name, 80), sayCount(visit.due), ...seen.map(({ of }) => sayShare(of(visit) / visit.due))])
  return exhibitMarkup({
    id: 'visits',
    title: 'What became of shoppers, by class',
    keys: seen.map(({ ink, text }) => ({ ink, text, look: 'area' })),
    pictures: sizes.map((size) => barsSvg(shown, { seen, steps: summary.steps.map(({ name }) => name) }, label, { ...size, heightPx })),
    titles: ['class', 'arrived', ...seen.map(({ text }) => text)],
    rows,
    places: rows.map((cells, i) => ({ share: ((i + 0.5) * rowPx) / heightPx, cells })),
    along: 'y',
    notes: [
      visits.length > shown.length ? `${sayMany(visits.length - shown.length, 'smaller class', 'smaller classes')} not drawn.` : null,
    ],
  })
}

function barsSvg(visits: readonly VisitSlice[], scene: Scene, label: string, size: Size): Markup {
  const plot: Plot = { left: 0, right: size.widthPx, top: 0, bottom: size.heightPx }
  return svgMarkup(
    { id: `visits-${size.name}`, label, size, plot },
    visits.map((visit, i) => barMarkup(visit, scene, i * rowPx, size.widthPx)),
  )
}

function barMarkup(visit: VisitSlice, { seen, steps }: Scene, top: number, widthPx: number): Markup {
  const name = fitting(clip(plainLine(visit.name), 60), widthPx * 0.5)
  const arrived = `${sayCount(visit.due)} arrived, ${sayShare(visit.finished / visit.due)} finished`
  let from = 0
  const pieces = seen
    .flatMap((fate) => piecesOf(visit, fate, steps))
    .map(({ ink, edge, text, count }) => {
      const x = (from / visit.due) * widthPx
      from += count
      // One pixel of paper between two, and never less than one of what is there.
      const piecePx = Math.max(1, (count / visit.due) * widthPx - 1)
      return (
        count > 0 &&
        html`<rect x="${px(x)}" y="${top + 20}" width="${px(piecePx)}" height="${barPx}" fill="${palette[ink].light}"${edge !== undefined && html` stroke="${palette[edge].light}"`}><title>${text}: ${sayCount(count)}, ${sayShare(count / visit.due)}</title></rect>`
      )
    })
  return html`${labelMarkup({ x: 0, y: top + 14, text: name, ink: 'text', bold: true })}${labelMarkup({ x: widthPx, y: top + 14, text: fitting(arrived, widthPx - name.length * letterPx), anchor: 'end' })}${pieces}${labelMarkup({ x: 0, y: top + 52, text: fitting(lostInWords(visit), widthPx) })}`
}

type Piece = Pick<Fate, 'ink' | 'edge' | 'text'> & { readonly count: number }

const gaveUpAt = 'gave-up:'

/** Who gave up is parted by the step at which: those who came furthest stand next to those who finished, as in a funnel. */
function piecesOf(visit: VisitSlice, { of, ...fate }: Fate, steps: readonly string[]): readonly Piece[] {
  const places = Object.entries(visit.lostAt).filter(([where]) => where.startsWith(gaveUpAt))
  const isParted = fate.text === 'gave up' && places.reduce((sum, [, count]) => sum + count, 0) === visit.gaveUp
  if (!isParted) return [{ ...fate, count: of(visit) }]
  const parts = places.map(([where, count]) => ({ step: where.slice(gaveUpAt.length), count }))
  return parts
    .toSorted((a, b) => steps.indexOf(b.step) - steps.indexOf(a.step))
    .map(({ step, count }) => ({ ...fate, text: `gave up at ${step}`, count }))
}

/** The three commonest ways to be lost. */
function lostInWords({ lostAt, due }: VisitSlice): string {
  const most = Object.entries(lostAt)
    .filter(([, count]) => count > 0)
    .toSorted(([, a], [, b]) => b - a)
  if (most.length === 0) return ''
  return `lost: ${most
    .slice(0, 3)
    .map(
      ([where, count]) => `${where.replace(/^gave-up:/, 'gave up at ').replace(/^turned-away:/, 'turned away: ')} ${sayShare(count / due)}`,
    )
    .join(', ')}`
}
