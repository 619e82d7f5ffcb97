// Buckets out of a histogram, and a run in stretches.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { eachBucket } from '../src/buckets.ts'
import { Histogram } from '../src/histogram.ts'
import { Recorder } from '../src/recorder.ts'
import { mostStretches, RunSeriesCollector } from '../src/run-series.ts'

test('the buckets of any histogram hold every sample, within 0.1 % and never below it', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 3_600_000_000 }), { minLength: 1, maxLength: 60 }), (timesUs) => {
      const histogram = Histogram.create()
      for (const us of timesUs) histogram.recordMs(us / 1e3)
      const found: number[] = []
      eachBucket(histogram, (us, count) => found.push(...Array.from({ length: count }, () => us)))
      histogram.destroy()
      const sorted = timesUs.toSorted((a, b) => a - b)
      expect(found.length).toBe(sorted.length)
      for (const [i, us] of found.entries()) {
        expect(us).toBeGreaterThanOrEqual(sorted[i] ?? 0)
        expect(us).toBeLessThanOrEqual((sorted[i] ?? 0) * 1.001)
      }
    }),
    { numRuns: 50 },
  )
})

test('each second of a phase is a stretch, and what comes after its end belongs to the last', () => {
  const collector = new RunSeriesCollector({ phases: [{ name: 'a', startMs: 0, lastingMs: 3_000, arrivals: 4 }], lastingMs: 3_000 })
  const recorder = new Recorder((window, release) => {
    collector.add(window)
    release()
  })
  const slot = recorder.slot('a', 'page')
  for (const atMs of [500, 2_500, 4_500]) {
    recorder.advance(atMs)
    recorder.due(slot)
    recorder.sent(slot, 0)
    if (atMs === 500) recorder.failed(slot, 'timeout', 10)
    else recorder.answered(slot, false, 5, 5)
  }
  recorder.finish(5_000)
  const { phases, cells } = collector.series
  expect(phases).toEqual([{ phase: 'a', lastingMs: 3_000, stretches: 3 }])
  expect(cells[0]?.stretches.map(({ answered, failed }) => [answered, failed])).toEqual([
    [0, 1],
    [0, 0],
    [2, 0],
  ])
})

test('what no phase names has the time between the phases alone, so that together they last as long as the run', () => {
  const phases = [{ name: 'doors', startMs: 2_000, lastingMs: 4_000, arrivals: 4 }]
  const collector = new RunSeriesCollector({ phases, lastingMs: 9_000 })
  const recorder = new Recorder((window, release) => {
    collector.add(window)
    release()
  })
  for (const [phase, atMs] of [
    [null, 500],
    ['doors', 2_500],
    [null, 6_500],
    [null, 8_500],
  ] as const) {
    recorder.advance(atMs)
    recorder.due(recorder.slot(phase, 'page'))
    recorder.sent(recorder.slot(phase, 'page'), 0)
    recorder.answered(recorder.slot(phase, 'page'), false, 5, 5)
  }
  recorder.finish(9_000)
  const { phases: found, cells } = collector.series
  expect(found).toEqual([
    { phase: 'doors', lastingMs: 4_000, stretches: 4 },
    { phase: null, lastingMs: 5_000, stretches: 5 },
  ])
  // Seconds 0 and 1, then 6, 7 and 8.
  expect(cells.find(({ phase }) => phase === null)?.stretches.map(({ answered }) => answered)).toEqual([1, 0, 1, 0, 1])
})

test('an hour has no more stretches than a minute', () => {
  const collector = new RunSeriesCollector({ phases: [], lastingMs: 3_600_000 })
  const recorder = new Recorder((window, release) => {
    collector.add(window)
    release()
  })
  recorder.due(recorder.slot(null, 'page'))
  recorder.finish(1_000)
  expect(collector.series.phases).toEqual([{ phase: null, lastingMs: 3_600_000, stretches: mostStretches }])
})
