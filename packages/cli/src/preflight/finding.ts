// What a preflight says: findings, each of one check, with how bad it is.

export const checks = [
  'answers',
  'certificate',
  'tls',
  'hsts',
  'http',
  'redirects',
  'cookies',
  'caching',
  'errors',
  'compression',
  'robots',
] as const

export type Check = (typeof checks)[number]

/** `must`: mend it before the doors open. `should`: somebody decides to live with it. `note`: good to know. */
export type Severity = 'must' | 'should' | 'note'

export type Finding = {
  readonly check: Check
  readonly severity: Severity
  readonly says: string
  /** Method and URL, without its query; null: it is about the target as a whole. */
  readonly where: string | null
}

export const worstFirst: readonly Severity[] = ['must', 'should', 'note']
