// The forms of what a run folder holds, for a folder that somebody else may have written or damaged. Opens no files.

import type { Budget, OrderRead, Orders, Origin, StockRead } from '@doorbuster/plan'
import type { Counter } from './counters.ts'
import type { Counts } from './counts.ts'
import type { Cut } from './cut.ts'
import type { FailureSample, RunEvent } from './events.ts'
import type { Calibration, Machine, PhaseSpan, RunEnd, RunStart } from './facts.ts'
import type { Form } from './form.ts'
import {
  amount,
  amountAboveZero,
  finite,
  listOf,
  moment,
  named,
  objectWith,
  oneOf,
  optional,
  orNull,
  shareBetween,
  text,
  truth,
  whole,
} from './form.ts'
import type { Finding, OrderEntry, OriginFetches, ShopCount, ShopOrders } from './ledger-entries.ts'
import type { StoredCell, StoredCut, StoredWindow } from './stored-window.ts'
import type { Tenths } from './tenths.ts'
import { mostTenths } from './tenths.ts'
import type { CheckCounts, ShopperCounts, ThreadCpu, Window } from './window.ts'

const stockReadForm = objectWith<StockRead>({ get: text, sold: optional(text), stock: optional(text) })

const ordersForm = objectWith<Orders>({
  stock: named(orNull(whole)),
  count: optional(stockReadForm),
  order: optional(objectWith<OrderRead>({ get: text, id: text })),
  settleMs: amount,
  perShopper: optional(amountAboveZero),
  forecastPerSec: optional(amountAboveZero),
  provider: optional(objectWith<NonNullable<Orders['provider']>>({ limitPerSec: amountAboveZero, callsPerOrder: amountAboveZero })),
  basket: optional(objectWith<NonNullable<Orders['basket']>>({ cents: amount, currency: optional(text) })),
})

/** Of the plan itself only what is read again: the text of its objectives, its budget, what there is to sell, and what a herd asks for. */
const planForm = objectWith<{ objectives: unknown; orders: unknown; origin: unknown; budget: unknown }>({
  objectives: optional(listOf(objectWith<{ text: string }>({ text }))),
  orders: optional(ordersForm),
  budget: optional(objectWith<Budget>({ availabilityRatio: shareBetween, overMs: amountAboveZero })),
  origin: optional(objectWith<Pick<Origin, 'keys' | 'edges'>>({ keys: amountAboveZero, edges: amountAboveZero })),
})

const phaseForm = objectWith<PhaseSpan>({ name: text, startMs: amount, lastingMs: amount, arrivals: amount })

/** The planned curve is kept in at most so many numbers. */
export const mostPlanned = 3_600

/** plan.json. */
export const startForm = objectWith<RunStart>({
  schema: oneOf({ 'doorbuster/run@1': true } satisfies Record<RunStart['schema'], true>),
  name: text,
  target: text,
  repeat: optional(listOf(text)),
  plan: planForm,
  planHash: text,
  seed: whole,
  arrivalsHash: orNull(text),
  shape: orNull(text),
  model: oneOf({ open: true, closed: true } satisfies Record<RunStart['model'], true>),
  startedAt: moment,
  runId: optional(text),
  phases: listOf(phaseForm),
  peak: orNull(objectWith<NonNullable<RunStart['peak']>>({ startMs: amount, lastingMs: amount, perSec: amount })),
  lastingMs: amount,
  arrivals: orNull(amount),
  planned: objectWith<RunStart['planned']>({
    everyMs: amountAboveZero,
    arrivals: listOf(amount),
    tenths: optional(listOf(amount, { most: mostPlanned })),
  }),
  ceiling: objectWith<RunStart['ceiling']>({ sockets: amount, shoppers: amount }),
  transport: text,
  threads: whole,
  sources: optional(whole),
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
  plan: true,
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

const findingForm = objectWith<Finding>({
  kind: oneOf({ leak: true, 'personal-data': true, 'shared-session': true, 'open-door': true } satisfies Record<Finding['kind'], true>),
  step: text,
  where: text,
  field: text,
  count: whole,
  firstMs: finite,
  lastMs: finite,
  owners: listOf(whole),
  viewers: listOf(whole),
  cache: orNull(text),
  node: orNull(text),
  sample: orNull(text),
})

const eventKinds: Record<RunEvent['kind'], true> = { phase: true, abort: true, failure: true, note: true, warn: true, stop: true }

/** A line of events.jsonl. Moments before the run's zero are below zero. */
export const eventForm = objectWith<RunEvent>({
  atMs: finite,
  kind: oneOf(eventKinds),
  text,
  sample: optional(objectWith<FailureSample>({ step: text, status: amount, cause: text, body: optional(text) })),
  finding: optional(findingForm),
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
  intents: optional(whole),
  attempts: optional(whole),
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

const cutForm = objectWith<StoredCut>({
  by: oneOf({ class: true, device: true, 'answered-by': true, degraded: true, group: true, shoppers: true } satisfies Record<
    Cut['by'],
    true
  >),
  name: text,
  phase: orNull(text),
  counts: countsForm,
  causes: named(whole),
  response: momentsForm,
  failed: momentsForm,
})

const counterForm = objectWith<Counter>({ count: whole, sum: finite, min: finite, max: finite })

const orderForm = objectWith<OrderEntry>({
  atMs: finite,
  arrival: whole,
  shopper: text,
  status: oneOf({ confirmed: true, unknown: true, refused: true, cancelled: true } satisfies Record<OrderEntry['status'], true>),
  id: orNull(text),
  sku: text,
  qty: finite,
  key: orNull(text),
  priceCents: orNull(finite),
  cartPriceCents: orNull(finite),
})

/** A line of orders.jsonl: an order, and the window in which it was told. */
export const orderLineForm: Form = (value, path = '') =>
  orderForm(value, path) ?? objectWith<{ window: number }>({ window: whole })(value, path)

const countForm = objectWith<ShopCount>({
  kind: oneOf({ count: true } satisfies Record<ShopCount['kind'], true>),
  when: oneOf({ before: true, during: true, after: true } satisfies Record<ShopCount['when'], true>),
  atMs: finite,
  sku: text,
  sold: orNull(finite),
  stock: orNull(finite),
  because: orNull(text),
})

const shopOrdersForm = objectWith<ShopOrders>({
  kind: oneOf({ orders: true } satisfies Record<ShopOrders['kind'], true>),
  atMs: finite,
  of: text,
  ids: orNull(listOf(text)),
  because: orNull(text),
})

const originForm = objectWith<OriginFetches>({
  kind: oneOf({ origin: true } satisfies Record<OriginFetches['kind'], true>),
  atMs: finite,
  herd: whole,
  before: orNull(finite),
  after: orNull(finite),
  because: orNull(text),
})

/** A line of shop.jsonl. */
export const shopForm: Form = (value, path = '') => {
  const isKnown = [countForm, shopOrdersForm, originForm].some((form) => form(value, path) === null)
  return isKnown ? null : shopOrdersForm(value, path)
}

const shoppersForm = objectWith<ShopperCounts>({
  due: whole,
  started: whole,
  finished: whole,
  finishedDegraded: optional(whole),
  gaveUp: optional(whole),
  turnedAway: optional(whole),
  threw: whole,
  dropped: whole,
  cut: whole,
})

const tenthsForm = listOf(whole, { most: mostTenths })

/** A line of timeline.jsonl. */
export const windowForm = objectWith<StoredWindow>({
  index: whole,
  startMs: amount,
  lastingMs: amountAboveZero,
  cells: listOf(cellForm),
  tenths: optional(objectWith<Tenths>({ arrivals: tenthsForm, due: tenthsForm, sent: tenthsForm })),
  shoppers: shoppersForm,
  checks: named(objectWith<CheckCounts>({ passed: whole, failed: whole })),
  cuts: optional(listOf(cutForm)),
  counters: optional(named(counterForm)),
  trends: optional(named(momentsForm)),
  orders: optional(listOf(orderForm)),
  findings: optional(listOf(findingForm)),
  lateness: momentsForm,
  connect: optional(momentsForm),
  handshake: optional(momentsForm),
  inFlight: objectWith<StoredWindow['inFlight']>({ mean: finite, max: finite }),
  loopDelayMs: objectWith<StoredWindow['loopDelayMs']>({ p99: amount, max: amount }),
  gcPauseMs: optional(orNull(objectWith<NonNullable<Window['gcPauseMs']>>({ total: amount, max: amount }))),
  threads: optional(listOf(objectWith<ThreadCpu>({ id: whole, cpuMs: orNull(amount) }))),
})
