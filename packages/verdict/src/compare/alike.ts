// May these two runs be held against each other at all? And what else differs that a reader should know.
import type { RunStart } from '@doorbuster/measurements'
import type { Comparable } from './compare-runs.ts'

/** Why not, each with what the base has and what the new one has; empty when they are alike. */
export type Unlike = { readonly what: string; readonly base: string; readonly new: string }

export function unlikes(base: Comparable, other: Comparable): readonly Unlike[] {
  return [...unlikePlans(base.start, other.start), ...[base, other].flatMap(unfit)]
}

/** Another port is the same target, another host is not: a loopback answers for nobody else. */
function unlikePlans(base: RunStart, other: RunStart): readonly Unlike[] {
  const facts: readonly (readonly [what: string, of: (start: RunStart) => string | null])[] = [
    ['model', ({ model }) => model],
    ['shape', ({ shape }) => shape],
    ['arrivals', ({ arrivalsHash }) => arrivalsHash],
    ['plan', planOf],
    ['host', ({ target }) => hostOf(target)],
    ['transport', ({ transport }) => transport],
  ]
  return facts.flatMap(([what, of]) => {
    const [ours, theirs] = [of(base) ?? 'none', of(other) ?? 'none']
    return ours === theirs ? [] : [{ what, base: ours, new: theirs }]
  })
}

/** The plan but for its target, which has a fact of its own, and its objectives, which change nothing that is sent. */
function planOf({ plan, planHash }: RunStart): string {
  if (typeof plan !== 'object' || plan === null) return planHash
  const { target: _, objectives: __, name: ___, ...rest } = plan as Readonly<Record<string, unknown>>
  return JSON.stringify(rest)
}

function hostOf(target: string): string {
  return URL.parse(target)?.hostname ?? target
}

function unfit({ folder, summary }: Comparable): readonly Unlike[] {
  const { verdict, finished } = summary
  const isWhole = finished || verdict === 'no-go'
  if (verdict === 'invalid') return [{ what: `verdict of ${folder}`, base: 'a run whose generator kept up', new: 'invalid' }]
  return isWhole ? [] : [{ what: `end of ${folder}`, base: 'a run that came to its end', new: 'unfinished' }]
}

/** What may explain a difference beside the target. */
export function remarksOn({ start: base }: Comparable, { start: other }: Comparable): readonly string[] {
  const facts: readonly (readonly [what: string, of: (start: RunStart) => string])[] = [
    ['The seed', ({ seed }) => String(seed)],
    ['The number of sending threads', ({ threads }) => String(threads)],
    ['Node', ({ versions }) => versions.node],
    ['doorbuster', ({ versions }) => versions.doorbuster],
    ['The machine', ({ machine: { cpu, cores, os } }) => `${cpu}, ${cores} cores, ${os}`],
  ]
  return facts.flatMap(([what, of]) =>
    of(base) === of(other) ? [] : [`${what} differs: ${of(base)} in the base, ${of(other)} in the new run.`],
  )
}
