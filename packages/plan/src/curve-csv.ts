// Reads sampled rates from CSV text: `seconds,ratePerSec`, with or without that header. Opens no files.
import type { Problem } from './problems.ts'
import { collect, PlanError, problem, raise } from './problems.ts'
import type { CurvePoint } from './stages.ts'
import { parseField } from './units.ts'

const header = /^seconds\s*,\s*ratePerSec$/i

/** At least two points with rising times. All bad lines are told at once, as `line 3`. */
export function parseCurveCsv(text: string): readonly CurvePoint[] {
  const problems: Problem[] = []
  const points: CurvePoint[] = []
  for (const { line, content } of lines(text)) {
    const point = collect(problems, '', () => parseLine(line, content))
    if (point === undefined) continue
    const before = points.at(-1)
    if (before !== undefined && point.atMs <= before.atMs) problems.push(problem(line, 'a time after the line before', content))
    points.push(point)
  }
  const isTooShort = problems.length === 0 && points.length < 2
  if (isTooShort) problems.push(problem('', 'at least two lines of seconds,ratePerSec', `${points.length} of them`))
  raise('PLAN_INVALID', problems)
  return points
}

/** The lines that hold something, without a byte order mark and without the header. */
function lines(text: string): readonly { readonly line: string; readonly content: string }[] {
  const all = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const filled = all
    .map((content, index) => ({ line: `line ${index + 1}`, content: content.trim() }))
    .filter(({ content }) => content !== '')
  return header.test(filled[0]?.content ?? '') ? filled.slice(1) : filled
}

function parseLine(line: string, content: string): CurvePoint {
  const [seconds, rate, ...more] = content.split(',')
  const expected = 'two numbers, seconds,ratePerSec'
  if (seconds === undefined || rate === undefined || more.length > 0) {
    throw new PlanError('PLAN_INVALID', [problem(line, expected, content)])
  }
  return { atMs: parseField(seconds, line, expected, 3), ratePerSec: parseField(rate, line, expected) }
}
