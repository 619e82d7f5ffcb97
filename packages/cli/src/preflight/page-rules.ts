// How text is packed, what robots are told, and whether what was declared is answered at all. Pure.
import type { Evidence } from './evidence.ts'
import { allReplies, bare, first, placeOf } from './evidence.ts'
import type { Finding } from './finding.ts'
import { finding } from './finding-on.ts'

/** Less than this is one packet, packed or not. */
const leastBytes = 1_400

export function compressionRules(evidence: Evidence): readonly Finding[] {
  const found = allReplies(evidence).filter(
    ({ status, headers, bodyBytes, question }) =>
      status === 200 &&
      headers['content-encoding'] === undefined &&
      bodyBytes > leastBytes &&
      question.errand !== 'malformed' &&
      isText(headers['content-type']?.[0]),
  )
  const byPlace = new Map(found.map((reply) => [placeOf(reply.question), reply]))
  return [...byPlace.values()].map((reply) =>
    finding('compression', 'should', `${reply.bodyBytes} bytes of text came unpacked, though gzip, br and zstd were offered`, reply),
  )
}

function isText(type: string | undefined): boolean {
  return /^\s*(?:text\/|application\/(?:json|javascript|xml|xhtml\+xml|manifest\+json)|image\/svg)/i.test(type ?? '')
}

export function robotsRules({ replies, landing }: Evidence): readonly Finding[] {
  const robots = replies.find(({ question }) => question.errand === 'robots')
  const page = landing?.replies.at(-1)
  const isHidden =
    page !== undefined &&
    (/noindex/i.test(first(page, 'x-robots-tag') ?? '') || /<meta[^>]{0,200}robots[^>]{0,200}noindex/i.test(page.text))
  const hidden = isHidden
    ? [finding('robots', 'note', 'search engines are told not to list it (noindex): is the sale to be found?', page)]
    : []
  if (robots === undefined) return hidden
  if (robots.status !== 200)
    return [finding('robots', 'note', `there is none (${robots.status}): robots take everything`, robots), ...hidden]
  const isClosed = disallowsAll(robots.text)
  return [
    finding(
      'robots',
      'note',
      isClosed ? 'all robots are kept out of everything: is the sale to be found?' : 'robots.txt keeps not everybody out',
      robots,
    ),
    ...hidden,
  ]
}

/** RFC 9309: whether the group for everybody forbids all. */
function disallowsAll(text: string): boolean {
  let isForAll = false
  let isInRules = false
  for (const line of text.split(/\r\n|\n|\r/).slice(0, 2_000)) {
    const [, key = '', rest = ''] = /^\s*([a-z-]+)\s*:([^#]*)/i.exec(line.slice(0, 500)) ?? []
    const value = rest.trim()
    if (/^user-agent$/i.test(key)) {
      isForAll = (isForAll && !isInRules) || value === '*'
      isInRules = false
    } else if (key !== '') {
      isInRules = true
      if (isForAll && /^disallow$/i.test(key) && value === '/') return true
    }
  }
  return false
}

export function answerRules({ replies, failures, expected, left, landing, target }: Evidence): readonly Finding[] {
  const broken = failures.map(
    ({ question, cause }): Finding => ({
      check: 'answers',
      severity: question.errand === 'landing' || question.errand === 'step' ? 'must' : 'note',
      says: `no answer: ${cause}`,
      where: placeOf(question),
    }),
  )
  const steps = replies.flatMap((reply): readonly Finding[] => {
    const { step, hasSession } = reply.question
    if (step === null || hasSession) return []
    const isOk = expected[step]?.includes(reply.status) ?? (reply.status >= 200 && reply.status < 400)
    return isOk ? [] : [finding('answers', 'must', `the step ${JSON.stringify(step.slice(0, 60))} is answered with ${reply.status}`, reply)]
  })
  const page = landing?.replies.at(-1)
  const isLost = page !== undefined && page.status >= 400 && landing?.end === 'answered'
  const lost = isLost
    ? [finding('answers', Object.keys(expected).length > 0 ? 'note' : 'must', `${bare(target)} is answered with ${page.status}`, page)]
    : []
  return [...broken, ...lost, ...steps, ...left.map((says): Finding => ({ check: 'answers', severity: 'note', says, where: null }))]
}
