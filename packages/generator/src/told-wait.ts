// How long an answer asks one to wait: Retry-After, Refresh, and a page's own meta refresh. All of it is the target's word: capped, and
// without effect where it cannot be read.
import type { Answered } from '@doorbuster/wire'
import type { LookedAt } from './answer-rules.ts'

/** Nobody is kept longer by one answer, whatever it says. */
export const longestToldMs = 3600e3

/**
 * Ms from the answer; null when it does not say, or not so that it can be read. A date counts from the answer's own Date header: whose clock
 * is wrong then does not matter, and without that header nobody can tell (RFC 9110, 10.2.3).
 */
export function retryAfterMs(answer: Answered): number | null {
  const text = answer.header('retry-after')?.trim()
  if (text === undefined || text.length > longestText) return null
  if (/^\d+$/.test(text)) return capped(Number(text) * 1e3)
  return capped(Date.parse(text) - Date.parse(answer.header('date') ?? ''))
}

export type Refresh = { readonly afterMs: number; readonly url: string | undefined }

/** As a Refresh header or a meta element has it: `5`, `5; url=/shop`. Null: there is none. */
export function refreshOf(look: LookedAt): Refresh | null {
  const header = look.answer.header('refresh')
  if (header !== undefined) return readRefresh(header)
  const type = look.answer.header('content-type') ?? 'text/html'
  return type.toLowerCase().includes('html') ? metaRefresh(look.bytes) : null
}

const longestText = 64
const longestRefresh = 2_048
/** It stands in the head of a page. */
const searchedBytes = 1 << 16

function metaRefresh(bytes: Buffer): Refresh | null {
  const tags = bytes
    .toString('latin1', 0, searchedBytes)
    .split(/<meta\b/i)
    .slice(1)
  for (const tag of tags) {
    const inside = tag.slice(0, longestRefresh).split('>', 1)[0] ?? ''
    if (!/http-equiv\s*=\s*["']?refresh\b/i.test(inside)) continue
    const [, , content = ''] = /\bcontent\s*=\s*(["'])(.*?)\1/i.exec(inside) ?? []
    return readRefresh(content)
  }
  return null
}

/** By hand after the number: one expression for all of it could be made to try for seconds. */
function readRefresh(text: string): Refresh | null {
  if (text.length > longestRefresh) return null
  const [, seconds, rest = ''] = /^(\d{1,9})(?:\.\d*)?([\s\S]*)$/.exec(text.trim()) ?? []
  const afterMs = seconds === undefined ? null : capped(Number(seconds) * 1e3)
  const tail = rest.trim()
  if (afterMs === null || !/^(?:$|[;,])/.test(tail)) return null
  const url = tail
    .slice(1)
    .trim()
    .replace(/^url\s*=\s*/i, '')
    .replace(/^["']|["']$/g, '')
  return { afterMs, url: url === '' ? undefined : url }
}

function capped(ms: number): number | null {
  return Number.isNaN(ms) ? null : Math.min(longestToldMs, Math.max(0, ms))
}
