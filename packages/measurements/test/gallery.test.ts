import { mkdtempDisposableSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { curvePoints } from '../src/curve.ts'
import type { Gallery } from '../src/gallery.ts'
import { GalleryCollector, heatEdgesMs, mostStretches } from '../src/gallery.ts'
import { Histogram } from '../src/histogram.ts'
import { readRun } from '../src/read-run.ts'
import { Recorder } from '../src/recorder.ts'
import { RunFolder } from '../src/run-folder.ts'
import { Tally } from '../src/tally.ts'
import type { Window } from '../src/window.ts'
import { happenings, windowsOf } from './support/happenings.ts'
import { end, start } from './support/story.ts'

function galleryOf(windows: readonly Window[]): Gallery {
  const [tally, gallery] = [new Tally(), new GalleryCollector()]
  for (const window of windows) {
    tally.add(window)
    gallery.add(window)
  }
  return gallery.gallery(tally)
}

function recorded(seconds: number, tell: (recorder: Recorder, second: number) => void): Gallery {
  const [tally, gallery] = [new Tally(), new GalleryCollector()]
  const recorder = new Recorder((window, release) => {
    tally.add(window)
    gallery.add(window)
    release()
  })
  for (let second = 0; second < seconds; second++) {
    recorder.advance(second * 1_000)
    tell(recorder, second)
  }
  recorder.finish(seconds * 1_000)
  return gallery.gallery(tally)
}

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0)

test('a run folder that is read again gives the gallery that the run gave', async () => {
  await fc.assert(
    fc.asyncProperty(happenings, async (all) => {
      using parent = mkdtempDisposableSync(join(tmpdir(), 'doorbuster-'))
      const folder = RunFolder.create(join(parent.path, 'run'), start)
      const windows = windowsOf(all, 3_500)
      for (const window of windows) await folder.append(window, async () => {})
      folder.note({ atMs: 3_500, kind: 'stop', text: 'done', end })
      await folder.close()
      const [tally, stored] = [new Tally(), new GalleryCollector()]
      readRun(join(parent.path, 'run')).eachWindow((window) => {
        tally.add(window)
        stored.add(window)
      })
      expect(stored.gallery(tally)).toEqual(galleryOf(windows))
    }),
    { numRuns: 10 },
  )
})

describe('a long run', () => {
  const gallery = recorded(1_000, (recorder, second) => {
    const slot = recorder.slot(null, 'x')
    recorder.answered(slot, false, 5, 5)
    recorder.failed(slot, second < 500 ? 'timeout' : 'status:503', 9)
    if (second === 700) recorder.answered(slot, false, 40_000, 40_000)
  })

  test('is kept in as few stretches as a short one, which lie one after the other', () => {
    expect(gallery.stretches.length).toBeLessThanOrEqual(mostStretches)
    expect(gallery.stretches.length).toBeGreaterThan(mostStretches / 2)
    let endMs = 0
    for (const { startMs, lastingMs } of gallery.stretches) {
      expect(startMs).toBe(endMs)
      endMs += lastingMs
    }
    expect(endMs).toBe(1_000_000)
  })

  test('loses no answer, no failure and no rare slow one', () => {
    expect(sum(gallery.stretches.map(({ heat }) => sum(heat)))).toBe(1_001)
    expect(sum(gallery.stretches.map(({ causes }) => causes['status:503'] ?? 0))).toBe(500)
    const slow = heatEdgesMs.findIndex((edge) => edge >= 40_000)
    expect(gallery.stretches.flatMap(({ startMs, heat }) => (heat[slow] === 1 ? [startMs <= 700_000] : []))).toEqual([true])
  })
})

test('names without end are counted together beyond a hundred, under whatever name they come', () => {
  const gallery = recorded(40, (recorder, second) => {
    for (let i = 0; i < 10; i++)
      recorder.failed(recorder.slot(null, 'x'), second === 0 && i === 0 ? '__proto__' : `cause ${second * 10 + i}`, 1)
  })
  const names = new Set(gallery.stretches.flatMap(({ causes }) => Object.keys(causes)))
  expect(names.size).toBeLessThanOrEqual(101)
  expect([...names]).toContain('__proto__')
  expect(sum(gallery.stretches.flatMap(({ causes }) => Object.values(causes)))).toBe(400)
})

test('counts between edges are those of the sorted samples', () => {
  const edgesMs = [0.1, 0.5, 1, 2]
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2_040 }), { maxLength: 200 }), (allUs) => {
      const histogram = Histogram.create()
      for (const us of allUs) histogram.recordMs(us / 1e3)
      const bounds = [Number.NEGATIVE_INFINITY, ...edgesMs, Number.POSITIVE_INFINITY]
      const expected = bounds.slice(1).map((to, i) => allUs.filter((us) => us / 1e3 > (bounds[i] ?? 0) && us / 1e3 <= to).length)
      expect(histogram.countsBetween(edgesMs)).toEqual(expected)
      histogram.destroy()
    }),
    { numRuns: 50 },
  )
})

test('a large sample and a large value are counted where they belong', () => {
  const histogram = Histogram.create()
  for (let i = 0; i < 20_000; i++) histogram.recordMs(0.7)
  histogram.recordMs(3_000_000)
  expect(histogram.countsBetween([0.5, 1, 60_000])).toEqual([0, 20_000, 0, 1])
  histogram.destroy()
})

describe('a percentile curve', () => {
  const histogram = Histogram.create()
  for (let i = 1; i <= 1_000; i++) histogram.recordMs(i)
  const points = curvePoints(histogram)

  test('ends where ten samples are left: 1,000 carry p99 and no further', () => {
    expect(points.at(-1)).toEqual([100, histogram.percentileMs(99)])
    expect(points[0]).toEqual([1, 1])
  })

  test('never falls', () => {
    const times = points.map(([, ms]) => ms)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  })

  test('of fewer than ten samples has no point', () => {
    const few = Histogram.create()
    for (let i = 0; i < 9; i++) few.recordMs(1)
    expect(curvePoints(few)).toEqual([])
  })
})

test('the busiest eight steps have curves, beside that of all in response and service time', () => {
  const gallery = recorded(1, (recorder) => {
    for (let step = 1; step <= 10; step++) {
      for (let i = 0; i < step * 10; i++) recorder.answered(recorder.slot(null, `step ${step}`), false, 2, 1)
    }
  })
  expect(gallery.curves.map(({ step, of, count }) => [step, of, count])).toEqual([
    [null, 'response', 550],
    [null, 'service', 550],
    ...[3, 4, 5, 6, 7, 8, 9, 10].map((step) => [`step ${step}`, 'response', step * 10]),
  ])
})
