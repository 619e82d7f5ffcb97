// The same requests once more, by something else than phase and step: who sent them, from what device, who answered. Also what is no
// request but counted like one: transactions, and shoppers from arriving to leaving.
import { byName } from './by-name.ts'
import type { Counts } from './counts.ts'
import { noCounts } from './counts.ts'
import { Histogram } from './histogram.ts'
import { addCauses } from './scope.ts'

/**
 * `class`: the shopper's class, and `(hostile)` or `(legitimate)` for all of a cohort where a plan has people who mean harm · `device`: its
 * device, and `<device> (visits)` for the visits made with it · `answered-by`: who answered (application, cache, queue page …); a request is due
 * and sent there once it is answered · `degraded`: degraded answers once more, by step · `group`: a transaction; its time is what the shopper waited in it, times to think left out ·
 * `shoppers`: one visit each, by class: ok = finished, degraded = finished after a degraded answer, failed with its cause = `gave-up:<step>`,
 * `turned-away:<why>`, `threw`, `cut`; its time runs from the arrival's due moment to leaving.
 */
export type CutBy = 'class' | 'device' | 'answered-by' | 'degraded' | 'group' | 'shoppers'

export type Cut = {
  readonly by: CutBy
  readonly name: string
  readonly phase: string | null
  readonly counts: Counts
  readonly causes: Record<string, number>
  /** Response time of ok and degraded. */
  readonly response: Histogram
  /** Response time of failed. */
  readonly failedResponse: Histogram
}

export type CutName = Pick<Cut, 'by' | 'name' | 'phase'>

export function newCut({ by, name, phase }: CutName): Cut {
  return { by, name, phase, counts: noCounts(), causes: byName(), response: Histogram.create(), failedResponse: Histogram.create() }
}

export function clearCut(cut: Cut): void {
  Object.assign(cut.counts, noCounts())
  for (const cause of Object.keys(cut.causes)) delete cut.causes[cause]
  cut.response.reset()
  cut.failedResponse.reset()
}

/** Leaves `from` as it is. */
export function addCut(into: Cut, from: Cut): void {
  for (const key of Object.keys(into.counts) as (keyof Counts)[]) into.counts[key] += from.counts[key]
  addCauses(into.causes, from.causes)
  into.response.add(from.response)
  into.failedResponse.add(from.failedResponse)
}

export function destroyCut({ response, failedResponse }: Cut): void {
  response.destroy()
  failedResponse.destroy()
}

export function cutKey({ by, name, phase }: CutName): string {
  return JSON.stringify([by, name, phase])
}
