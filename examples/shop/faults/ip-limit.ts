// So many requests a second for each address, and no more. What it does to a thousand people behind one address is the point.
import type { Layer } from '../layers.ts'
import { refuse } from '../replies.ts'

const mostAddresses = 10_000
const tooMany = refuse(429, 'too-many-requests', 'Too many requests from your address.', { 'retry-after': '1' })
const neverLimited: ReadonlySet<string> = new Set(['/health', '/metrics'])

type Bucket = { readonly tokens: number; readonly atMs: number }

/** A bucket of one second's worth for each address, filled evenly. */
export function ipLimit(perSec: number, nowMs: () => number): Layer {
  const buckets = new Map<string, Bucket>()
  const takes = (ip: string): boolean => {
    const atMs = nowMs()
    const last = buckets.get(ip) ?? { tokens: perSec, atMs }
    const tokens = Math.min(perSec, last.tokens + ((atMs - last.atMs) * perSec) / 1_000)
    const isEnough = tokens >= 1
    buckets.delete(ip)
    buckets.set(ip, { tokens: isEnough ? tokens - 1 : tokens, atMs })
    const [oldest] = buckets.keys()
    if (buckets.size > mostAddresses && oldest !== undefined) buckets.delete(oldest)
    return isEnough
  }
  return async ({ ip, path }, next) => (neverLimited.has(path) || takes(ip) ? next() : tooMany)
}
