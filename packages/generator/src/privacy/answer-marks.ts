// What an answer says of the caches it passed and of the machine that gave it, in one line each. Whatever it says is a stranger's: it is cut.
import type { Answered } from '@doorbuster/wire'

const cacheNames = ['age', 'cache-control', 'x-cache', 'x-cache-hits', 'cf-cache-status', 'surrogate-control', 'vary']
const nodeNames = ['server', 'via', 'x-served-by', 'x-backend', 'x-node', 'x-varnish']
const mostCharacters = 200

/** Null where it says nothing. */
export const cacheOf = (answer: Answered): string | null => said(answer, cacheNames)
export const nodeOf = (answer: Answered): string | null => said(answer, nodeNames)

function said(answer: Answered, names: readonly string[]): string | null {
  const lines = names.flatMap((name) => answer.headers(name).map((value) => `${name}: ${value}`))
  return lines.length === 0
    ? null
    : lines
        .join('; ')
        .replace(/[^ -~]+/g, ' ')
        .slice(0, mostCharacters)
}

/** Whether a cache that many share may keep it, or has kept it (RFC 9111: public, s-maxage or max-age, and neither private nor no-store). */
export function isForAll(answer: Answered): boolean {
  const lines = answer.headers('cache-control')
  // Most answers say nothing of caches, and are asked as often as any.
  const control = lines.length === 0 ? null : lines.join(',').toLowerCase()
  if (control !== null && /\b(?:no-store|private)\b/.test(control)) return false
  if (Number(answer.header('age') ?? 0) > 0) return true
  if (says(answer, 'x-cache', /\bhit\b/i) || says(answer, 'cf-cache-status', /^hit$/i)) return true
  return control !== null && !/\bno-cache\b/.test(control) && /\bpublic\b|\b(?:s-maxage|max-age)="?0*[1-9]/.test(control)
}

function says(answer: Answered, name: string, what: RegExp): boolean {
  const value = answer.header(name)
  return value !== undefined && what.test(value)
}
