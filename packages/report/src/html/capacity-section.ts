// How much the target takes: figures, the curves of goodput and p99 over the rate offered, and the numbers behind them.
import type { CapacityResult } from '@doorbuster/verdict'
import { goodputs } from '@doorbuster/verdict'
import { capacityHeadline, capacitySign, capacityWord, figuresTable, levelsTable, uslTable } from '../capacity-words.ts'
import { sayMoment, sayRate, sayTick } from '../format.ts'
import type { Report } from '../report.ts'
import type { Mark, RatePoint } from './capacity-chart.ts'
import { rateChart } from './capacity-chart.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import { section, tableMarkup } from './sections.ts'

/** Nothing for a run without an earlier search. */
export function capacitySection({ capacity }: Report): Markup | null {
  if (capacity === undefined) return null
  const word = `${capacitySign(capacity.verdict)} ${capacityWord(capacity.verdict)}`
  const body = html`<p><strong>${word}: ${capacityHeadline(capacity)}</strong></p>
<p class="note">From the search of ${sayMoment(capacity.startedAt)} on ${capacity.target}.</p>
${capacityMarkup(capacity)}`
  return section('capacity', 'How much it takes', body)
}

/** Figures, curves and tables, without a heading. */
export function capacityMarkup(result: CapacityResult): Markup {
  const usl = uslTable(result)
  return html`${tableMarkup(figuresTable(result))}
${curves(result)}
${
  usl.rows.length > 0 &&
  html`<h3>${usl.name}</h3>
${tableMarkup(usl)}`
}`
}

function curves(result: CapacityResult): Markup {
  const goodput = goodputs(result.levels).map(({ ratePerSec, goodputPerSec }) => ({ ratePerSec, value: goodputPerSec }))
  if (goodput.length === 0) return html`<p class="none">No level was measured.</p>`
  const marks = marksOf(result)
  const offered = [0, Math.max(...goodput.map(({ ratePerSec }) => ratePerSec))].map((ratePerSec) => ({ ratePerSec, value: ratePerSec }))
  const p99 = p99Points(result)
  const most = Math.max(...goodput.map(({ value }) => value))
  const told = marks.map(({ text }) => text).join(', ')
  return html`<figure id="capacity-goodput">
<figcaption><strong>Goodput by what was offered</strong>
<ul class="keys"><li class="key-ok">${result.per} served a second</li><li class="key-sent dashed">all that were offered</li></ul></figcaption>
${rateChart({
  label: `Goodput by the rate offered: at most ${sayRate(most)}. ${told}.`,
  curves: [
    { ink: 'sent', points: offered, dashed: true },
    { ink: 'ok', points: goodput },
  ],
  marks,
  scale: 'linear',
  sayRate,
  sayValue: sayRate,
})}
</figure>
<figure id="capacity-p99">
<figcaption><strong>99th percentile of response time by what was offered</strong>
<ul class="keys"><li class="key-p99">p99</li></ul></figcaption>
${p99.length === 0 ? html`<p class="none">No level had an answer.</p>` : rateChart({ label: `The 99th percentile by the rate offered. ${told}.`, curves: [{ ink: 'p99', points: p99 }], marks, scale: 'log', sayRate, sayValue: sayTick })}
<p class="note">The scale of times is logarithmic: each line of the grid is ten times the one below.</p>
<details open><summary>The numbers behind these pictures</summary>
${tableMarkup(levelsTable(result))}
</details>
</figure>`
}

/** The worst of the looks at each rate; what a generator saw that fell behind is its own doing. */
function p99Points({ levels: all }: CapacityResult): readonly RatePoint[] {
  const levels = all.filter(({ standing }) => standing !== 'invalid')
  const rates = [...new Set(levels.map(({ ratePerSec }) => ratePerSec))].sort((a, b) => a - b)
  return rates.flatMap((ratePerSec) => {
    const looks = levels.flatMap((one) => (one.ratePerSec === ratePerSec && one.p99Ms !== null ? [one.p99Ms] : []))
    return looks.length === 0 ? [] : [{ ratePerSec, value: Math.max(...looks) }]
  })
}

function marksOf({ knee, slo, forecastPerSec }: CapacityResult): readonly Mark[] {
  const marks = [
    { text: 'forecast', ratePerSec: forecastPerSec, ink: 'sent' },
    { text: 'SLO rate', ratePerSec: slo.perSec, ink: 'go' },
    { text: 'knee', ratePerSec: knee.perSec, ink: 'limit' },
  ] as const
  return marks.flatMap(({ text, ratePerSec, ink }) =>
    ratePerSec === null ? [] : [{ text: `${text} ${sayRate(ratePerSec)}`, ratePerSec, ink }],
  )
}
