// What answers give away of the shop's insides. Pure.
import type { Evidence, Reply } from './evidence.ts'
import { allReplies, first } from './evidence.ts'
import type { Finding } from './finding.ts'
import { finding } from './finding-on.ts'

/** What the insides of a shop look like in an answer. */
const insides: readonly (readonly [RegExp, string])[] = [
  [/^[ \t]{1,20}at .{0,200}\((?:file:|node:|\/|[A-Z]:\\)[^\n]{0,300}:\d+:\d+\)/m, 'a stack trace of JavaScript'],
  [
    /(?:^|[\s>(])(?:\/(?:app|home|opt|srv|usr|var)\/|[A-Z]:\\)[\w./\\-]{3,200}\.(?:[cm]?[jt]s|php|py|rb|java|cs)\b/m,
    'paths of source files',
  ],
  [/Traceback \(most recent call last\)/, 'a stack trace of Python'],
  [/^[ \t]{0,20}at [\w.$]{3,200}\([\w.]{1,80}(?:\.java|\.kt)(?::\d+)?\)/m, 'a stack trace of Java'],
  [/(?:Fatal error|Warning|Notice|Uncaught \w+)(?:<\/b>)?: .{0,300} on line <?b?>?\d+/, 'an error of PHP'],
  [/SQLSTATE\[|ORA-\d{5}|You have an error in your SQL syntax|pg_query\(\)|SQLITE_ERROR/, 'an error of its database'],
  [/\bServer Error in '\/.{0,80}' Application\b/, 'an error page of ASP.NET'],
]
const told = ['server', 'x-powered-by', 'x-aspnet-version', 'x-aspnetmvc-version', 'x-generator']

export function errorRules(evidence: Evidence): readonly Finding[] {
  const asked = evidence.replies.filter(({ question }) => question.errand === 'missing' || question.errand === 'malformed')
  const pages = asked.flatMap((reply): readonly Finding[] => {
    const { question, status, text } = reply
    const shown = insides.filter(([pattern]) => pattern.test(text)).map(([, what]) => finding('errors', 'must', `it shows ${what}`, reply))
    if (question.errand === 'missing' && status < 400)
      return [...shown, finding('errors', 'note', `a page that cannot be there is answered with ${status}`, reply)]
    if (status < 500) return shown
    return [
      ...shown,
      finding(
        'errors',
        'should',
        `${question.errand === 'missing' ? 'a page that is not there' : 'a request that makes no sense'} is answered with ${status}, as if the shop had failed`,
        reply,
      ),
    ]
  })
  return [...pages, ...versionsTold(allReplies(evidence))]
}

/** Each header once, with its most telling value. */
function versionsTold(replies: readonly Reply[]): readonly Finding[] {
  return told.flatMap((name): readonly Finding[] => {
    const all = replies.filter((reply) => first(reply, name) !== undefined)
    const reply = all.find((each) => /\d/.test(first(each, name) ?? '')) ?? all[0]
    const value = reply === undefined ? undefined : first(reply, name)
    if (reply === undefined || value === undefined) return []
    if (/\d/.test(value)) return [finding('errors', 'should', `${name} tells a version: ${value.slice(0, 80)}`, reply)]
    return name === 'server' ? [] : [finding('errors', 'note', `${name} tells what runs there: ${value.slice(0, 80)}`, reply)]
  })
}
