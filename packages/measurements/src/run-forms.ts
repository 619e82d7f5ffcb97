// The forms of what a run folder holds, for a folder that somebody else may have written or damaged. Opens no files.
import type { FailureSample, RunEvent } from './events.ts'
import type { Calibration, Machine, PhaseSpan, RunEnd, RunStart } from './facts.ts'
import type { Form } from './form.ts'
import { amount, amountAboveZero, finite, listOf, moment, named, objectWith, oneOf, optional, orNull, text, truth, whole } from './form.ts'
import type { StoredCell, StoredWindow } from './stored-window.ts'
import type { CheckCounts, Counts, ShopperCounts, ThreadCpu, Window } from './window.ts'

/** Of the plan itself only what is read again: the text of its objectives. */
const planForm = objectWith<{ objectives: unknown }>({ objectives: optional(listOf(objectWith<{ text: string }>({ text }))) })

const phaseForm = objectWith<PhaseSpan>({ name: text, startMs: amount, lastingMs: amount, arrivals: amount })

/** plan.json. */
export const startForm = objectWith<RunStart>({
  schema: oneOf({ 'doorbuster/run@1': true } satisfies Record<RunStart['schema'], true>),
  name: text,
  target: text,
  plan: planForm,
  planHash: text,
  seed: whole,
  arrivalsHash: orNull(text),
  shape: orNull(text),
  model: oneOf({ open: true, closed: true } satisfies Record<RunStart['model'], true>),
  startedAt: moment,
  phases: listOf(phaseForm),
  peak: orNull(objectWith<NonNullable<RunStart['peak']>>({ startMs: amount, lastingMs: amount, perSec: amount })),
  lastingMs: amount,
  arrivals: orNull(amount),
  planned: objectWith<RunStart['planned']>({ everyMs: amountAboveZero, arrivals: listOf(amount) }),
  ceiling: objectWith<RunStart['ceiling']>({ sockets: amount, shoppers: amount }),
  transport: text,
  threads: whole,
  versions: objectWith<RunStart['versions']>({ doorbuster: text, node: text }),
  machine: objectWith<Machine>({ cpu: text, cores: amount, memoryBytes: amount, os: text }),
  calibration: optional(
    orNull(
      objectWith<Calibration>({
        startedAt: moment,
        cleanPerSec: amountAboveZero,
        kind: oneOf({ urls: true, journeys: true } satisfies Record<Calibration['kind'], true>),
        peakRatio: amount,
      }),
    ),
  ),
})

const endings: Record<RunEnd['stoppedBy'], true> = {
  end: true,
  interrupt: true,
  abort: true,
  journey: true,
  guard: true,
  disk: true,
  bug: true,
  'cut-off': true,
}

const endForm = objectWith<RunEnd>({
  finished: truth,
  stoppedBy: oneOf(endings),
  durationMs: finite,
  cpuSeconds: orNull(finite),
  stolenCpuRatio: optional(finite),
  lost: optional(objectWith<NonNullable<RunEnd['lost']>>({ threads: whole, arrivals: amount })),
  note: optional(text),
})

const eventKinds: Record<RunEvent['kind'], true> = { phase: true, abort: true, failure: true, note: true, warn: true, stop: true }

/** A line of events.jsonl. Moments before the run's zero are below zero. */
export const eventForm = objectWith<RunEvent>({
  atMs: finite,
  kind: oneOf(eventKinds),
  text,
  sample: optional(objectWith<FailureSample>({ step: text, status: amount, cause: text, body: optional(text) })),
  end: optional(endForm),
})

const countsForm = objectWith<Counts>({
  due: whole,
  sent: whole,
  ok: whole,
  degraded: whole,
  failed: whole,
  dropped: whole,
  bytesIn: finite,
  bytesOut: finite,
})

const momentsForm: Form = listOf(whole, 4)

const cellForm = objectWith<StoredCell>({
  phase: orNull(text),
  step: text,
  counts: countsForm,
  causes: named(whole),
  response: momentsForm,
  service: momentsForm,
  failed: momentsForm,
})

/** A line of timeline.jsonl. */
export const windowForm = objectWith<StoredWindow>({
  index: whole,
  startMs: amount,
  lastingMs: amountAboveZero,
  cells: listOf(cellForm),
  shoppers: objectWith<ShopperCounts>({ due: whole, started: whole, finished: whole, threw: whole, dropped: whole, cut: whole }),
  checks: named(objectWith<CheckCounts>({ passed: whole, failed: whole })),
  lateness: momentsForm,
  connect: optional(momentsForm),
  handshake: optional(momentsForm),
  inFlight: objectWith<StoredWindow['inFlight']>({ mean: finite, max: finite }),
  loopDelayMs: objectWith<StoredWindow['loopDelayMs']>({ p99: amount, max: amount }),
  gcPauseMs: optional(orNull(objectWith<NonNullable<Window['gcPauseMs']>>({ total: amount, max: amount }))),
  threads: optional(listOf(objectWith<ThreadCpu>({ id: whole, cpuMs: orNull(amount) }))),
})
