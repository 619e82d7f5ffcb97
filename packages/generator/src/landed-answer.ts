// What a journey sees of a request that has landed. Text is made, and a packed body unpacked, when the journey asks for it.
import type { Answer } from '@doorbuster/plan'
import type { Answered } from '@doorbuster/wire'
import type { JourneyErrand } from './journey-errand.ts'
import { unpack } from './unpack.ts'

export class LandedAnswer implements Answer {
  readonly ok: boolean
  readonly status: number
  readonly cause: string | undefined
  readonly responseMs: number
  readonly #errand: JourneyErrand
  readonly #answered: Answered | null
  #bytes: Buffer | undefined
  #text: string | undefined

  constructor(errand: JourneyErrand) {
    const { outcome, answer } = errand
    this.ok = outcome?.kind === 'ok' || outcome?.kind === 'degraded'
    this.#answered = answer?.kind === 'answered' ? answer : null
    this.status = this.#answered?.status ?? 0
    this.cause = outcome?.kind === 'failed' || outcome?.kind === 'dropped' ? outcome.cause : undefined
    this.responseMs = errand.responseMs
    this.#errand = errand
  }

  header(name: string): string | undefined {
    return this.#answered?.header(name.toLowerCase())
  }

  bytes(): Uint8Array {
    this.#bytes ??= this.#unpacked()
    return this.#bytes
  }

  text(): string {
    this.#text ??= textOf(this.bytes())
    return this.#text
  }

  json(): unknown {
    try {
      return JSON.parse(this.text())
    } catch {
      return undefined
    }
  }

  /** What cannot be unpacked reads as empty, and the request has failed if it is not counted yet. */
  #unpacked(): Buffer {
    const body = this.#answered?.body ?? new Uint8Array(0)
    const unpacked = unpack(body, this.#answered?.header('content-encoding'))
    if (unpacked.kind === 'bytes') return unpacked.bytes
    this.#errand.fail(unpacked.cause)
    return Buffer.alloc(0)
  }
}

/** UTF-8, without the mark that some put before it. */
function textOf(bytes: Uint8Array): string {
  const { buffer, byteOffset, byteLength } = bytes
  const text = Buffer.from(buffer, byteOffset, byteLength).toString('utf8')
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}
