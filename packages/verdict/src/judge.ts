// Watches every objective and the instrument itself, window by window. Live and over a stored run it is the same code: there is no other.
import type { RunEnd, RunStart, Tally, Window } from '@doorbuster/measurements'
import type { Objective } from '@doorbuster/plan'
import { decide } from './decide.ts'
import { defaultObjectives } from './default-objectives.ts'
import { noData } from './findings.ts'
import type { Judgement, ObjectiveResult } from './judgement.ts'
import { PlainWatch } from './plain-watch.ts'
import { RecoveryWatch } from './recovery-watch.ts'
import { endOf, scopeOf } from './scope.ts'
import { subjectOf } from './sentences.ts'
import { SpanWatch } from './span-watch.ts'
import { TrustWatch } from './trust.ts'
import type { Finding, Watch } from './watch.ts'

/** An objective seen broken while the run goes on. `abort`: the run is to be stopped. */
export type Breach = { readonly objective: Objective; readonly atMs: number; readonly because: string; readonly abort: boolean }

export type Judge = {
  /** Every window once, in order, after `tally.add(window)`. Keeps nothing of it. Returns the breaches that became known by it. */
  readonly window: (window: Window) => readonly Breach[]
  /** Once, after the last window. */
  readonly finish: (end: RunEnd) => Judgement
}

export type JudgedRun = { readonly objectives: readonly Objective[]; readonly start: RunStart; readonly tally: Tally }

/** Without objectives the stated default is judged. Memory grows with objectives and the length of their spans, never with time. */
export function startJudging({ objectives: given, start, tally }: JudgedRun): Judge {
  const objectives = given.length > 0 ? given : defaultObjectives
  const watched = objectives.map((objective) => ({ objective, watch: watchOf(objective, start, tally) }))
  const trust = new TrustWatch(objectives, start, tally)
  let arrivalsUntilMs = 0

  const window = (window: Window): readonly Breach[] => {
    if (isArriving(window)) arrivalsUntilMs = endOf(window)
    trust.window(window)
    return watched.flatMap(({ objective, watch }) => {
      const sighting = watch.window(window)
      return sighting === null ? [] : [{ objective, ...sighting }]
    })
  }

  const finish = (end: RunEnd): Judgement => {
    const ending = { end, arrivalsUntilMs: end.stoppedBy === 'end' ? Number.POSITIVE_INFINITY : arrivalsUntilMs }
    const results = watched.map(({ objective, watch }) => resultOf(objective, watch.finish(ending)))
    const { checks, remarks, atLeast } = trust.finish(end)
    const defaults = given.length > 0 ? null : defaultObjectives.map(({ text }) => text).join('; ')
    const decision = decide({
      objectives: results,
      trust: checks,
      remarks,
      atLeast,
      end,
      sent: tally.scope().counts.sent,
      threw: tally.shoppers.threw,
      defaults,
    })
    return { ...decision, objectives: results, trust: checks }
  }

  return { window, finish }
}

function watchOf(objective: Objective, start: RunStart, tally: Tally): Watch {
  const scope = scopeOf(objective, start)
  const { metric, span } = objective
  if (metric.kind === 'ledger') return unkept(objective)
  if (metric.kind === 'recovery') return new RecoveryWatch(objective, scope, start, tally)
  return span === undefined ? new PlainWatch(objective, scope, tally) : new SpanWatch(objective, span, scope, tally)
}

function unkept(objective: Objective): Watch {
  const finding = noData(`${subjectOf(objective)} cannot be judged: this run kept no order ledger`)
  return { window: () => null, finish: () => finding }
}

function isArriving({ cells, shoppers }: Window): boolean {
  return shoppers.due > 0 || cells.some(({ counts }) => counts.due > 0)
}

function resultOf({ text, step, phase, limit, unit, onBreach }: Objective, finding: Finding): ObjectiveResult {
  return { text, warnOnly: onBreach.kind === 'warn', step: step ?? null, phase: phase ?? null, limit, unit, ...finding }
}
