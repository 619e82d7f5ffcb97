// Which pictures a page has, in which part of it. Knows nothing of how they are drawn.
import type { Report } from '../report.ts'
import { arrivalsFigure, closeArrivalsFigure } from './arrivals.ts'
import { responseFigure } from './charts.ts'
import { distributionFigure, serviceFigure } from './curves.ts'
import { heatFigure } from './heat.ts'
import { latenessFigure, loopDelayFigure } from './instrument-charts.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import { outcomesFigure } from './outcomes.ts'
import { shoppersFigure } from './visit-bars.ts'
import { answeredFigure, causesFigure } from './who-and-why.ts'

/** How it went: for whoever asks what happened. */
export function happenedFigures(report: Report): Markup {
  return html`${[arrivalsFigure, closeArrivalsFigure, outcomesFigure, responseFigure, heatFigure, shoppersFigure, causesFigure, answeredFigure].map((figure) => figure(report))}`
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
