// The tables of what the target's metrics pages said: its series, and which of them came to its end first. Nothing here is escaped yet.
import type { TargetUnit } from '@doorbuster/measurements'
import type { Saturated, Summary, TargetSeriesFacts } from '@doorbuster/verdict'
import { nothing, sayBytes, sayClock, sayCount, sayMany, sayMs, sayNumber, sayRate, sayShare, saySpan } from './format.ts'
import type { Table } from './table.ts'
import { left, right, tableOf } from './table.ts'

/** In the series' own way. */
export function sayTarget(value: number | null, unit: TargetUnit): string {
  if (value === null) return nothing
  switch (unit) {
    case 'ratio':
      return sayShare(value)
    case 'perSec':
      return sayRate(value)
    case 'bytes':
      return sayBytes(value)
    case 'bytesPerSec':
      return `${sayBytes(value)}/s`
    case 'seconds':
      return sayMs(value * 1e3)
    case 'number':
      return sayNumber(value, 4)
  }
}

/** In which order they came to their end, and how long that was before shoppers felt it. */
export function saturatedTable({ target }: Summary): Table {
  const all = target?.saturated ?? []
  return tableOf<readonly [Saturated, number]>(
    'What came to its end first',
    '',
    [
      { ...left('place', 2), text: ([, index]) => `${index + 1}.` },
      { ...left('series'), text: ([one]) => seriesName(target, one) },
      { ...right('from'), text: ([{ atMs }]) => sayClock(atMs) },
      { ...right('before the breach'), text: ([{ leadMs }]) => leadText(leadMs) },
      { ...left('what was seen', 1), text: ([{ because }]) => because },
    ],
    all.map((each, index) => [each, index] as const),
  )
}

function leadText(leadMs: number | null): string {
  if (leadMs === null) return nothing
  return leadMs < 0 ? `${saySpan(-leadMs)} after it` : saySpan(leadMs)
}

export function targetTable({ target }: Summary): Table {
  const at = (title: string, leaves: number, of: (one: TargetSeriesFacts) => number | null) => ({
    ...right(title, leaves),
    text: (one: TargetSeriesFacts) => sayTarget(of(one), one.unit),
  })
  return tableOf<TargetSeriesFacts>(
    'What the target said of itself',
    silentNote(target),
    [
      { ...left('series'), text: (one) => seriesName(target, one) },
      at('at first', 2, (one) => one.first),
      at('at the peak', 0, (one) => one.atPeak),
      at('highest', 0, (one) => one.max),
      at('mean', 1, (one) => one.mean),
      { ...right('readings', 3), text: (one) => sayCount(one.samples) },
    ],
    target?.series ?? [],
  )
}

/** With its page, where there are several. */
export function seriesName(target: Summary['target'], { page, name }: { readonly page: string; readonly name: string }): string {
  return hasSeveralPages(target) ? `${name} of ${page}` : name
}

function hasSeveralPages(target: Summary['target']): boolean {
  const pages = [...(target?.series ?? []), ...(target?.silent ?? [])].map(({ page }) => page)
  return pages.some((page) => page !== pages[0])
}

/** Pages that could not be read, or not in all, at some time of the run. */
export function silentNote(target: Summary['target']): string {
  const all = target?.silent ?? []
  const told = all.slice(0, 3).map(({ page, atMs, because }) => `${page} from ${sayClock(atMs)} (${because})`)
  if (told.length === 0) return ''
  return `Not read at times: ${told.join('; ')}${all.length > 3 ? `, and ${sayMany(all.length - 3, 'more trouble')}` : ''}.`
}
