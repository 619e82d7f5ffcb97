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
  const { lateness, connect, handshake, cells, checks, ...plain } = window
  const byPlace = cells.map(({ response, service, failedResponse, causes, ...cell }) => ({
    ...cell,
    causes: new Map(Object.entries(causes)),
    times: [response.pct(), service.pct(), failedResponse.pct()],
  }))
  return {
    ...plain,
    checks: new Map(Object.entries(checks)),
    times: [lateness.pct(), connect.pct(), handshake.pct()],
    cells: byPlace.toSorted((a, b) => (`${a.phase} ${a.step}` < `${b.phase} ${b.step}` ? -1 : 1)),
  }
}

export function destroyAll(windows: readonly Window[]): void {
  for (const window of windows) destroyWindow(window)
}
