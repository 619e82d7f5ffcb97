// What a run took of the event's error budget, and how long it was outside its objectives. Knows nothing of HTML, Markdown or terminals; nothing here
// is escaped yet.
import type { Burn, ErrorBudget, Summary, TimeOutside } from '@doorbuster/verdict'
import { nothing, sayClock, sayFactor, sayShare, saySpan } from './format.ts'
import type { Table } from './table.ts'
import { left, right, tableOf } from './table.ts'

/** Nothing where the plan says no budget and none of the usual one was spent. */
export function budgetTable({ budget }: Summary): Table {
  const rows = budget === undefined || (!budget.isDeclared && budget.spentMs === 0) ? [] : [budget]
  return tableOf(
    'Error budget',
    rows.map(noteOf).join(''),
    [
      { ...left('of the event'), text: ({ availabilityRatio, overMs }) => `${sayShare(availabilityRatio)} over ${saySpan(overMs)}` },
      { ...right('allows'), text: ({ totalMs }) => saySpan(totalMs) },
      { ...right('spent'), text: ({ spentMs }) => saySpan(spentMs) },
      { ...right('left'), text: ({ leftMs }) => (leftMs < 0 ? `−${saySpan(-leftMs)}` : saySpan(leftMs)) },
      { ...right('gone at', 1), text: ({ goneAtMs }) => (goneAtMs === null ? nothing : sayClock(goneAtMs)) },
      { ...right('worst 10 s', 2), text: ({ burns }) => burnText(burns[0]) },
      { ...right('worst 60 s', 2), text: ({ burns }) => burnText(burns[1]) },
    ],
    rows,
  )
}

function noteOf({ isDeclared }: ErrorBudget): string {
  const whose = isDeclared ? '' : ' The plan says none, so 99.9 % over two hours is meant.'
  return `Times of total outage that failed and unsent requests come to; 1× spends all of it exactly over the event. It decides nothing.${whose}`
}

function burnText(burn: Burn | undefined): string {
  return burn === undefined || burn.worst === null ? nothing : sayFactor(burn.worst)
}

/** The objectives that were broken in some second, whether or not they were missed. */
export function outsideTable({ outside = [] }: Summary): Table {
  return tableOf(
    'Time outside the objectives',
    'Seconds that break an objective by themselves. Of few requests a second one slow answer is enough for that.',
    [
      { ...left('objective'), text: (one) => one.text },
      { ...right('outside'), text: ({ outsideMs }) => saySpan(outsideMs) },
      { ...right('of', 2), text: ({ watchedMs }) => saySpan(watchedMs) },
      { ...right('share', 3), text: ({ outsideMs, watchedMs }) => sayShare(outsideMs / watchedMs) },
      { ...right('first at'), text: ({ firstMs }) => (firstMs === null ? nothing : sayClock(firstMs)) },
      { ...right('longest', 1), text: longestText },
    ],
    outside.filter(({ outsideMs }) => outsideMs > 0),
  )
}

function longestText({ longestMs, longestFromMs }: TimeOutside): string {
  return longestFromMs === null ? nothing : `${saySpan(longestMs)} from ${sayClock(longestFromMs)}`
}
