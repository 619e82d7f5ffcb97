// Which pictures a page has, in which part of it. Knows nothing of how they are drawn.
import { sayMany } from '../format.ts'
import type { Report } from '../report.ts'
import { arrivalsFigure, closeArrivalsFigure } from './arrivals.ts'
import { responseFigure } from './charts.ts'
import { distributionFigure, serviceFigure } from './curves.ts'
import { heatFigure } from './heat.ts'
import { latenessFigure, loopDelayFigure } from './instrument-charts.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import { outcomesFigure } from './outcomes.ts'
import { picturesOnPaper } from './paper.ts'
import { shoppersFigure } from './visit-bars.ts'
import { answeredFigure, causesFigure } from './who-and-why.ts'

const happened = [
  arrivalsFigure,
  closeArrivalsFigure,
  outcomesFigure,
  responseFigure,
  heatFigure,
  shoppersFigure,
  causesFigure,
  answeredFigure,
] as const

/** How it went: for whoever asks what happened. */
export function happenedFigures(report: Report): Markup {
  const figures = happened.map((figure) => figure(report)).filter((figure) => figure !== null)
  return html`${figures}
<p class="paper note">On paper ${Math.min(picturesOnPaper, figures.length)} of ${sayMany(figures.length, 'picture')}; every table and the part for engineers stand in the page itself.</p>`
}

/** For engineers: how times are distributed. Null without a picture. */
export function distributionFigures(report: Report): Markup | null {
  const figures = [distributionFigure, serviceFigure].map((figure) => figure(report)).filter((figure) => figure !== null)
  return figures.length === 0 ? null : html`${figures}`
}

/** The instrument's own errors. */
export function instrumentFigures(report: Report): Markup {
  return html`${[latenessFigure, loopDelayFigure].map((figure) => figure(report))}`
}
