// Flags of cookies, and caches that would hand one shopper's answer to another. Pure.
import type { Evidence, Reply } from './evidence.ts'
import { allReplies, first, placeOf } from './evidence.ts'
import type { Finding, Severity } from './finding.ts'
import { readSetCookie } from './session-cookies.ts'

export function cookieRules(evidence: Evidence): readonly Finding[] {
  const told = new Set<string>()
  return allReplies(evidence).flatMap((reply) =>
    (reply.headers['set-cookie'] ?? []).flatMap((header) => {
      const cookie = readSetCookie(header)
      if (cookie === null || cookie.isGone || told.has(cookie.name)) return []
      told.add(cookie.name)
      const isTls = reply.question.url.startsWith('https:')
      const { isSession, isSecure, isHttpOnly, sameSite } = cookie
      const kind = isSession ? 'session cookie' : 'cookie'
      const lacks: readonly (readonly [boolean, Severity, string])[] = [
        [isTls && !isSecure, isSession ? 'must' : 'should', 'has no Secure: it travels in the clear as soon as one request does'],
        [isSession && !isHttpOnly, 'must', 'has no HttpOnly: any script of the page can read it'],
        [sameSite === 'none' && !isSecure, 'must', 'is SameSite=None without Secure: browsers refuse it'],
        [isSession && sameSite === undefined, 'should', 'has no SameSite: browsers differ in what they take it for'],
      ]
      return lacks.flatMap(([isLacking, severity, what]): readonly Finding[] =>
        isLacking ? [{ check: 'cookies', severity, says: `the ${kind} ${name(cookie.name)} ${what}`, where: placeOf(reply.question) }] : [],
      )
    }),
  )
}

/** Pages whose place says that they are somebody's own. */
const ownPlace = /(?:^|[/_-])(?:account|basket|cart|checkout|customer|me|my|order|orders|pay|payment|profile|user|wishlist)(?:[/._-]|$)/i

export function cachingRules(evidence: Evidence): readonly Finding[] {
  const found = allReplies(evidence).flatMap((reply): readonly Finding[] => {
    const finding = (severity: Severity, says: string): Finding => ({ check: 'caching', severity, says, where: placeOf(reply.question) })
    const cached = publicly(reply)
    const setsSession = (reply.headers['set-cookie'] ?? []).some((header) => {
      const cookie = readSetCookie(header)
      return cookie?.isSession === true && !cookie.isGone
    })
    const isOwn = ownPlace.test(new URL(reply.question.url).pathname)
    if (setsSession && cached === 'yes')
      return [finding('must', 'it sets a session cookie and may be kept by shared caches, which hand it to others')]
    if (setsSession && cached === 'unsaid')
      return [finding('should', 'it sets a session cookie and says nothing to caches: private or no-store would')]
    if (!reply.question.hasSession || reply.status >= 400) return []
    if (cached === 'yes' && isOwn)
      return [finding('must', "it is a shopper's own page and may be kept by shared caches, which hand it to others")]
    if (cached === 'yes') return [finding('should', 'asked with a session it may be kept by shared caches: is it the same for everybody?')]
    return cached === 'unsaid' && isOwn
      ? [finding('should', "it is a shopper's own page and says nothing to caches: private or no-store would")]
      : []
  })
  return [...new Map(found.map((finding) => [`${finding.where} ${finding.says}`, finding])).values()]
}

/** RFC 9111 §3: what a shared cache may keep. `unsaid`: it may guess. */
function publicly(reply: Reply): 'yes' | 'no' | 'unsaid' {
  const control = (reply.headers['cache-control'] ?? []).join(',').toLowerCase()
  if (/(?:^|[\s,])(?:no-store|private|no-cache)(?=[\s,=]|$)/.test(control)) return 'no'
  const shared = /(?:^|[\s,])s-maxage="?(\d+)/.exec(control)?.[1] ?? /(?:^|[\s,])max-age="?(\d+)/.exec(control)?.[1]
  if (shared !== undefined) return Number(shared) > 0 ? 'yes' : 'no'
  if (/(?:^|[\s,])public(?=[\s,]|$)/.test(control)) return 'yes'
  const expires = Date.parse(first(reply, 'expires') ?? '')
  return expires > Date.parse(first(reply, 'date') ?? '')
    ? 'yes'
    : Number.isNaN(expires) && first(reply, 'expires') === undefined
      ? 'unsaid'
      : 'no'
}

const name = (text: string): string => JSON.stringify(text.slice(0, 60))
