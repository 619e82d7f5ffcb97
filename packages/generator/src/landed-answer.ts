// What a journey sees of a request that has landed.
import type { Answer } from '@doorbuster/plan'
import type { WireAnswer } from '@doorbuster/wire'
import type { Landed } from './desk.ts'

export class LandedAnswer implements Answer {
  readonly ok: boolean
  readonly status: number
  readonly cause: string | undefined
  readonly responseMs: number
  readonly #answer: WireAnswer | null
  #text: string | undefined

  constructor({ outcome, answer, responseMs }: Landed) {
    this.ok = outcome.kind === 'ok' || outcome.kind === 'degraded'
    this.status = answer?.kind === 'answered' ? answer.status : 0
    this.cause = outcome.kind === 'failed' || outcome.kind === 'dropped' ? outcome.cause : undefined
    this.responseMs = responseMs
    this.#answer = answer
  }

  header(name: string): string | undefined {
    return this.#answer?.kind === 'answered' ? this.#answer.header(name.toLowerCase()) : undefined
  }

  text(): string {
    this.#text ??= this.#answer?.kind === 'answered' ? new TextDecoder().decode(this.#answer.body ?? new Uint8Array()) : ''
    return this.#text
  }

  json(): unknown {
    try {
      return JSON.parse(this.text())
    } catch {
      return undefined
    }
  }
}
