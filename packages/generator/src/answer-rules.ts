// Asks an answer whether a plan's rules recognise it. What it reads is the target's: nothing in it is run, and nothing here throws.
import type { AnswerRule } from '@doorbuster/plan'
import type { Answered } from '@doorbuster/wire'
import { unpack } from './unpack.ts'

const nothing = Buffer.alloc(0)

/** An answer being looked at: unpacked at most once, however many rules ask for its body. */
export class LookedAt {
  readonly answer: Answered
  /** The URL that was asked for. */
  readonly asked: string
  #bytes: Buffer | undefined

  constructor(answer: Answered, origin: string, path: string) {
    this.answer = answer
    this.asked = origin + path
  }

  /** The body, unpacked; nothing where that cannot be done. */
  get bytes(): Buffer {
    this.#bytes ??= unpackedOf(this.answer)
    return this.#bytes
  }

  /** Where a redirect sends to; null for any other answer, and for what is no URL. */
  get redirectsTo(): URL | null {
    const { status } = this.answer
    return status >= 300 && status < 400 ? this.resolved(this.answer.header('location')) : null
  }

  /** What stands in the answer, as seen from the URL that was asked for. */
  resolved(url: string | undefined): URL | null {
    return url === undefined ? null : URL.parse(url, this.asked)
  }
}

export type AnswerTest = (look: LookedAt) => boolean

/** True when any of the rules holds. */
export function answerTest(rules: readonly AnswerRule[]): AnswerTest {
  const tests = rules.map(oneTest)
  return (look) => tests.some((test) => test(look))
}

export function readsBodies(rules: readonly AnswerRule[]): boolean {
  return rules.some(({ body }) => body !== undefined)
}

function oneTest({ statuses, header, body, url }: AnswerRule): AnswerTest {
  const words = body === undefined ? null : Buffer.from(body)
  return (look) =>
    (statuses === undefined || statuses.includes(look.answer.status)) &&
    (header === undefined || hasHeader(look.answer, header)) &&
    (url === undefined || leavesAt(look, url)) &&
    (words === null || look.bytes.includes(words))
}

function hasHeader(answer: Answered, { name, value }: NonNullable<AnswerRule['header']>): boolean {
  const found = answer.header(name)
  return found !== undefined && (value === undefined || found.toLowerCase().includes(value))
}

function leavesAt(look: LookedAt, prefix: string): boolean {
  const place = look.redirectsTo ?? URL.parse(look.asked)
  return place !== null && (prefix.startsWith('/') ? place.pathname : place.href).startsWith(prefix)
}

function unpackedOf(answer: Answered): Buffer {
  if (answer.body === null) return nothing
  const unpacked = unpack(answer.body, answer.header('content-encoding'))
  return unpacked.kind === 'bytes' ? unpacked.bytes : nothing
}
