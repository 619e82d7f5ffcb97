// Which way is bad: an operator against its limit. Knows nothing of metrics; Infinity stands for "never answered".
import type { Objective } from '@doorbuster/plan'

type Rule = Pick<Objective, 'op' | 'limit'>

export function isHeld({ op, limit }: Rule, value: number): boolean {
  switch (op) {
    case '<':
      return value < limit
    case '<=':
      return value <= limit
    case '>':
      return value > limit
    case '>=':
      return value >= limit
    case '==':
      return value === limit
  }
}

export function isBroken(rule: Rule, value: number): boolean {
  return !isHeld(rule, value)
}

/** Whether `value` is further on the bad side than `than`; for `==` the one further from the limit is worse. */
export function isWorse({ op, limit }: Rule, value: number, than: number): boolean {
  if (op === '==') return Math.abs(value - limit) > Math.abs(than - limit)
  return op === '<' || op === '<=' ? value > than : value < than
}

/** Whether the interval of what was seen holds the limit; an end that is not known lies as far away as can be. No interval at all says nothing. */
export function isWithinNoise(
  { limit }: Pick<Rule, 'limit'>,
  { low, high }: { readonly low: number | null; readonly high: number | null },
): boolean {
  if (low === null && high === null) return false
  return (low ?? Number.NEGATIVE_INFINITY) <= limit && limit <= (high ?? Number.POSITIVE_INFINITY)
}
