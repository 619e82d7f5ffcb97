// Certificate, version of TLS, HSTS and version of HTTP. Pure.
import type { Evidence } from './evidence.ts'
import { first, placeOf } from './evidence.ts'
import type { Finding } from './finding.ts'

const dayMs = 86_400_000
/** A certificate that ends this soon after the sale leaves no time for a mistake while it is renewed. */
const spareMs = 14 * dayMs
/** https://hstspreload.org asks for a year; half of one is what most scanners take. */
const leastHstsSec = 180 * 86_400

export function certificateRules({ greeting, nowMs, untilMs, target }: Evidence): readonly Finding[] {
  const finding = (severity: Finding['severity'], says: string): Finding => ({ check: 'certificate', severity, says, where: null })
  if (!target.startsWith('https:')) return [finding('note', 'there is none: the target has no TLS')]
  if (greeting === null) return []
  if (greeting.kind === 'broken') return [finding('must', `no TLS connection could be made: ${greeting.cause}`)]
  const { problem, certificate } = greeting
  const { fromMs, untilMs: endMs, subject, issuer } = certificate
  const whose = `the certificate of ${subject}, issued by ${issuer},`
  const held = problem === null ? [] : [finding('must', `${whose} is refused by browsers: ${problem}`)]
  if (fromMs > nowMs) return [...held, finding('must', `${whose} is not valid before ${day(fromMs)}`)]
  if (endMs <= nowMs) return [...held, finding('must', `${whose} ended on ${day(endMs)}`)]
  if (endMs < untilMs) return [...held, finding('must', `${whose} ends on ${day(endMs)}; it has to hold until ${day(untilMs)}`)]
  if (endMs < untilMs + spareMs) return [...held, finding('should', `${whose} ends on ${day(endMs)}, within 14 days of ${day(untilMs)}`)]
  return [...held, ...(held.length > 0 ? [] : [finding('note', `${whose} holds until ${day(endMs)}`)])]
}

export function tlsRules({ greeting, oldVersions, target, isLoopback }: Evidence): readonly Finding[] {
  const finding = (severity: Finding['severity'], says: string): Finding => ({ check: 'tls', severity, says, where: null })
  if (!target.startsWith('https:'))
    return [finding(isLoopback ? 'note' : 'must', 'the target has no TLS: everybody on the way reads and changes what shoppers see')]
  if (greeting?.kind !== 'greeted') return []
  const old = oldVersions.map((version) => finding('should', `${version} is taken too (deprecated by RFC 8996)`))
  if (/^TLSv1(?:\.1)?$|^SSL/.test(greeting.version))
    return [finding('must', `${greeting.version} is the best that the server speaks`), ...old]
  return [...old, finding('note', `${greeting.version} is spoken`)]
}

export function httpRules({ greeting, target }: Evidence): readonly Finding[] {
  if (!target.startsWith('https:') || greeting?.kind !== 'greeted') return []
  const says =
    greeting.protocol === 'h2'
      ? 'HTTP/2 is offered'
      : 'HTTP/2 is not offered: a page needs more connections, each with a greeting of its own'
  return [{ check: 'http', severity: 'note', says, where: null }]
}

export function hstsRules({ landing, target }: Evidence): readonly Finding[] {
  const reply = landing?.replies.findLast(({ question }) => question.url.startsWith('https:'))
  if (!target.startsWith('https:') || reply === undefined) return []
  const finding = (says: string): Finding => ({ check: 'hsts', severity: 'should', says, where: placeOf(reply.question) })
  const header = first(reply, 'strict-transport-security')
  if (header === undefined) return [finding('no Strict-Transport-Security: a first visit by http can be turned aside')]
  const seconds = Number(/(?:^|;)\s*max-age\s*=\s*"?(\d+)/i.exec(header)?.[1] ?? Number.NaN)
  if (Number.isNaN(seconds)) return [finding('Strict-Transport-Security has no max-age, so browsers pass over it')]
  return seconds < leastHstsSec ? [finding(`Strict-Transport-Security lasts ${Math.floor(seconds / 86_400)} days; 180 are usual`)] : []
}

function day(ms: number): string {
  return Number.isFinite(ms) ? new Date(ms).toISOString().slice(0, 10) : 'no day that could be read'
}
