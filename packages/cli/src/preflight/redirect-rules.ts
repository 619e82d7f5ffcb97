// Where redirects lead, and whether http leads to https. Pure.
import type { Chain, Evidence } from './evidence.ts'
import { bare } from './evidence.ts'
import type { Finding } from './finding.ts'
import { finding } from './finding-on.ts'

export function redirectRules({ target, landing, plain, isLoopback }: Evidence): readonly Finding[] {
  const own = landing === null ? [] : [...chainFindings(landing), ...clearFindings(landing)]
  if (plain === null || !target.startsWith('https:')) return own
  const [start] = plain.replies
  const end = plain.replies.at(-1)
  if (start === undefined || end === undefined)
    return [...own, { check: 'redirects', severity: 'note', says: `by http nobody answers: ${plain.last}`, where: null }]
  const isStill = end.question.url.startsWith('http:') && plain.end === 'answered'
  const open = isStill
    ? [finding('redirects', isLoopback ? 'should' : 'must', `by http the shop answers with ${end.status}, and does not lead to https`, end)]
    : []
  const once =
    start.status === 302 || start.status === 307
      ? [finding('redirects', 'note', `http leads to https with ${start.status}; 301 or 308 are remembered`, start)]
      : []
  return [...own, ...chainFindings(plain), ...open, ...once]
}

const mostHops = 3

function chainFindings({ replies, end, last }: Chain): readonly Finding[] {
  const reply = replies.at(-1)
  if (reply === undefined) return []
  const hops = replies.length - 1
  if (end === 'loop') return [finding('redirects', 'must', `it goes in a circle, back to ${bare(last ?? '')}`, reply)]
  if (end === 'too-many') return [finding('redirects', 'must', `after ${hops} redirects there is still another`, reply)]
  if (end === 'unapproved')
    return [finding('redirects', 'note', `it leads to ${bare(last ?? '')}, which nobody approved: not followed`, reply)]
  return hops > mostHops
    ? [finding('redirects', 'should', `${hops} redirects before a page, each a round trip for every shopper`, reply)]
    : []
}

function clearFindings({ replies }: Chain): readonly Finding[] {
  const at = replies.findIndex(
    ({ question }, index) => question.url.startsWith('http:') && replies[index - 1]?.question.url.startsWith('https:') === true,
  )
  const reply = replies[at]
  return reply === undefined ? [] : [finding('redirects', 'must', 'it was reached from https, and is not', reply)]
}
