// Runs made of arbitrary happenings, told to one recorder or dealt out to several, as threads would have them.
import fc from 'fast-check'
import { Recorder } from '../../src/recorder.ts'
import { destroyWindow } from '../../src/stored-window.ts'
import type { Window } from '../../src/window.ts'

export type Happening = { readonly atMs: number; readonly what: (recorder: Recorder) => void }

const names = fc.constantFrom('timeout', 'status:503', '__proto__', 'toString')
const ms = fc.double({ min: 0, max: 4_000, noNaN: true })
const slot = fc.record({ phase: fc.constantFrom(null, 'doors'), step: fc.constantFrom('landing', 'place, an order') })

const what: fc.Arbitrary<Happening['what']> = fc.oneof(
  fc.tuple(slot, ms, ms).map(([{ phase, step }, lateMs, tookMs]) => (recorder: Recorder) => {
    const place = recorder.slot(phase, step)
    recorder.arrived()
    recorder.due(place)
    recorder.sent(place, lateMs)
    recorder.landed(place, 300, 100)
    recorder.answered(place, tookMs > 2_000, tookMs + lateMs, tookMs)
  }),
  fc.tuple(slot, names, ms).map(([{ phase, step }, cause, tookMs]) => (recorder: Recorder) => {
    recorder.failed(recorder.slot(phase, step), cause, tookMs)
    recorder.shoppers.finished++
  }),
  slot.map(
    ({ phase, step }) =>
      (recorder: Recorder) =>
        recorder.dropped(recorder.slot(phase, step), 'dropped:theirs-no-socket'),
  ),
  slot.map(
    ({ phase, step }) =>
      (recorder: Recorder) =>
        recorder.landed(recorder.slot(phase, step), 5, 5),
  ),
  fc.tuple(ms, fc.option(ms)).map(
    ([connectMs, handshakeMs]) =>
      (recorder: Recorder) =>
        recorder.connected(connectMs, handshakeMs),
  ),
  fc.tuple(names, fc.boolean()).map(
    ([name, passed]) =>
      (recorder: Recorder) =>
        recorder.check(name, passed),
  ),
  fc.tuple(slot, names, ms).map(([{ phase, step }, cause, tookMs]) => (recorder: Recorder) => {
    const cut = recorder.cut('class', step, phase)
    recorder.dueIn(cut.cut, tookMs > 2_000 ? 'first' : 'again')
    recorder.closed(cut, tookMs > 1_000 ? 'ok' : 'failed', tookMs > 1_000 ? null : cause, tookMs)
  }),
  fc.tuple(names, fc.integer({ min: -5, max: 5 })).map(([name, value]) => (recorder: Recorder) => {
    recorder.number(name, value)
    recorder.trend(name, value + 5)
  }),
  fc.tuple(names, ms).map(([id, atMs]) => (recorder: Recorder) => {
    const price = { priceCents: 100, cartPriceCents: null }
    recorder.ordered({ atMs, arrival: 1, shopper: 'buyer', status: 'confirmed', id, sku: 'tv', qty: 1, key: null, ...price })
  }),
  fc.tuple(fc.constantFrom('email', 'token'), fc.integer({ min: 1, max: 9 }), ms).map(([field, owner, atMs]) => (recorder: Recorder) => {
    const people = { owners: [owner], viewers: [owner + 1] }
    const place = { kind: 'leak' as const, step: 'landing', where: 'body', field }
    recorder.found({ ...place, count: 1, firstMs: atMs, lastMs: atMs, ...people, cache: null, node: null, sample: null })
  }),
)

/** In order of time, over three and a half seconds. */
export const happenings: fc.Arbitrary<readonly Happening[]> = fc
  .array(fc.record({ atMs: fc.integer({ min: 0, max: 3_499 }), what }), { maxLength: 40 })
  .map((all) => all.toSorted((a, b) => a.atMs - b.atMs))

/** The windows of one thread that ends at `endMs`; they are never used again. */
export function windowsOf(all: readonly Happening[], endMs: number): readonly Window[] {
  const windows: Window[] = []
  const recorder = new Recorder((window) => windows.push(window))
  for (const { atMs, what } of all) {
    recorder.advance(atMs)
    what(recorder)
  }
  recorder.finish(endMs)
  return windows
}

/** Everything that a window says, free of the order in which its parts were first met. */
export function told(window: Window): unknown {
  const { lateness, connect, handshake, cells, checks, cuts, counters, trends, orders, findings, ...plain } = window
  const byPlace = cells.map(({ response, service, failedResponse, causes, ...cell }) => ({
    ...cell,
    causes: new Map(Object.entries(causes)),
    times: [response.pct(), service.pct(), failedResponse.pct()],
  }))
  return {
    ...plain,
    checks: new Map(Object.entries(checks)),
    cuts: new Map(cuts.map(toldCut)),
    counters: new Map(Object.entries(counters)),
    trends: new Map(Object.entries(trends).map(([name, histogram]) => [name, histogram.pct()])),
    orders: orders.map((order) => JSON.stringify(order)).toSorted(),
    findings: new Map(
      findings.map((finding) => [finding.field, { ...finding, owners: finding.owners.toSorted(), viewers: finding.viewers.toSorted() }]),
    ),
    times: [lateness.pct(), connect.pct(), handshake.pct()],
    cells: byPlace.toSorted((a, b) => (`${a.phase} ${a.step}` < `${b.phase} ${b.step}` ? -1 : 1)),
  }
}

function toldCut({ response, failedResponse, causes, ...cut }: Window['cuts'][number]): [string, unknown] {
  const { by, name, phase, counts } = cut
  return [
    JSON.stringify([by, name, phase]),
    { counts, causes: new Map(Object.entries(causes)), times: [response.pct(), failedResponse.pct()] },
  ]
}

export function destroyAll(windows: readonly Window[]): void {
  for (const window of windows) destroyWindow(window)
}
