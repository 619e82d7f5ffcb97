// Answers by moment and response time as cells, and cells as runs of one shade. Knows nothing of SVG.
import type { Gallery } from '@doorbuster/measurements'
import { heatEdgesMs } from '@doorbuster/measurements'

type Stretch = Gallery['stretches'][number]

export type HeatGrid = {
  /** From the fastest; each has a count for every stretch. */
  readonly rows: readonly (readonly number[])[]
  readonly leastMs: number
  readonly mostMs: number
  /** Failed and never sent, for every stretch. */
  readonly failed: readonly number[]
  /** The fullest cell. */
  readonly most: number
}

/** Finer rows than these are thinner than a line. */
const mostHeatRows = 60
/** Where a bucket begins and ends: the edges, and as far again below the first and above the last. */
const edgeMs = (nth: number): number => 10 ** (nth / 20 - 1)

/** Null without an answer. */
export function heatGrid(stretches: readonly Stretch[]): HeatGrid | null {
  const isUsed = (bucket: number): boolean => stretches.some(({ heat }) => (heat[bucket] ?? 0) > 0)
  const used = Array.from({ length: heatEdgesMs.length + 1 }, (_, bucket) => bucket).filter(isUsed)
  const [first, last] = [used[0], used.at(-1)]
  if (first === undefined || last === undefined) return null
  const each = Math.ceil((last - first + 1) / mostHeatRows)
  const rows = Array.from({ length: Math.ceil((last - first + 1) / each) }, (_, row) =>
    stretches.map(({ heat }) => totalOf(heat.slice(first + row * each, first + (row + 1) * each))),
  )
  return {
    rows,
    leastMs: edgeMs(first - 1),
    mostMs: edgeMs(first - 1 + rows.length * each),
    failed: stretches.map(failedOf),
    most: rows.flat().reduce((a, b) => Math.max(a, b), 1),
  }
}

export function failedOf({ causes }: Stretch): number {
  return totalOf(Object.values(causes))
}

export function totalOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

/** Cells `from` to `to`, both included. */
export type Run = { readonly from: number; readonly to: number; readonly shade: number }

/** Neighbours of one shade as one; cells without a count are left out. */
export function runsOf(counts: readonly number[], most: number): readonly Run[] {
  const runs: Run[] = []
  counts.forEach((count, i) => {
    if (count === 0) return
    const shade = shadeOf(count, most)
    const last = runs.at(-1)
    if (last?.to === i - 1 && last.shade === shade) runs[runs.length - 1] = { ...last, to: i }
    else runs.push({ from: i, to: i, shade })
  })
  return runs
}

const shadeCount = 6

/** Shades grow by equal factors from 1 to the most. */
function shadeOf(count: number, most: number): number {
  let shade = 0
  while (shade < shadeCount - 1 && count > highestOf(shade, most)) shade++
  return shade
}

/** The highest count that still has this shade. */
export function highestOf(shade: number, most: number): number {
  return Math.floor(most ** ((shade + 1) / shadeCount) + 1e-9)
}
