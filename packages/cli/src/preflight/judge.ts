// Evidence in, findings out, the worst first. Pure.
import { cachingRules, cookieRules } from './cookie-rules.ts'
import { errorRules } from './error-rules.ts'
import type { Evidence } from './evidence.ts'
import type { Check, Finding } from './finding.ts'
import { worstFirst } from './finding.ts'
import { answerRules, compressionRules, robotsRules } from './page-rules.ts'
import { redirectRules } from './redirect-rules.ts'
import { certificateRules, hstsRules, httpRules, tlsRules } from './tls-rules.ts'

const rules: Readonly<Record<Check, (evidence: Evidence) => readonly Finding[]>> = {
  answers: answerRules,
  certificate: certificateRules,
  tls: tlsRules,
  hsts: hstsRules,
  http: httpRules,
  redirects: redirectRules,
  cookies: cookieRules,
  caching: cachingRules,
  errors: errorRules,
  compression: compressionRules,
  robots: robotsRules,
}

/** Within one severity in the order of the checks. */
export function judgePreflight(evidence: Evidence, only: readonly Check[]): readonly Finding[] {
  const found = only.flatMap((check) => rules[check](evidence))
  return worstFirst.flatMap((severity) => found.filter((finding) => finding.severity === severity))
}
