// Answers that a cache may give to anybody, searched for personal data. Only those, only texts, and only so many a second.
import type { Finding } from '@doorbuster/measurements'
import { isForAll } from './answer-marks.ts'
import type { Seen } from './find.ts'
import { asBuffer, findingOf } from './find.ts'
import { personalDataIn } from './personal-data.ts'

const mostBytes = 256 * 1024
/** Such an answer comes again and again, and a search of 256 KiB takes milliseconds. */
const mostPerSec = 20
const isText = /html|json|xml|text\/plain|csv/i

export class PublicWatch {
  readonly #isMeant: (value: string) => boolean
  readonly #onLooked: () => void
  #second = -1
  #searched = 0

  /** `onLooked`: for each answer that was searched. */
  constructor(ignore: readonly string[], onLooked: () => void) {
    this.#onLooked = onLooked
    const meant = new Set(ignore.map((value) => value.toLowerCase()))
    this.#isMeant = (value) => meant.has(value.toLowerCase())
  }

  look(seen: Seen): readonly Finding[] {
    const { answer, method } = seen
    if (this.#hasEnough(answer.doneMs) || (method !== 'GET' && method !== 'HEAD') || !isForAll(answer)) return nothing
    if (!isText.test(answer.header('content-type') ?? 'text/html')) return nothing
    this.#searched++
    const body = seen.body()
    if (body === null) return nothing
    this.#onLooked()
    const text = asBuffer(body.subarray(0, mostBytes)).toString('latin1')
    const byField = new Map(personalDataIn(text, this.#isMeant).map(({ field, sample }) => [field, sample]))
    return [...byField].map(([field, sample]) => findingOf('personal-data', seen, { where: 'body', field, owners: [], sample }))
  }

  #hasEnough(atMs: number): boolean {
    const second = Math.floor(atMs / 1e3)
    if (second !== this.#second) this.#searched = 0
    this.#second = second
    return this.#searched >= mostPerSec
  }
}

const nothing: readonly Finding[] = []
