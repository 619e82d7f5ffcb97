// Asks the shop for its own books: one small GET at a time, by the transport, the guard and the headers of the run, and beside its measurements.
// What comes back is a stranger's: it is capped, never thrown, and only whole numbers and short names are taken from it.
import { addresser, createClock, localBudget } from '@doorbuster/generator'
import type { Plan } from '@doorbuster/plan'
import { memberAt } from '@doorbuster/plan'
import type { Approved, Prepared, Transport, WireAnswer } from '@doorbuster/wire'
import type { WayOut } from './transport-of-run.ts'
import { transportMaker } from './transport-of-run.ts'

/** `nothing` is a 404. */
export type Reading<Value = unknown> =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'silent'; readonly because: string }

export type ShopReader = {
  /** Neither rejects. */
  readonly read: (path: string) => Promise<Reading>
  /** `path` may be a URL of another approved host, which is not told the plan's headers. */
  readonly readText: (path: string, accept: string) => Promise<Reading<string>>
  readonly close: () => Promise<void>
}

/** One at a time, and none is kept: a hard cap on sockets counts this one too. */
const mostSockets = 1
const mostMs = 5_000
const mostBytes = 1 << 20

export async function openShopReader(plan: Plan, approved: Approved, way: WayOut): Promise<ShopReader> {
  // A clock of its own: the run's is put back to zero when the first arrival is due, and a deadline must not move.
  const transport = (await transportMaker(way))(createClock(), approved, localBudget(mostSockets))
  const addressOf = addresser(plan.target)
  const { timeoutMs, connectTimeoutMs } = plan.limits
  const { origin } = addressOf('/')
  const readText: ShopReader['readText'] = (path, accept) => {
    const address = addressOf(path)
    const own = address.origin === origin ? plan.headers : {}
    const prepared = transport.prepare({
      ...address,
      method: 'GET',
      headers: { accept, ...own, 'accept-encoding': 'identity' },
      body: null,
      timeoutMs: Math.min(timeoutMs, mostMs),
      connectTimeoutMs: Math.min(connectTimeoutMs, mostMs),
      firstByteTimeoutMs: Number.POSITIVE_INFINITY,
      keepBody: 'whole',
    })
    return sent(transport, prepared)
  }
  return {
    readText,
    read: async (path) => {
      const text = await readText(path, 'application/json')
      return text.kind === 'value' ? jsonOf(text.value) : text
    },
    close: () => transport.close(),
  }
}

function sent(transport: Transport, prepared: Prepared): Promise<Reading<string>> {
  return new Promise((resolve) => {
    const lane = transport.lane()
    const sending = lane.send(prepared, null, { landed: (answer) => resolve(readingOf(answer)) })
    // What is under way ends as it would, and its socket with it.
    lane.close()
    if (sending === null) resolve({ kind: 'silent', because: 'no socket' })
  })
}

function readingOf(answer: WireAnswer): Reading<string> {
  if (answer.kind !== 'answered') return { kind: 'silent', because: answer.cause }
  const { status, body } = answer
  if (status === 404) return { kind: 'nothing' }
  if (status < 200 || status > 299) return { kind: 'silent', because: `status:${status}` }
  if (body === null || body.length > mostBytes) return { kind: 'silent', because: body === null ? 'no body' : 'too-large' }
  return { kind: 'value', value: Buffer.from(body).toString('utf8') }
}

export function jsonOf(text: string): Reading {
  try {
    return { kind: 'value', value: JSON.parse(text) as unknown }
  } catch {
    return { kind: 'silent', because: 'no JSON' }
  }
}

/** The whole number at `member`; null where the shop is not asked for it, undefined where it says something else. */
export function numberAt(value: unknown, member: string | undefined): number | null | undefined {
  if (member === undefined) return null
  const found = memberAt(value, member)
  return Number.isSafeInteger(found) ? (found as number) : undefined
}

const mostIds = 100
const longestId = 200

/** The names of one order or of a list of them; null where something in it has none. */
export function idsIn(value: unknown, member: string): readonly string[] | null {
  const all: readonly unknown[] = Array.isArray(value) ? value : value === null ? [] : [value]
  const ids = all.slice(0, mostIds).map((each) => memberAt(each, member))
  const names = ids.flatMap((id) => (typeof id === 'string' || typeof id === 'number' ? [String(id)] : []))
  return names.length === ids.length && names.every((name) => name !== '' && name.length <= longestId) ? [...new Set(names)] : null
}
