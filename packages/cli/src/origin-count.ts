// How often the origin was asked so far, as whatever counts it says: one whole number out of a stranger's JSON, or out of Prometheus' text.
// https://prometheus.io/docs/instrumenting/exposition_formats/
import type { Origin } from '@doorbuster/plan'
import type { ShopReader } from './shop-reader.ts'
import { jsonOf, numberAt } from './shop-reader.ts'

export type OriginCount = { readonly count: number } | { readonly because: string }

export async function originCount({ readText }: Pick<ShopReader, 'readText'>, origin: Origin): Promise<OriginCount> {
  const place = origin.in
  const isMember = 'member' in place
  const text = await readText(origin.get, isMember ? 'application/json' : 'text/plain')
  if (text.kind === 'silent') return { because: text.because }
  if (text.kind === 'nothing') return { because: 'status:404' }
  if (!isMember) return metricIn(text.value, place.metric)
  const reading = jsonOf(text.value)
  if (reading.kind !== 'value') return { because: 'no JSON' }
  const count = numberAt(reading.value, place.member)
  return typeof count === 'number' ? { count } : { because: `no whole number at ${JSON.stringify(place.member)}` }
}

/** The sum of a metric's series; of one alone where `metric` has labels, letter by letter as they stand. */
export function metricIn(text: string, metric: string): OriginCount {
  let count: number | null = null
  for (const line of text.split('\n')) {
    if (!line.startsWith(metric)) continue
    const rest = line.slice(metric.length)
    const isOfOne = /^[ \t]/.test(rest)
    if (!isOfOne && (metric.endsWith('}') || !rest.startsWith('{'))) continue
    const value = wholeIn(isOfOne ? rest : rest.slice(rest.lastIndexOf('}') + 1))
    if (value === null) return { because: `no whole number at ${JSON.stringify(metric)}` }
    count = (count ?? 0) + value
  }
  return count === null ? { because: `no metric ${JSON.stringify(metric)}` } : { count }
}

/** Before the moment that may stand behind it. */
function wholeIn(text: string): number | null {
  const reading = jsonOf(text.trim().split(/\s/, 1)[0] ?? '')
  const value = reading.kind === 'value' ? reading.value : null
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null
}
