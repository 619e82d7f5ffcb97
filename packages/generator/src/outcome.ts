// From what the wire brought back to what it counts as: ok, degraded, failed with a cause, or dropped. Pure.
import type { WireAnswer } from '@doorbuster/wire'

export type Outcome =
  | { readonly kind: 'ok' | 'degraded' }
  | { readonly kind: 'failed'; readonly cause: string }
  | { readonly kind: 'dropped'; readonly cause: string }

const ok: Outcome = { kind: 'ok' }
const degraded: Outcome = { kind: 'degraded' }

/** `statuses` are those that count as ok (undefined: 200 to 399), `degradedHeader` the lower-case name by which a shop declares an answer degraded. */
export function outcomeOf(answer: WireAnswer, statuses: readonly number[] | undefined, degradedHeader: string): Outcome {
  if (answer.kind === 'unsent') return { kind: 'dropped', cause: `dropped:ours-${answer.cause}` }
  if (answer.kind === 'broken') return { kind: 'failed', cause: answer.cause }
  const { status } = answer
  const isExpected = statuses === undefined ? status >= 200 && status < 400 : statuses.includes(status)
  if (!isExpected) return { kind: 'failed', cause: `status:${status}` }
  return answer.header(degradedHeader) === undefined ? ok : degraded
}
