// The stage for traffic that somebody measured: rates sampled over time, from points or from CSV. Opens no files: the caller reads them.
import { Arguments } from './arguments.ts'
import { parseCurveCsv } from './curve-csv.ts'
import { overlay } from './overlay.ts'
import type { Problem } from './problems.ts'
import { collect, raise } from './problems.ts'
import type { Curve, CurvePoint, Stage } from './stages.ts'
import type { CountText, DurationText, RateText } from './units.ts'

export type CurveSample = { readonly at: DurationText; readonly rate: RateText }
/** `times`: factor on every rate, 1 by default. */
export type CurveOptions = { readonly times?: CountText; readonly phase?: string }

/**
 * Straight lines between samples. Text with a newline in it is CSV (`seconds,ratePerSec`); other text names a file with such
 * CSV, which stays unread until `resolveCurves`. Before the first sample the rate is the first sample's.
 */
export function curve(source: string | readonly CurveSample[], options: CurveOptions = {}): Curve {
  const args = new Arguments()
  const raw = args.named(options, ['times', 'phase'])
  const times = args.number('times', raw.times ?? 1)
  const phase = args.phaseOf(raw)
  if (typeof source === 'string' && !source.includes('\n')) {
    args.fact(/^[^\p{Cc}]*[^\p{Cc}\s][^\p{Cc}]*$/u.test(source), 'file', 'the name of a CSV file', source)
    args.done()
    return Object.freeze({ kind: 'curve', file: source, points: Object.freeze([]), lastingMs: 0, times, ...phase })
  }
  const points = typeof source === 'string' ? args.attempt('csv', () => parseCurveCsv(source)) : readPoints(args, source)
  args.done()
  return Object.freeze({ kind: 'curve', ...sampled(points ?? [], times), times: 1, ...phase })
}

function readPoints(args: Arguments, samples: readonly CurveSample[]): readonly CurvePoint[] {
  if (!args.fact(Array.isArray(samples) && samples.length >= 2, 'points', 'at least two points { at, rate }', samples)) return []
  let beforeMs = Number.NEGATIVE_INFINITY
  return samples.map((sample, index) => {
    const { at, rate } = args.named(sample, ['at', 'rate'], `points[${index}]`)
    const atMs = args.width(`points[${index}].at`, at)
    if (atMs <= beforeMs) args.fact(false, `points[${index}].at`, 'a time after the point before', at)
    beforeMs = atMs
    return { atMs, ratePerSec: args.rate(`points[${index}].rate`, rate) }
  })
}

/** The points as a curve keeps them: multiplied, frozen, and beginning at 0. */
function sampled(points: readonly CurvePoint[], times: number): { readonly points: readonly CurvePoint[]; readonly lastingMs: number } {
  const [first] = points
  const begun = first !== undefined && first.atMs > 0 ? [{ atMs: 0, ratePerSec: first.ratePerSec }, ...points] : points
  const scaled = begun.map(({ atMs, ratePerSec }) => Object.freeze({ atMs, ratePerSec: ratePerSec * times }))
  return { points: Object.freeze(scaled), lastingMs: points.at(-1)?.atMs ?? 0 }
}

/**
 * The same stages with every curve's file read through `readText`, inside overlays too. Points that are there already stay.
 * A file that cannot be read, and every bad line of one that can, is a PlanError whose path begins with the file's name.
 */
export function resolveCurves(stages: readonly Stage[], readText: (file: string) => string): readonly Stage[] {
  const problems: Problem[] = []
  const resolved = stages.map((stage) => resolve(stage, { readText, problems }))
  raise('PLAN_INVALID', problems)
  return Object.freeze(resolved)
}

type Reading = { readonly readText: (file: string) => string; readonly problems: Problem[] }

function resolve(stage: Stage, reading: Reading): Stage {
  if (stage.kind === 'overlay') {
    const shapes = stage.shapes.map((lane) => lane.map((each) => resolve(each, reading)))
    return overlay(shapes, stage.phase === undefined ? {} : { phase: stage.phase })
  }
  if (stage.kind !== 'curve' || stage.file === undefined || stage.points.length > 0) return stage
  const points = readFile(stage.file, reading)
  return points === undefined ? stage : Object.freeze({ ...stage, ...sampled(points, stage.times) })
}

function readFile(file: string, { readText, problems }: Reading): readonly CurvePoint[] | undefined {
  let text: string
  try {
    text = readText(file)
  } catch (error) {
    problems.push({ path: file, expected: 'a CSV file that can be read', received: error instanceof Error ? error.message : String(error) })
    return undefined
  }
  return collect(problems, file, () => parseCurveCsv(text))
}
