// Asks one question after the other over one transport, and keeps of each answer what the rules read. Follows no redirect by itself.
import { unpack } from '@doorbuster/generator'
import { isSecretName } from '@doorbuster/plan'
import type { Answered, Approved, Transport, WireAnswer } from '@doorbuster/wire'
import type { Chain, Failure, Question, Reply } from './evidence.ts'
import { readSetCookie } from './session-cookies.ts'

export type AskingOptions = {
  readonly transport: Transport
  readonly approved: Approved
  /** The target's. Headers that name a secret are told nobody else, and not the same host by plain http. */
  readonly origin: string
  /** Sent with every question. */
  readonly headers: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly connectTimeoutMs: number
}

export type More = { readonly headers?: Readonly<Record<string, string>>; readonly body?: string }

/** A preflight is a look, not a load. */
const mostQuestions = 80
const mostHops = 10
const mostTextBytes = 65_536
const mostUnpackedBytes = 4 * 1024 * 1024
const read = [
  'cache-control',
  'content-encoding',
  'content-type',
  'date',
  'expires',
  'location',
  'server',
  'set-cookie',
  'strict-transport-security',
  'x-aspnet-version',
  'x-aspnetmvc-version',
  'x-generator',
  'x-powered-by',
  'x-robots-tag',
]

export class Asking {
  readonly #options: AskingOptions
  /** Session cookies by origin, as they were set last. */
  readonly #sessions = new Map<string, Map<string, string>>()
  readonly failures: Failure[] = []
  asked = 0

  constructor(options: AskingOptions) {
    this.#options = options
  }

  hasSessionFor(url: string): boolean {
    return (this.#sessions.get(new URL(url).origin)?.size ?? 0) > 0
  }

  /** Null: there was no answer, or enough was asked. Its failure is kept with the others. */
  async ask(question: Question, more: More = {}): Promise<Reply | null> {
    if (this.asked >= mostQuestions) return null
    this.asked++
    const answer = await this.#send(question, more)
    if (answer.kind === 'answered') return this.#reply(question, answer)
    this.failures.push({ question, cause: answer.kind === 'broken' ? answer.cause : `this machine is out of ${answer.cause}` })
    return null
  }

  /** Goes on to where it is led, as long as that was approved. */
  async follow(start: Question, more: More = {}): Promise<Chain> {
    const replies: Reply[] = []
    const seen = new Set<string>()
    let question = start
    for (;;) {
      seen.add(question.url)
      const before = this.failures.length
      const reply = await this.ask(question, more)
      if (reply === null) return { replies, end: 'failed', last: this.failures[before]?.cause ?? null }
      replies.push(reply)
      const next = nextOf(reply)
      if (next === null) return { replies, end: 'answered', last: null }
      if (seen.has(next)) return { replies, end: 'loop', last: next }
      if (this.#options.approved(new URL(next).origin) === undefined) return { replies, end: 'unapproved', last: next }
      if (replies.length > mostHops) return { replies, end: 'too-many', last: next }
      question = { ...question, url: next }
    }
  }

  #send({ method, url, hasSession }: Question, { headers = {}, body }: More): Promise<WireAnswer> {
    const { transport, timeoutMs, connectTimeoutMs } = this.#options
    const { origin, pathname, search } = new URL(url)
    const own = { ...this.#options.headers, ...headers }
    const cookies = hasSession ? [...(this.#sessions.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ') : ''
    const prepared = transport.prepare({
      origin,
      method,
      path: pathname + search,
      headers: { ...(origin === this.#options.origin ? own : withoutSecrets(own)), ...(cookies !== '' && { cookie: cookies }) },
      body: body ?? null,
      timeoutMs,
      connectTimeoutMs,
      firstByteTimeoutMs: Number.POSITIVE_INFINITY,
      keepBody: 'whole',
    })
    return new Promise((resolve) => {
      const landed = (answer: WireAnswer): void => {
        if (answer.kind === 'answered') answer.keep()
        resolve(answer)
      }
      const moments = { sentMs: 0, doneMs: 0, bytesIn: 0, bytesOut: 0, connectMs: null, handshakeMs: null, linkMs: 0 }
      if (transport.shared.send(prepared, null, { landed }) === null) resolve({ kind: 'broken', cause: 'no socket', ...moments })
    })
  }

  #reply(question: Question, answer: Answered): Reply {
    const headers = Object.fromEntries(read.map((name) => [name, answer.headers(name)] as const).filter(([, values]) => values.length > 0))
    this.#keepSessions(question.url, headers['set-cookie'] ?? [])
    const body = answer.body ?? new Uint8Array(0)
    const unpacked = unpack(body, answer.header('content-encoding'), mostUnpackedBytes)
    const text = unpacked.kind === 'bytes' ? unpacked.bytes.subarray(0, mostTextBytes).toString('utf8') : ''
    return { question, status: answer.status, headers, text, bodyBytes: body.length }
  }

  #keepSessions(url: string, setCookies: readonly string[]): void {
    const { origin } = new URL(url)
    const jar = this.#sessions.get(origin) ?? new Map<string, string>()
    for (const header of setCookies) {
      const cookie = readSetCookie(header)
      if (cookie?.isSession === true && /^[\x21-\x7e]*$/.test(cookie.value)) jar.set(cookie.name, cookie.value)
    }
    this.#sessions.set(origin, jar)
  }
}

function withoutSecrets(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isSecretName(name)))
}

/** Where a redirect leads by http or https; null: it is none. */
function nextOf({ status, headers, question }: Reply): string | null {
  const location = headers.location?.[0]
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined || !URL.canParse(location, question.url)) return null
  const next = new URL(location, question.url)
  next.hash = ''
  next.username = ''
  next.password = ''
  return /^https?:$/.test(next.protocol) ? next.href : null
}
