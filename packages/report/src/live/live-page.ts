// The page that shows a run while it goes on: a frame that is sent once, and its parts, made anew each second with the report's own figures.
// Knows no server, no clock and no socket. Text from outside reaches it only through the escaping template.
import { clip } from '../escape.ts'
import { sayClock, sayCount, sayMs, sayRate, sayShare } from '../format.ts'
import { arrivalsFigure } from '../html/arrivals.ts'
import { responseFigure } from '../html/charts.ts'
import { latenessFigure } from '../html/instrument-charts.ts'
import type { Markup } from '../html/markup.ts'
import { html, textOf, trusted } from '../html/markup.ts'
import { outcomesFigure } from '../html/outcomes.ts'
import { styleSheet } from '../html/style.ts'
import type { LiveState } from '../live.ts'
import type { LiveRecord } from './live-report.ts'
import { liveReport } from './live-report.ts'
import { liveScript } from './live-script.ts'
import { liveStyle } from './live-style.ts'

const mostShown = 12
const mostLetters = 300

/** The whole document, without a number in it yet. `nonce` is what its policy lets in: the style and the script that stand in it. */
export function liveFrame(name: string, nonce: string): string {
  return textOf(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>Live · ${clip(name, 120)}</title>
<style nonce="${nonce}">${styleSheet()}${trusted(liveStyle)}</style>
</head>
<body>
<main>
<header class="live"><p class="kicker">Rehearsal under way · <span id="link" role="status">connecting …</span></p>
<h1>${clip(name, 120)}</h1>
<button id="stop" type="button">Stop the run</button></header>
<noscript><p class="caution">This page needs its own small script: it is what asks for the numbers. The terminal shows them, too.</p></noscript>
<div id="now"></div>
<div id="breaches" role="status"></div>
<div id="charts"></div>
<div id="failures"></div>
</main>
<script nonce="${nonce}">${trusted(liveScript)}</script>
</body>
</html>
`)
}

export type LiveParts = { readonly now: string; readonly breaches: string; readonly charts: string; readonly failures: string }

/** Markup by the id of its place. `state` is null before the first second is over; `notes` are what was said of the run so far. */
export function liveParts(record: LiveRecord, state: LiveState | null, notes: readonly string[]): LiveParts {
  const report = liveReport(record)
  return {
    now: textOf(state === null ? html`<p class="none">The first second is not over yet.</p>` : nowMarkup(state)),
    breaches: textOf(breachesMarkup(state?.breaches ?? [])),
    charts:
      state === null
        ? ''
        : textOf(html`${arrivalsFigure(report)}${outcomesFigure(report)}${responseFigure(report)}${latenessFigure(report)}`),
    failures: textOf(html`${failuresMarkup(state?.causes ?? {})}
${listMarkup('Said so far', notes.slice(-mostShown))}`),
  }
}

function nowMarkup(state: LiveState): Markup {
  const { elapsedMs, lastingMs, plannedPerSec, sentPerSec, okPerSec, failed, dropped, failedRatio, lost, p50, p95, p99, inFlight } = state
  const numbers: readonly (readonly [label: string, value: string, note: string])[] = [
    ['time', sayClock(elapsedMs), elapsedMs >= lastingMs ? 'draining' : `of ${sayClock(lastingMs)}`],
    ['sent', sayRate(sentPerSec), plannedPerSec === null ? 'a closed loop plans none' : `${sayRate(plannedPerSec)} planned`],
    ['answered', sayRate(okPerSec), `${sayCount(inFlight)} under way`],
    [
      'failed so far',
      sayCount(failed + dropped),
      `${sayShare(failedRatio)} of all${dropped === 0 ? '' : `, ${sayCount(dropped)} never sent`}`,
    ],
    ['p95, last second', sayMs(p95), `p50 ${sayMs(p50)}, p99 ${sayMs(p99)}`],
    ['shoppers lost', sayCount(lost), 'gave up or turned away'],
  ]
  return html`${phaseBar(state)}
<dl class="numbers">${numbers.map(
    ([label, value, note]) => html`<div><dt>${label}</dt><dd><b>${value}</b><small>${note}</small></dd></div>
`,
  )}</dl>`
}

/** As wide as each phase lasts, as a drawing: a policy without inline styles leaves no other way to set a width. */
function phaseBar({ phases, phase, elapsedMs, lastingMs }: LiveState): Markup {
  const share = (ms: number): string => ((Math.min(ms, lastingMs) / Math.max(1, lastingMs)) * 1_000).toFixed(1)
  const shown = phases.length > 0 ? phases : [{ name: '', startMs: 0, lastingMs }]
  const done = html`<rect class="done" x="0" y="0" width="${share(elapsedMs)}" height="12"></rect>`
  return html`<svg class="phases" viewBox="0 0 1000 12" preserveAspectRatio="none" role="img" aria-label="${sayClock(elapsedMs)} of ${sayClock(lastingMs)}"><rect class="whole" x="0" y="0" width="1000" height="12"></rect>${done}${shown.map(
    ({ startMs }) => startMs > 0 && html`<rect class="edge" x="${share(startMs)}" y="0" width="2" height="12"></rect>`,
  )}</svg>
<p class="phase-names">${shown.slice(0, mostShown).map(({ name }) => (name === phase ? html`<b>▸ ${clip(name, 60)}</b> ` : html`<span>${clip(name, 60)}</span> `))}</p>`
}

function breachesMarkup(breaches: readonly string[]): Markup {
  if (breaches.length === 0) return html`<p class="none">Nothing is broken so far. The verdict comes at the end.</p>`
  return html`<div class="broken">${listMarkup('Broken so far', breaches.slice(0, mostShown))}
${breaches.length > mostShown && html`<p class="note">and ${breaches.length - mostShown} more</p>`}</div>`
}

function failuresMarkup(causes: LiveState['causes']): Markup {
  const top = Object.entries(causes).filter(([, count]) => count > 0)
  const lines = top.toSorted(([, a], [, b]) => b - a).map(([cause, count]) => `${sayCount(count)} × ${cause}`)
  return listMarkup(
    'Failures by cause',
    lines.slice(0, mostShown),
    lines.length > mostShown ? `and ${lines.length - mostShown} more causes` : '',
  )
}

function listMarkup(title: string, lines: readonly string[], more = ''): Markup {
  if (lines.length === 0) return html``
  return html`<section><h2>${title}</h2><ul>${lines.map(
    (line) => html`<li>${clip(line, mostLetters)}</li>
`,
  )}</ul>${more !== '' && html`<p class="note">${more}</p>`}</section>`
}
