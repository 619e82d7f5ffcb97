// The brief of a leak: how, when, what and how far, from what was found in single answers. As data, and as one sentence.
import type { Finding } from '@doorbuster/measurements'
import { mostPeople } from '@doorbuster/measurements'
import { counted, countFigure } from './figures.ts'

export type LeakBrief = {
  /** Answers that showed something of another shopper, once for each place and field. */
  readonly count: number
  readonly firstMs: number
  readonly lastMs: number
  /** Begun minutes of the run in which it is known to have happened first and last, and all between them. */
  readonly minutes: number
  /** Distinct shoppers whose data was shown, and who saw it. `isCapped`: there may be more, since a finding names 200 of each. */
  readonly owners: number
  readonly viewers: number
  readonly isCapped: boolean
  readonly fields: readonly string[]
  readonly steps: readonly string[]
  /** `body`, `header location` … */
  readonly places: readonly string[]
  /** What such answers said of caches and machines, the first of each place; empty: nothing. */
  readonly caches: readonly string[]
  readonly nodes: readonly string[]
}

/** Null when nothing leaked. */
export function leakBrief(findings: readonly Finding[]): LeakBrief | null {
  const leaks = findings.filter(({ kind }) => kind === 'leak').toSorted((a, b) => a.firstMs - b.firstMs)
  const [first] = leaks
  if (first === undefined) return null
  const lastMs = Math.max(...leaks.map((leak) => leak.lastMs))
  return {
    count: leaks.reduce((sum, { count }) => sum + count, 0),
    firstMs: first.firstMs,
    lastMs,
    minutes: Math.floor(lastMs / 60e3) - Math.floor(first.firstMs / 60e3) + 1,
    owners: distinct(leaks.flatMap(({ owners }) => owners)).length,
    viewers: distinct(leaks.flatMap(({ viewers }) => viewers)).length,
    isCapped: leaks.some(({ owners, viewers }) => owners.length >= mostPeople || viewers.length >= mostPeople),
    fields: distinct(leaks.map(({ field }) => field)),
    steps: distinct(leaks.map(({ step }) => step)),
    places: distinct(leaks.map(({ where }) => where)),
    caches: distinct(leaks.flatMap(({ cache }) => cache ?? [])),
    nodes: distinct(leaks.flatMap(({ node }) => node ?? [])),
  }
}

/** `Shoppers were shown other shoppers' data: 34 owners, fields email and address, GET /account, from 0:12 to 0:19, …`, without its full stop. */
export function sayLeaks(brief: LeakBrief): string {
  const { owners, viewers, isCapped, fields, steps, places, firstMs, lastMs, caches, nodes, count } = brief
  const most = isCapped ? 'at least ' : ''
  return [
    `shoppers were shown other shoppers' data: ${most}${counted(owners, 'owner')}, ${most}${counted(viewers, 'viewer')}, ${countFigure(count)} times`,
    `${fields.length === 1 ? 'field' : 'fields'} ${listed(fields)}`,
    listed(steps),
    `in ${listed(places)}`,
    `from ${minuteFigure(firstMs)} to ${minuteFigure(lastMs)}`,
    caches.length === 0 ? 'in answers that say nothing of a cache' : `in answers with ${listed(caches.map(quoted))}`,
    nodes.length === 0 ? 'which name no machine' : `from ${listed(nodes.map(quoted))}`,
  ].join(', ')
}

const mostListed = 5

function listed(all: readonly string[]): string {
  const shown = all.slice(0, mostListed)
  const rest = all.length - shown.length
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

/** A header may hold commas itself. */
const quoted = (text: string): string => `"${text}"`

/** `0:12`, minutes and seconds of the run. */
function minuteFigure(ms: number): string {
  const seconds = Math.floor(ms / 1e3)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

function distinct<T>(all: readonly T[]): readonly T[] {
  return [...new Set(all)]
}
