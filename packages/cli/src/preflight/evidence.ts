// What a preflight has seen, as plain data: the rules read it, and nothing else.
import type { Greeting, TlsVersion } from '@doorbuster/wire'

/** `plain`: the same place without TLS. */
export type Errand = 'landing' | 'step' | 'plain' | 'robots' | 'missing' | 'malformed'

export type Question = {
  readonly errand: Errand
  /** Name of the declared step; null: of none. */
  readonly step: string | null
  readonly method: string
  readonly url: string
  /** Asked with the session cookies that earlier answers had set. */
  readonly hasSession: boolean
}

/** `text` is the beginning of the body, unpacked; `bodyBytes` its length as it came. */
export type Reply = {
  readonly question: Question
  readonly status: number
  /** Values by lower-case name, of the headers that a rule reads. */
  readonly headers: Readonly<Record<string, readonly string[]>>
  readonly text: string
  readonly bodyBytes: number
}

export type Failure = { readonly question: Question; readonly cause: string }

/** From a first question over its redirects to the last answer. `end`: why it went no further. */
export type Chain = {
  readonly replies: readonly Reply[]
  readonly end: 'answered' | 'failed' | 'loop' | 'too-many' | 'unapproved'
  /** Where it would have gone on; of a failure, its cause. */
  readonly last: string | null
}

export type Evidence = {
  readonly target: string
  /** The target is on this machine: nobody else sees it. */
  readonly isLoopback: boolean
  readonly nowMs: number
  /** The certificate has to hold until then, ms since 1970 UTC. */
  readonly untilMs: number
  /** Null: no TLS, or not looked at. */
  readonly greeting: Greeting | null
  /** Versions before 1.2 that the server takes. */
  readonly oldVersions: readonly TlsVersion[]
  readonly landing: Chain | null
  /** Null: not looked at, as where the target has no TLS or a port of its own. */
  readonly plain: Chain | null
  /** All answers that are neither of these. */
  readonly replies: readonly Reply[]
  readonly failures: readonly Failure[]
  /** Statuses that a step calls ok, where it says so. */
  readonly expected: Readonly<Record<string, readonly number[]>>
  /** Steps that nobody asked for, and why. */
  readonly left: readonly string[]
}

export function allReplies({ landing, plain, replies }: Evidence): readonly Reply[] {
  return [...(landing?.replies ?? []), ...(plain?.replies ?? []), ...replies]
}

export function first(reply: Reply, name: string): string | undefined {
  return reply.headers[name]?.[0]
}

/** Without the query: it may hold a secret. */
export function placeOf({ method, url }: Question): string {
  const { origin, pathname } = new URL(url)
  return `${method} ${origin}${pathname}`
}

export function bare(url: string): string {
  return URL.canParse(url) ? `${new URL(url).origin}${new URL(url).pathname}` : '(no URL)'
}
