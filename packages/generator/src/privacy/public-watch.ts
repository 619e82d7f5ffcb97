// Answers that a cache may give to anybody, searched for personal data. Only those, only texts, and only so many a second.
import type { Finding } from '@doorbuster/measurements'
import { isForAll } from './answer-marks.ts'
import type { Seen } from './find.ts'
import { asBuffer, findingOf } from './find.ts'
import { personalDataIn } from './personal-data.ts'

const mostBytes = 256 * 1024
/** Such an answer comes again and again, and a search of 256 KiB takes milliseconds. */
const mostPerSec = 20
/** Beyond them, so that a hot page takes no other's turn; and of how many steps. */
const ownPerSec = 2
const mostSteps = 60
const isText = /html|json|xml|text\/plain|csv/i

export class PublicWatch {
  readonly #isMeant: (value: string) => boolean
  readonly #onLooked: () => void
  #second = -1
  #searched = 0
  readonly #ofStep = new Map<string, number>()

  /** `onLooked`: for each answer that was searched. */
  constructor(ignore: readonly string[], onLooked: () => void) {
    this.#onLooked = onLooked
    const meant = new Set(ignore.map((value) => value.toLowerCase()))
    this.#isMeant = (value) => meant.has(value.toLowerCase())
  }

  look(seen: Seen): readonly Finding[] {
    const { answer, method, step } = seen
    if (this.#hasEnough(step, answer.doneMs) || (method !== 'GET' && method !== 'HEAD') || !isForAll(answer)) return nothing
    if (!isText.test(answer.header('content-type') ?? 'text/html')) return nothing
    this.#searched++
    this.#ofStep.set(step, (this.#ofStep.get(step) ?? 0) + 1)
    const body = seen.body()
    if (body === null) return nothing
    this.#onLooked()
    const text = asBuffer(body.subarray(0, mostBytes)).toString('latin1')
    const byField = new Map(personalDataIn(text, this.#isMeant).map(({ field, sample }) => [field, sample]))
    return [...byField].map(([field, sample]) => findingOf('personal-data', seen, { where: 'body', field, owners: [], sample }))
  }

  #hasEnough(step: string, atMs: number): boolean {
    const second = Math.floor(atMs / 1e3)
    if (second !== this.#second) {
      this.#second = second
      this.#searched = 0
      this.#ofStep.clear()
    }
    if (this.#searched < mostPerSec) return false
    const ofStep = this.#ofStep.get(step)
    return ofStep === undefined ? this.#ofStep.size >= mostSteps : ofStep >= ownPerSec
  }
}

const nothing: readonly Finding[] = []
