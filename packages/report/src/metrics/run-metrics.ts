// Sums of a run that goes on, window by window, as metrics. Labels are capped, so that hostile answers cannot flood a time-series database.
import type { RunStart, ShopperCounts, Window } from '@doorbuster/measurements'
import { addShoppers, noShoppers } from '@doorbuster/measurements'
import { Bucketed, boundsSeconds } from './bucketed.ts'
import type { Labels, Metric, Point } from './metric.ts'

const outcomes = ['ok', 'degraded', 'failed', 'dropped'] as const

/** Pairs of step and cause that are told apart, and letters of a name. */
const mostCauses = 300
const mostLetters = 200
const otherCauses = '(other causes)'

type Step = { due: number; sent: number; readonly outcomes: Record<(typeof outcomes)[number], number>; readonly response: Bucketed }

export class RunMetrics {
  readonly #start: RunStart
  readonly #steps = new Map<string, Step>()
  readonly #causes = new Map<string, { readonly labels: Labels; value: number }>()
  readonly #shoppers: ShopperCounts = noShoppers()
  readonly #lateness = new Bucketed()
  #inFlight = 0
  #elapsedMs = 0
  #hasEnded = false

  constructor(start: RunStart) {
    this.#start = start
  }

  add(window: Window): void {
    for (const { step, counts, causes, response } of window.cells) {
      const sum = this.#step(step)
      sum.due += counts.due
      sum.sent += counts.sent
      for (const outcome of outcomes) sum.outcomes[outcome] += counts[outcome]
      sum.response.add(response)
      for (const [cause, count] of Object.entries(causes)) this.#addCause(step, cause, count)
    }
    addShoppers(this.#shoppers, window.shoppers)
    this.#lateness.add(window.lateness)
    this.#inFlight = window.inFlight.mean
    this.#elapsedMs = window.startMs + window.lastingMs
  }

  end(): void {
    this.#hasEnded = true
    this.#inFlight = 0
  }

  metrics(): readonly Metric[] {
    return [this.#about(), ...this.#requests(), ...this.#times(), ...this.#moment()]
  }

  #about(): Metric {
    const { name, planHash, runId = '' } = this.#start
    const labels = { run: clipped(name), run_id: runId, plan_hash: planHash }
    return { kind: 'gauge', name: 'doorbuster_run', unit: null, help: 'The run that these figures are of.', points: [{ labels, value: 1 }] }
  }

  #requests(): readonly Metric[] {
    const steps = [...this.#steps]
    const each = (value: (step: Step) => number): readonly Point[] =>
      steps.map(([name, step]) => ({ labels: { step: name }, value: value(step) }))
    const done = steps.flatMap(([name, step]) =>
      outcomes.map((outcome) => ({ labels: { step: name, outcome }, value: step.outcomes[outcome] })),
    )
    const what = Object.entries(this.#shoppers).map(([state, value]) => ({ labels: { state: kebab(state) }, value }))
    const counter = { kind: 'counter', unit: null } as const
    return [
      { ...counter, name: 'doorbuster_requests_due', help: 'Requests that were due.', points: each(({ due }) => due) },
      { ...counter, name: 'doorbuster_requests_sent', help: 'Requests that were sent.', points: each(({ sent }) => sent) },
      { ...counter, name: 'doorbuster_requests', help: 'Requests by outcome; dropped ones were never sent.', points: done },
      {
        ...counter,
        name: 'doorbuster_failures',
        help: 'Failed and dropped requests by cause.',
        points: [...this.#causes.values()].map(({ labels, value }) => ({ labels, value })),
      },
      { ...counter, name: 'doorbuster_shoppers', help: 'Shoppers by what became of them.', points: what },
    ]
  }

  #times(): readonly Metric[] {
    const histogram = { kind: 'histogram', unit: 'seconds', boundsSeconds } as const
    return [
      {
        ...histogram,
        name: 'doorbuster_response',
        help: 'From the moment a request was due to its last byte, of answered requests.',
        points: [...this.#steps].map(([step, { response }]) => response.point({ step })),
      },
      {
        ...histogram,
        name: 'doorbuster_lateness',
        help: 'How late doorbuster itself was: sent minus due.',
        points: [this.#lateness.point({})],
      },
    ]
  }

  #moment(): readonly Metric[] {
    const gauge = { kind: 'gauge', unit: null } as const
    const ended = this.#hasEnded ? 1 : 0
    return [
      { ...gauge, name: 'doorbuster_in_flight', help: 'Requests under way, mean of the last second.', points: alone(this.#inFlight) },
      { ...gauge, name: 'doorbuster_elapsed', unit: 'seconds', help: 'Time of the run so far.', points: alone(this.#elapsedMs / 1e3) },
      { ...gauge, name: 'doorbuster_ended', help: '1 when these figures are the last.', points: alone(ended) },
    ]
  }

  #step(name: string): Step {
    const clippedName = clipped(name)
    const known = this.#steps.get(clippedName)
    if (known !== undefined) return known
    const step = { due: 0, sent: 0, outcomes: { ok: 0, degraded: 0, failed: 0, dropped: 0 }, response: new Bucketed() }
    this.#steps.set(clippedName, step)
    return step
  }

  #addCause(step: string, cause: string, count: number): void {
    const labels = { step: clipped(step), cause: clipped(cause) }
    const isKnown = this.#causes.has(JSON.stringify(labels))
    const placed = isKnown || this.#causes.size < mostCauses ? labels : { step: otherCauses, cause: otherCauses }
    const key = JSON.stringify(placed)
    const sum = this.#causes.get(key) ?? { labels: placed, value: 0 }
    this.#causes.set(key, sum)
    sum.value += count
  }
}

function alone(value: number): readonly Point[] {
  return [{ labels: {}, value }]
}

function clipped(name: string): string {
  return name.slice(0, mostLetters).toWellFormed()
}

/** `gaveUp` → `gave-up`, as causes are written. */
function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
