// How long a client waits before it tries again: base · 2^k, never above its cap, as much of it random as its jitter says. Pure.
import type { RetryPolicy } from '@doorbuster/plan'

/** ms before the k-th retry (k ≥ 0). `random` is uniform in [0, 1), and asked only where there is jitter. */
export function backoffMs(
  k: number,
  { baseMs, capMs, jitter }: Pick<RetryPolicy, 'baseMs' | 'capMs' | 'jitter'>,
  random: () => number,
): number {
  const mostMs = Math.min(capMs, baseMs * 2 ** k)
  if (jitter === 'none') return mostMs
  return jitter === 'full' ? mostMs * random() : (mostMs / 2) * (1 + random())
}

/** Whether a failure of that cause is tried again. What never came whole off the network is `network`; our own doing never is. */
export function isRetried(cause: string, on: RetryPolicy['on']): boolean {
  const [, digits] = /^status:(\d+)$/.exec(cause) ?? []
  if (digits !== undefined) return on.some((each) => String(each) === digits)
  if (on.includes('network') && !/^(?:status:|check:|dropped:|cancelled$|guard$|unsendable$|gave-up$)/.test(cause)) return true
  return on.some((each) => cause === each || cause.startsWith(`${each}:`))
}
