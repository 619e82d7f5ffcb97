// Why a comparison came out as it did, in plain sentences, the decisive one first.
import type { ComparedAnswer, ComparedRow } from './run-comparison.ts'

const mostReasons = 6

export function reasonsFor(answer: ComparedAnswer, rows: readonly ComparedRow[], loud: readonly ComparedRow[]): readonly string[] {
  const whole = rows.filter(({ phase, step }) => phase === null && step === null)
  if (answer === 'worse') {
    const sorted = loud.toSorted((a, b) => Number(whole.includes(b)) - Number(whole.includes(a)))
    const more = loud.length - mostReasons
    return [...sorted.slice(0, mostReasons).map(changeText), ...(more > 0 ? [`${more} more figures are worse.`] : [])]
  }
  if (answer === 'not-worse') return ['No figure of the whole run can have got worse by as much as would matter.']
  return whole
    .filter((row) => row.answer !== 'not-worse')
    .map((row) => (row.because === '' ? changeText(row) : `${scopeText(row)}: ${row.because}.`))
}

function changeText(row: ComparedRow): string {
  const { measure, ratio, difference } = row
  if (measure === 'failures') {
    if (difference === null) return `${scopeText(row)}: nothing is known.`
    return `${scopeText(row)}: ${points(difference.value)}, between ${points(difference.low)} and ${points(difference.high)} (percentage points).`
  }
  if (ratio === null) return `${scopeText(row)}: nothing is known.`
  return `${scopeText(row)}: ${percent(ratio.value)}, between ${percent(ratio.low)} and ${percent(ratio.high)}.`
}

function scopeText({ measure, phase, step }: ComparedRow): string {
  const place = [...(step === null ? [] : [`of ${step}`]), ...(phase === null ? [] : [`in ${phase}`])].join(' ')
  return `${measure === 'failures' ? 'share of failures' : measure} ${place === '' ? 'of the whole run' : place}`
}

function percent(ratio: number): string {
  return `${signed((ratio - 1) * 100)} %`
}

function points(share: number): string {
  return signed(share * 100, 2)
}

function signed(value: number, digits = 1): string {
  const text = Math.abs(value).toFixed(digits)
  return Number(text) === 0 ? text : `${value < 0 ? '−' : '+'}${text}`
}
