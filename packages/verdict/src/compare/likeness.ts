// Whether two runs may be held against each other: the same plan, the same crowd, the same way of sending it, to the same kind of place,
// and each of them evidence at all. The port and the name of the target may differ: that is what a comparison of two versions is.
import type { RunStart } from '@doorbuster/measurements'
import { canonicalJson, kindOfAddress } from '@doorbuster/plan'
import type { Summary } from '../judgement.ts'

export type TargetClass = 'loopback' | 'private' | 'public'

export type Unlikeness = {
  /** `evidence`: a run that says nothing of its target. `unlike`: two that had not the same to do. `told`: worth a word. */
  readonly kind: 'evidence' | 'unlike' | 'told'
  readonly what: string
  readonly base: string
  readonly new: string
}

type LikeRun = { readonly start: RunStart; readonly summary: Pick<Summary, 'trust' | 'finished'> }

export function unlikeness(base: LikeRun, fresh: LikeRun): readonly Unlikeness[] {
  return [
    ...differing('unlike', 'plan', planOf(base.start), planOf(fresh.start), () => [base.start.planHash, fresh.start.planHash]),
    ...differing('unlike', 'shape', base.start.shape ?? 'closed', fresh.start.shape ?? 'closed'),
    ...differing('unlike', 'model', base.start.model, fresh.start.model),
    ...differing('unlike', 'target class', targetClass(base.start.target), targetClass(fresh.start.target)),
    ...differing('unlike', 'transport', base.start.transport, fresh.start.transport),
    ...differing('told', 'seed', String(base.start.seed), String(fresh.start.seed)),
    ...differing('told', 'threads', String(base.start.threads), String(fresh.start.threads)),
    ...differing('told', 'machine', base.start.machine.cpu, fresh.start.machine.cpu),
    ...evidence(base, fresh),
  ]
}

function evidence(base: LikeRun, fresh: LikeRun): readonly Unlikeness[] {
  const trust = ({ summary }: LikeRun): string => summary.trust.find(({ status }) => status === 'failed')?.because ?? 'as planned'
  const ending = ({ summary }: LikeRun): string => (summary.finished ? 'finished' : 'unfinished')
  const both = (what: string, of: (run: LikeRun) => string, good: string): readonly Unlikeness[] =>
    of(base) === good && of(fresh) === good ? [] : [{ kind: 'evidence', what, base: of(base), new: of(fresh) }]
  return [...both('generator', trust, 'as planned'), ...both('ending', ending, 'finished')]
}

function differing(
  kind: Unlikeness['kind'],
  what: string,
  base: string,
  fresh: string,
  say: () => readonly [string, string] = () => [base, fresh],
): readonly Unlikeness[] {
  if (base === fresh) return []
  const [saidBase, saidNew] = say()
  return [{ kind, what, base: saidBase, new: saidNew }]
}

/** Everything that shapes the load: not where it goes, what it is called, whom it names, how it is seeded, or by what it is watched and judged. */
function planOf({ plan }: RunStart): string {
  const { target, name, contact, objectives, budget, metrics, seed, ...rest } = Object(plan) as Record<string, unknown>
  return canonicalJson(rest)
}

/** By the name as it stands in the plan: a name is not looked up. */
export function targetClass(target: string): TargetClass {
  if (!URL.canParse(target)) return 'public'
  const { hostname } = new URL(target)
  if (/(?:^|\.)localhost$/.test(hostname) || kindOfAddress(hostname) === 'loopback') return 'loopback'
  if (/\.(?:internal|local|lan|test|home\.arpa)$/.test(hostname) || isPrivate(hostname)) return 'private'
  return 'public'
}

/** RFC 1918, RFC 6598 and RFC 4193. A bare name without a dot is one of an own network. */
function isPrivate(host: string): boolean {
  if (/^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(host)) {
    return kindOfAddress(host) !== undefined
  }
  return /^\[f[cd]/i.test(host) || kindOfAddress(host) === 'link-local' || !/[.:]/.test(host)
}
