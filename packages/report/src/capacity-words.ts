// A search for capacity in words and tables, shared by all renderers. Knows nothing of layout; nothing here is escaped yet.
import type { CapacityLevel, CapacityResult, CapacityVerdict } from '@doorbuster/verdict'
import { goodputs } from '@doorbuster/verdict'
import { nothing, sayCount, sayFactor, sayMs, sayNumber, sayRate, sayShare, saySpan } from './format.ts'
import type { Table } from './table.ts'
import { left, right, tableOf } from './table.ts'

const verdictWords: Readonly<Record<CapacityVerdict, string>> = {
  go: 'GO',
  warn: 'GO, WITH LITTLE TO SPARE',
  'no-go': 'NO-GO',
  measured: 'MEASURED',
  inconclusive: 'INCONCLUSIVE',
  invalid: 'INVALID',
}
const verdictSigns: Readonly<Record<CapacityVerdict, string>> = {
  go: '✓',
  warn: '!',
  'no-go': '✗',
  measured: '·',
  inconclusive: '?',
  invalid: '!',
}

export function capacityWord(verdict: CapacityVerdict): string {
  return verdictWords[verdict]
}

export function capacitySign(verdict: CapacityVerdict): string {
  return verdictSigns[verdict]
}

/** The answer in one sentence; the other reasons follow it. */
export function capacityHeadline({ reasons }: CapacityResult): string {
  return reasons[0] ?? 'Nothing is known yet.'
}

const standingWords: Readonly<Record<CapacityLevel['standing'], string>> = {
  met: '✓ met',
  missed: '✗ missed',
  unknown: '? too little',
  invalid: '! generator',
}
const purposeWords: Readonly<Record<CapacityLevel['purpose'], string>> = {
  bracket: 'bracket',
  bisect: 'halving',
  confirm: 'again',
  beyond: 'beyond',
}

/** In the order of the rates, looks at one rate in the order they were taken. */
export function levelsTable(result: CapacityResult): Table {
  const wholePerArrival = served(result)
  const levels = result.levels.toSorted((a, b) => a.ratePerSec - b.ratePerSec)
  return tableOf(
    'Levels',
    `Rates are of ${result.per}. Served: answered while they arrived. Under way: requests, by Little's law.`,
    [
      { ...right('offered'), text: (one) => sayOffered(one.ratePerSec) },
      { ...left('objectives'), text: (one) => standingWords[one.standing] },
      { ...left('why there', 3), text: (one) => purposeWords[one.purpose] },
      { ...right('lasted', 4), text: (one) => saySpan(one.lastingMs) + (one.hasEndedEarly ? ', ended early' : '') },
      { ...right('served'), text: (one) => sayRate(one.answeredPerSec / wholePerArrival) },
      { ...right('p50', 5), text: (one) => sayMs(one.p50Ms) },
      { ...right('p95', 6), text: (one) => sayMs(one.p95Ms) },
      { ...right('p99'), text: (one) => sayMs(one.p99Ms) },
      { ...right('answers', 7), text: (one) => sayCount(one.answers) },
      { ...right('errors'), text: (one) => sayShare(one.errorRatio) },
      { ...right('under way', 2), text: (one) => sayNumber(one.concurrency, 3) },
    ],
    levels,
  )
}

/** Requests of a whole arrival, as goodput counts them. */
function served({ levels }: CapacityResult): number {
  const [first] = goodputs(levels)
  const looks = levels.filter(({ ratePerSec, standing }) => ratePerSec === first?.ratePerSec && standing !== 'invalid')
  const answered = looks.reduce((sum, one) => sum + one.answeredPerSec, 0) / Math.max(1, looks.length)
  return first === undefined || first.goodputPerSec === 0 ? 1 : answered / first.goodputPerSec
}

/** Neighbours in a search are a few percent apart: `11.89/s`, where whole numbers would be the same twice. */
function sayOffered(perSec: number): string {
  return `${sayNumber(perSec, 4)}/s`
}

export function levelLine(level: CapacityLevel, per: CapacityResult['per']): string {
  const figures = `p99 ${sayMs(level.p99Ms)}, errors ${sayShare(level.errorRatio)}`
  const early = level.hasEndedEarly ? ', ended early' : ''
  return `${sayOffered(level.ratePerSec)} ${per} for ${saySpan(level.lastingMs)} (${purposeWords[level.purpose]}): ${standingWords[level.standing]}, ${figures}${early}`
}

type Figure = { readonly name: string; readonly value: string; readonly note: string }

export function figuresTable(result: CapacityResult): Table {
  return tableOf(
    'Capacity',
    '',
    [
      { ...left('what'), text: (one: Figure) => one.name },
      { ...right('found'), text: (one) => one.value },
      { ...left('how it is meant', 1), text: (one) => one.note },
    ],
    figuresOf(result),
  )
}

function figuresOf({ slo, knee, answer, headroom, usable, beyond, zones, forecastPerSec }: CapacityResult): readonly Figure[] {
  const least = answer?.atLeast === true ? '≥ ' : ''
  return [
    { name: 'answer', value: answer === null ? nothing : least + sayRate(answer.perSec), note: 'the smaller of knee and SLO rate' },
    {
      name: 'SLO rate',
      value: sayRate(slo.perSec),
      note: slo.confirmed ? 'every objective met, in two runs' : 'every objective met, not confirmed',
    },
    { name: 'knee', value: sayRate(knee.perSec), note: `where goodput bends (Kneedle, sensitivity ${knee.sensitivity})` },
    { name: 'forecast', value: sayRate(forecastPerSec), note: 'the peak that is expected' },
    {
      name: 'headroom',
      value: headroom === null ? nothing : least + sayFactor(headroom.ratio),
      note: 'answer ÷ forecast: 1.5 is good, below 1 is a no-go',
    },
    ...(usable === null || zones === null
      ? []
      : [
          {
            name: 'usable',
            value: least + sayRate(usable.perSec),
            note: `with ${zones.lost} of ${zones.count} zones lost: ${sayShare(usable.utilisationLimit)} of it`,
          },
        ]),
    { name: 'beyond', value: sayShare(beyond.ratio), note: beyond.because },
  ]
}

/** Nothing where the law was not fitted: its reason is told among the others. */
export function uslTable({ usl }: CapacityResult): Table {
  const rows =
    usl.status === 'refused'
      ? []
      : [
          { name: 'λ', ...usl.lambda, meaning: 'requests a second of one at a time' },
          { name: 'σ', ...usl.sigma, meaning: 'share that waits for others' },
          { name: 'κ', ...usl.kappa, meaning: 'cost of agreeing with each other' },
        ]
  return tableOf(
    'Universal Scalability Law',
    usl.status === 'refused' ? '' : `X(N) = λN / (1 + σ(N − 1) + κN(N − 1)) over ${usl.levels} levels, R² ${usl.rSquared.toFixed(4)}.`,
    [
      { ...left('coefficient'), text: (one) => one.name },
      { ...right('value'), text: (one) => sayNumber(one.value, 4) },
      { ...left('95 % interval'), text: (one) => `${sayNumber(one.low, 4)} to ${sayNumber(one.high, 4)}` },
      { ...left('meaning', 1), text: (one) => one.meaning },
    ],
    rows,
  )
}
