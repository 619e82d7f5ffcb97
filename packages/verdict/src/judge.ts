// Watches every objective and the instrument itself, window by window. Live and over a stored run it is the same code: there is no other.
import type { RunEnd, RunEvent, RunStart, ShopFigure, Tally, TargetFigure, TargetRecord, Window } from '@doorbuster/measurements'
import type { Objective } from '@doorbuster/plan'
import { AftermathWatch, measuredKindOf } from './aftermath.ts'
import { isCertain } from './certain.ts'
import { decide } from './decide.ts'
import { defaultObjectives } from './default-objectives.ts'
import { BudgetWatch } from './error-budget.ts'
import { noData } from './findings.ts'
import { FindingsWatch } from './findings-watch.ts'
import { impliedObjectives, isUnasked } from './implied-objectives.ts'
import type { Judgement, ObjectiveResult } from './judgement.ts'
import { isOfLeaks, LeakWatch } from './leak-watch.ts'
import type { OpenOrder } from './ledger.ts'
import { Ledger, ordersOf } from './ledger.ts'
import { LedgerWatch } from './ledger-watch.ts'
import { lightsOf } from './lights.ts'
import { watchMeasured } from './measure.ts'
import { notMeasured } from './not-measured.ts'
import { OutsideWatch } from './outside.ts'
import { PlainWatch } from './plain-watch.ts'
import { endOf, scopeOf } from './scope.ts'
import { subjectOf } from './sentences.ts'
import { SpanWatch } from './span-watch.ts'
import { TargetBearing } from './target-bearing.ts'
import { TargetWatch } from './target-watch.ts'
import { TrustWatch } from './trust.ts'
import type { Finding, Sighting, Watch } from './watch.ts'

/**
 * An objective seen broken while the run goes on. `abort`: the run is to be stopped; `isAtOnce`: with every shopper under way, since each
 * further answer may show somebody's data.
 */
export type Breach = {
  readonly objective: Objective
  readonly atMs: number
  readonly because: string
  readonly abort: boolean
  readonly isAtOnce: boolean
}

export type Judge = {
  /** Every window once, in order, after `tally.add(window)`. Keeps nothing of it. Returns the breaches that became known by it. */
  readonly window: (window: Window) => readonly Breach[]
  /** What the shop said of its books: `before` ahead of every window, `after` behind them all. */
  readonly shop: (figure: ShopFigure) => readonly Breach[]
  /** Every line of the target's pages once, in order, after `target.add(figure)`; whether before or after a window changes nothing. */
  readonly target: (figure: TargetFigure) => readonly Breach[]
  /** What only the shop can tell still, whether its count agrees with the shoppers' by now, and whether orders are open that leave it a range to agree with. */
  readonly open: () => { readonly orders: readonly OpenOrder[]; readonly agrees: boolean; readonly hasUnknown: boolean }
  /** Every event of a live run as it comes: what cannot wait for the end of its window. A stored run is judged without them. */
  readonly event: (event: RunEvent) => readonly Breach[]
  /** Once, after the last window and the last figure. */
  readonly finish: (end: RunEnd) => Judgement
}

export type JudgedRun = {
  readonly objectives: readonly Objective[]
  readonly start: RunStart
  readonly tally: Tally
  readonly target?: TargetRecord
}

/** Without objectives the stated default is judged. Memory grows with objectives and the length of their spans, never with time. */
export function startJudging({ objectives: given, start, tally, target: record }: JudgedRun): Judge {
  const ledger = new Ledger(ordersOf(start))
  const asked = given.length > 0 ? given : defaultObjectives
  const objectives = [...asked, ...impliedObjectives(ledger.rules, asked)]
  const aftermath = new AftermathWatch(objectives, start, tally)
  const watched = objectives.map((objective) => ({ objective, watch: watchOf(objective, start, tally, { ledger, aftermath }) }))
  const trust = new TrustWatch(objectives, start, tally)
  const budget = new BudgetWatch(start)
  const outside = new OutsideWatch(objectives, start)
  const bearing = new TargetBearing(start)
  let arrivalsUntilMs = 0

  const window = (window: Window): readonly Breach[] => {
    const isStillArriving = isArriving(window)
    if (isStillArriving) arrivalsUntilMs = endOf(window)
    trust.window(window)
    aftermath.window(window)
    budget.window(window)
    outside.window(window, isStillArriving)
    ledger.window(window)
    bearing.window(window)
    return watched.flatMap(({ objective, watch }) => {
      const sighting = watch.window(window)
      return sighting === null ? [] : [breachOf(objective, sighting)]
    })
  }

  const event = ({ atMs, finding }: RunEvent): readonly Breach[] => {
    if (finding?.kind !== 'leak') return []
    return watched.flatMap(({ objective, watch }) => {
      const sighting = watch instanceof LeakWatch ? watch.early(finding, atMs) : null
      return sighting === null ? [] : [breachOf(objective, sighting)]
    })
  }

  const shop = (figure: ShopFigure): readonly Breach[] => {
    ledger.shop(figure)
    aftermath.shop(figure)
    return watched.flatMap(({ objective, watch }) => {
      const sighting = watch instanceof LedgerWatch ? watch.look(figure.atMs) : null
      return sighting === null ? [] : [breachOf(objective, sighting)]
    })
  }

  const target = (figure: TargetFigure): readonly Breach[] =>
    watched.flatMap(({ objective, watch }) => {
      const sighting = watch instanceof TargetWatch ? watch.figure(figure) : null
      return sighting === null ? [] : [breachOf(objective, sighting)]
    })

  const open = (): ReturnType<Judge['open']> => ({ orders: ledger.openOrders, agrees: ledger.agrees, hasUnknown: ledger.hasUnknown })

  const finish = (end: RunEnd): Judgement => {
    const ending = { end, arrivalsUntilMs: end.stoppedBy === 'end' ? Number.POSITIVE_INFINITY : arrivalsUntilMs }
    const after = aftermath.finish(ending)
    const judged = watched.flatMap(({ objective, watch }) => {
      const finding = watch.finish(ending)
      return isUnasked(objective, finding.status, tally) ? [] : [{ objective, result: resultOf(objective, finding) }]
    })
    const results = judged.map(({ result }) => result)
    const { checks, remarks, atLeast } = trust.finish(end)
    const series = record?.series ?? null
    const orders = ledger.facts(tally, end)
    const defaults = given.length > 0 ? null : defaultObjectives.map(({ text }) => text).join('; ')
    const evidence = {
      objectives: results,
      certain: judged.filter(({ objective, result }) => isCertain(objective, result)).map(({ result }) => result),
      trust: checks,
      end,
    }
    const decision = decide({
      ...evidence,
      remarks: [...remarks, ...(orders === null ? [] : ledger.remarks(orders))],
      atLeast,
      sent: tally.scope().counts.sent,
      threw: tally.shoppers.threw,
      defaults,
    })
    const spent = budget.finish(end)
    return {
      ...decision,
      lights: lightsOf(evidence),
      objectives: results,
      trust: checks,
      aftermath: after,
      ...(orders !== null && { ledger: orders }),
      ...(spent !== null && { budget: spent }),
      outside: outside.finish(),
      notMeasured: notMeasured({ start, tally, hasOrders: orders !== null }),
      ...(series !== null && {
        target: bearing.facts(
          series,
          results,
          checks.every(({ status }) => status !== 'failed'),
        ),
      }),
    }
  }

  return { window, shop, target, open, event, finish }
}

function breachOf(objective: Objective, sighting: Sighting): Breach {
  return { objective, ...sighting, isAtOnce: isOfLeaks(objective) }
}

/** What several objectives may ask of. */
type Shared = { readonly ledger: Ledger; readonly aftermath: AftermathWatch }

function watchOf(objective: Objective, start: RunStart, tally: Tally, { ledger, aftermath }: Shared): Watch {
  const scope = scopeOf(objective, start)
  const { metric, span } = objective
  if (isOfLeaks(objective)) return new LeakWatch(objective, tally)
  if (metric.kind === 'ledger') return metric.of === 'leaks' ? unkept(objective) : new LedgerWatch(objective, metric.of, ledger)
  if (metric.kind === 'target') return new TargetWatch(objective, metric.name, scope)
  const compared = measuredKindOf(metric)
  if (metric.kind === 'findings') return new FindingsWatch(objective, metric, tally)
  if (compared !== undefined) return watchMeasured(objective, () => aftermath.of(compared))
  return span === undefined ? new PlainWatch(objective, scope, tally) : new SpanWatch(objective, span, scope, tally)
}

function unkept(objective: Objective): Watch {
  const finding = noData(`${subjectOf(objective)} cannot be judged: this run kept no order ledger`)
  return { window: () => null, finish: () => finding }
}

function isArriving({ cells, shoppers }: Window): boolean {
  return shoppers.due > 0 || cells.some(({ counts }) => counts.due > 0)
}

function resultOf({ text, step, of, phase, limit, unit, onBreach }: Objective, finding: Finding): ObjectiveResult {
  return { text, warnOnly: onBreach.kind === 'warn', step: step ?? null, of: of ?? null, phase: phase ?? null, limit, unit, ...finding }
}
