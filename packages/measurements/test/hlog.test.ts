// latency.hlog is for readers of others. HdrHistogram's own (Java 2.2.2, Python 0.10.8, Go 1.4.0) were asked by hand; these stand in for them.
import fc from 'fast-check'
import { HistogramLogReader } from 'hdr-histogram-js'
import { describe, expect, test } from 'vitest'
import { Histogram } from '../src/histogram.ts'
import { destroyWindow } from '../src/stored-window.ts'
import type { Window } from '../src/window.ts'
import { hlogHead, hlogLines } from '../src/window-text.ts'
import { happenings, windowsOf } from './support/happenings.ts'
import { bucketOf, readV2 } from './support/v2-payload.ts'

const hourUs = 3_600e6

function encoded(allUs: readonly number[]): string {
  const histogram = Histogram.create()
  for (const us of allUs) histogram.recordMs(us / 1e3)
  const text = histogram.encode()
  histogram.destroy()
  return text
}

function bucketed(allUs: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const us of allUs) counts.set(bucketOf(us), (counts.get(bucketOf(us)) ?? 0) + 1)
  return counts
}

describe('a payload', () => {
  test('has the header that the reference implementation writes', () => {
    expect(readV2(encoded([1_000, 2_000])).header).toMatchObject({ offset: 0, digits: 3, lowest: 1n, unitRatio: 1 })
  })

  test('holds the count of every bucket, and no other, to a reader that knows the format alone', () => {
    const us = fc.oneof(fc.nat(5_000), fc.integer({ min: 0, max: hourUs }), fc.constantFrom(0, 1, 2_047, 2_048, 4_095, 4_096, hourUs))
    fc.assert(
      fc.property(fc.array(us, { minLength: 1, maxLength: 300 }), (allUs) => {
        const { counts, header } = readV2(encoded(allUs))
        expect(new Map([...counts].sort(([a], [b]) => a - b))).toEqual(new Map([...bucketed(allUs)].sort(([a], [b]) => a - b)))
        // The first row is there from the start, whatever the header says; the reference writes it so too.
        const most = Math.max(...allUs)
        expect(header.highest).toBeGreaterThanOrEqual(BigInt(most < 2_048 ? 0 : most))
      }),
      { numRuns: 60 },
    )
  })

  test.each([
    [127, 1],
    [128, 2],
    [20_000, 3],
  ])('holds %i samples of one value, whose count takes %i bytes', (count) => {
    expect([...readV2(encoded(Array.from({ length: count }, () => 700))).counts]).toEqual([[700, count]])
  })
})

describe('a log', () => {
  const logOf = (windows: readonly Window[]): string =>
    hlogHead(Date.parse('2026-11-20T08:00:00.000Z')) + windows.flatMap((window) => [...hlogLines(window)]).join('\n')

  test('has a line for every histogram that is not empty, with its moment, its length and its samples', () => {
    fc.assert(
      fc.property(happenings, (all) => {
        const windows = windowsOf(all, 3_500)
        const lines = logOf(windows)
          .split('\n')
          .filter((line) => line.startsWith('Tag='))
        const seen = lines.map((line) => {
          const [, tag, from, lasting, most, payload = ''] = /^Tag=([^,]+),([\d.]+),([\d.]+),([\d.]+),([^,]+)$/.exec(line) ?? []
          const count = [...readV2(payload).counts.values()].reduce((sum, each) => sum + each, 0)
          return [tag, Number(from), Number(lasting), Number(most), count]
        })
        const told = windows.flatMap(({ startMs, lastingMs, lateness, connect, handshake, cells, cuts, trends }) => {
          const tagged: readonly (readonly [string, Histogram])[] = [
            ['lateness', lateness],
            ['connect', connect],
            ['handshake', handshake],
            ...cells.flatMap(({ step, response, service, failedResponse }) => {
              const name = step.replace(', ', '%2c%20').replaceAll(' ', '%20')
              return [
                [`${name}.response`, response],
                [`${name}.service`, service],
                [`${name}.failed`, failedResponse],
              ] as const
            }),
            ...cuts.flatMap(({ by, name, response, failedResponse }) => {
              const tag = `${by}:${name.replace(', ', '%2c%20').replaceAll(' ', '%20')}`
              return [
                [`${tag}.response`, response],
                [`${tag}.failed`, failedResponse],
              ] as const
            }),
            ...Object.entries(trends).map(([name, histogram]) => [`trend:${name}`, histogram] as const),
          ]
          return tagged.flatMap(([tag, { count, maxMs }]) =>
            count === 0 ? [] : [[tag, startMs / 1e3, lastingMs / 1e3, maxMs ?? Number.NaN, count]],
          )
        })
        expect(seen).toEqual(told)
        for (const window of windows) destroyWindow(window)
      }),
      { numRuns: 30 },
    )
  })

  test('is opened by the reader of another maker, with its moments and percentiles', () => {
    const windows = windowsOf(
      Array.from({ length: 300 }, (_, nth) => ({ atMs: nth * 10, what: (recorder) => recorder.connected(nth + 1, null) })),
      3_000,
    )
    const reader = new HistogramLogReader(logOf(windows))
    const seen: unknown[] = []
    for (let next = reader.nextIntervalHistogram(); next !== null; next = reader.nextIntervalHistogram())
      seen.push([
        next.tag,
        next.startTimeStampMsec - Date.parse('2026-11-20T08:00:00.000Z'),
        next.totalCount,
        next.getValueAtPercentile(50),
      ])
    // 1 to 100 ms, 101 to 200 and 201 to 300, in buckets of 32, 64 or 128 µs: the medians lie at most so much above 50, 150 and 250 ms.
    expect(seen).toEqual([
      ['connect', 0, 100, 50_015],
      ['connect', 1_000, 100, 150_015],
      ['connect', 2_000, 100, 250_111],
    ])
  })
})
