// What a journey sees of a request that has landed. Text is made, and a packed body unpacked, when the journey asks for it.
import type { Answer } from '@doorbuster/plan'
import { selectJson } from '@doorbuster/plan'
import type { Answered } from '@doorbuster/wire'
import type { Document } from 'domhandler'
import { findAll, findOne, parseHtml } from './html.ts'
import type { JourneyErrand } from './journey-errand.ts'

/** Of a request that has landed: what came of it, and where to say that its body cannot be read. */
export type Landed = Pick<JourneyErrand, 'outcome' | 'answer' | 'waitedMs' | 'fail' | 'unpacked'>

export class LandedAnswer implements Answer {
  readonly ok: boolean
  readonly status: number
  readonly cause: string | undefined
  readonly responseMs: number
  readonly #errand: Landed
  readonly #answered: Answered | null
  #bytes: Buffer | undefined
  #text: string | undefined
  #json: { readonly value: unknown } | undefined
  #page: Document | undefined

  constructor(errand: Landed) {
    const { outcome, answer } = errand
    this.ok = outcome?.kind === 'ok' || outcome?.kind === 'degraded'
    this.#answered = answer?.kind === 'answered' ? answer : null
    this.status = this.#answered?.status ?? 0
    this.cause = outcome?.kind === 'failed' || outcome?.kind === 'dropped' ? outcome.cause : undefined
    this.responseMs = errand.waitedMs
    this.#errand = errand
  }

  header(name: string): string | undefined {
    return this.#answered?.header(name.toLowerCase())
  }

  headers(name: string): readonly string[] {
    return this.#answered?.headers(name.toLowerCase()) ?? []
  }

  bytes(): Uint8Array {
    this.#bytes ??= this.#unpacked()
    return this.#bytes
  }

  text(): string {
    this.#text ??= textOf(this.bytes())
    return this.#text
  }

  json(path?: string): unknown {
    if (path !== undefined) return this.jsonAll(path)[0]
    this.#json ??= { value: parsed(this.text()) }
    return this.#json.value
  }

  jsonAll(path: string): readonly unknown[] {
    return selectJson(this.json(), path)
  }

  css(selector: string, attribute?: string): string | undefined {
    return findOne(this.#html(), selector, attribute)
  }

  cssAll(selector: string, attribute?: string): readonly string[] {
    return findAll(this.#html(), selector, attribute)
  }

  match(expression: RegExp): string | undefined {
    // Where a sticky or global expression goes on from is left as it was.
    const { lastIndex } = expression
    expression.lastIndex = 0
    const found = expression.exec(this.text())
    expression.lastIndex = lastIndex
    if (found === null) return undefined
    return found.length > 1 ? found[1] : found[0]
  }

  #html(): Document {
    this.#page ??= parseHtml(this.text())
    return this.#page
  }

  /** What cannot be unpacked reads as empty, and the request has failed if it is not counted yet. */
  #unpacked(): Buffer {
    const { unpacked } = this.#errand
    if (unpacked.kind === 'bytes') return unpacked.bytes
    this.#errand.fail(unpacked.cause)
    return Buffer.alloc(0)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** UTF-8, without the mark that some put before it. */
function textOf(bytes: Uint8Array): string {
  const { buffer, byteOffset, byteLength } = bytes
  const text = Buffer.from(buffer, byteOffset, byteLength).toString('utf8')
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}
