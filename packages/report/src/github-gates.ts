// What GitHub is told of the gates that are no rehearsal: a search for capacity, a comparison, the age of the last rehearsal. As outputs of a
// step and as annotations; nothing is escaped yet.
import type { CapacityResult, RunComparison } from '@doorbuster/verdict'
import { capacityHeadline } from './capacity-words.ts'
import { answerWords, comparisonHeadline } from './comparison-tables.ts'
import type { Remark, StepOutputs } from './github.ts'
import { mostRemarks } from './github.ts'
import type { Past } from './history.ts'
import { historyText } from './history.ts'

/** Rates per second, of what arrives; empty where nothing was found. */
export function capacityOutputs(result: CapacityResult): StepOutputs {
  const { verdict, reasons, answer, slo, knee, forecastPerSec, headroom } = result
  return {
    verdict,
    headline: capacityHeadline(result),
    reasons: reasons.join('\n'),
    'answer-per-sec': answer?.perSec ?? null,
    'at-least': answer === null ? null : String(answer.atLeast),
    'slo-per-sec': slo.perSec,
    'knee-per-sec': knee.perSec,
    'forecast-per-sec': forecastPerSec,
    'headroom-ratio': headroom?.ratio ?? null,
  }
}

/** `isPassed`: the process ends with 0. A search that did not may be without a verdict of its own, when it was stopped. */
export function capacityRemarks(result: CapacityResult, isPassed: boolean): readonly Remark[] {
  const { name, verdict, finished, reasons } = result
  // The answer, and the headroom that decides on it or why there is more to know.
  const text = [capacityHeadline(result), ...reasons.slice(1, 3)].join(' ')
  if (!isPassed) return [{ kind: 'error', title: name, text }]
  return verdict === 'warn' || !finished ? [{ kind: 'warning', title: name, text }] : []
}

export function comparisonOutputs(comparison: RunComparison): StepOutputs {
  const { answer, runs, base } = comparison
  return {
    answer,
    headline: runs.map((run) => comparisonHeadline(comparison, run)).join('\n'),
    reasons: runs.flatMap(({ reasons }) => reasons).join('\n'),
    base: base.name,
  }
}

/** One for each run that is not known to be no worse: an error for worse, a warning where nobody can tell. */
export function comparisonRemarks(comparison: RunComparison): readonly Remark[] {
  const of = (answer: RunComparison['answer'], kind: Remark['kind']): readonly Remark[] =>
    comparison.runs
      .filter((run) => run.answer === answer)
      .slice(0, mostRemarks)
      .map((run) => ({
        kind,
        title: `${run.name}: ${answerWords[answer]}`,
        text: [comparisonHeadline(comparison, run), ...run.reasons.slice(0, 2)].join(' '),
      }))
  return [...of('worse', 'error'), ...of('cannot-tell', 'warning')]
}

export function historyOutputs(past: Past): StepOutputs {
  const { runs, lastRehearsal, isReady } = past
  return {
    ready: String(isReady),
    headline: historyText(past),
    runs: runs.length,
    'last-folder': lastRehearsal?.folder ?? null,
    'last-started-at': lastRehearsal?.startedAt ?? null,
    'last-age-ms': lastRehearsal?.ageMs ?? null,
  }
}

export function historyRemarks(past: Past): readonly Remark[] {
  return past.isReady ? [] : [{ kind: 'error', title: 'rehearsals', text: historyText(past) }]
}
