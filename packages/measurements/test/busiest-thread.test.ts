import { describe, expect, test } from 'vitest'
import { BusiestThread } from '../src/busiest-thread.ts'

type Row = { readonly lastingMs?: number; readonly cpuMs: readonly (number | null)[] }

function told(rows: readonly Row[]): { readonly windows: readonly (number | null)[]; readonly busiest: BusiestThread } {
  const busiest = new BusiestThread()
  const windows = rows.map(({ lastingMs = 1_000, cpuMs }) =>
    busiest.add({ lastingMs, threads: cpuMs.map((each, id) => ({ id, cpuMs: each })) }),
  )
  return { windows, busiest }
}

describe('the busiest thread', () => {
  test.each<[string, readonly Row[], readonly (number | null)[], number | null, number | null]>([
    ['is the one with most CPU, in each window and over the run', [{ cpuMs: [100, 300] }, { cpuMs: [600, 500] }], [0.3, 0.6], 0.4, 0.6],
    ['is unknown where no thread can tell', [{ cpuMs: [null] }, { cpuMs: [] }], [null, null], null, null],
    ['is among those that can tell', [{ cpuMs: [null, 250] }], [0.25], 0.25, 0.25],
    ['is not judged by the last few ms of a run', [{ cpuMs: [200] }, { lastingMs: 10, cpuMs: [9] }], [0.2, null], 209 / 1_010, 0.2],
    [
      'used what it used while it was held up, although it closed three windows at once',
      [{ cpuMs: [2_950] }, { cpuMs: [0] }, { cpuMs: [0] }, { cpuMs: [50] }],
      [1, 1, 0.95, 0.05],
      0.75,
      1,
    ],
  ])('%s', (_, rows, windows, overRun, inWindow) => {
    const found = told(rows)
    expect(found.windows.map((ratio) => (ratio === null ? null : Number(ratio.toFixed(9))))).toEqual(windows)
    expect([found.busiest.busiestRatio, found.busiest.busiestWindowRatio]).toEqual([overRun, inWindow])
  })
})
