// A cache rule written in an emergency: the account page is kept for everybody, whoever's cookie asked for it.
import type { Layer } from '../layers.ts'
import type { Reply } from '../replies.ts'

const keptMs = 3_000
const keptPath = '/account'

/** One page for all shoppers for three seconds, with the headers that such a cache would send. */
export function sharedCache(nowMs: () => number): Layer {
  let kept: { readonly reply: Reply; readonly atMs: number } | undefined
  return async ({ path, method }, next) => {
    if (path !== keptPath || method !== 'GET') return next()
    const atMs = nowMs()
    if (kept !== undefined && atMs - kept.atMs < keptMs) return cached(kept.reply, 'HIT', atMs - kept.atMs)
    const answered = await next()
    if (answered === undefined || 'stream' in answered || answered.status !== 200) return answered
    kept = { reply: answered, atMs: nowMs() }
    return cached(answered, 'MISS', 0)
  }
}

function cached(reply: Reply, found: 'HIT' | 'MISS', ageMs: number): Reply {
  const headers = { 'cache-control': `public, max-age=${keptMs / 1_000}`, age: `${Math.floor(ageMs / 1_000)}`, 'x-cache': found }
  return { ...reply, headers: { ...reply.headers, ...headers } }
}
