// Doors that must stay shut: a few questions put to the shop before the first arrival, at the peak and after the drain, whose answers must
// be the same. They go over the run's transport and to its target alone, but are no part of the load: nothing of them is counted.
import type { Finding } from '@doorbuster/measurements'
import type { Plan, Probe } from '@doorbuster/plan'
import type { Answered } from '@doorbuster/wire'
import { addresser } from '../address.ts'
import type { Clock } from '../clock.ts'
import { unpack } from '../unpack.ts'
import { findCanaries } from './canary-search.ts'
import { asBuffer, findingOf } from './find.ts'
import type { Ask, KnockOptions } from './knock.ts'
import { knocker } from './knock.ts'
import type { SetCookie } from './session-watch.ts'

export type Round = 'before the first arrival' | 'at the peak' | 'after the drain'

type Known = { readonly arrival: number; readonly value: string }

/** What is asked of one probe: where, with which cookies, and whose value stands in the path. */
type Question = { readonly path: string; readonly cookies: string | null; readonly owner: Known | null }

type Told = { readonly round: Round; readonly said: string; readonly isShut: boolean }
type Open = { readonly probe: Probe; readonly round: Round; readonly finding: Finding }

const mostKnown = 100
const mostLenders = 50
const mostCookiesLent = 50
/** One at a time, and at most twenty a second; under a hard cap of the rate no more than it allows, and one a second beside the load. */
const gapMs = 50
const besideLoadGapMs = 1_000
const roundMs = 10_000
const placeholder = /\{([a-z][a-z-]*)\}/

export type DoorOptions = Pick<KnockOptions, 'transport' | 'approved'> & {
  readonly plan: Plan
  readonly clock: Pick<Clock, 'now'>
  readonly signal: AbortSignal
  /** Hard cap on requests per second; null: none. */
  readonly maxRatePerSec: number | null
}

/** Null for a plan without probes. */
export function openDoors({ plan, transport, approved, clock, signal, maxRatePerSec }: DoorOptions): DoorWatch | null {
  if ((plan.privacy?.probes ?? []).length === 0) return null
  const { limits, headers } = plan
  return new DoorWatch(plan, { ask: knocker({ transport, approved, limits, headers }), now: clock.now, signal, maxRatePerSec })
}

type Watching = { readonly ask: Ask; readonly now: Clock['now'] } & Pick<DoorOptions, 'signal' | 'maxRatePerSec'>

export class DoorWatch {
  readonly #probes: readonly Probe[]
  readonly #ask: Ask
  readonly #addressOf: ReturnType<typeof addresser>
  readonly #values = new Map<string, Known[]>()
  readonly #cookies = new Map<number, Map<string, string>>()
  /** What each probe was answered, round by round. */
  readonly #told = new Map<Probe, Told[]>()
  readonly #open: Open[] = []
  #answered = 0
  readonly #now: Clock['now']
  readonly #signal: AbortSignal
  readonly #maxRatePerSec: number | null

  constructor({ target, privacy }: Plan, { ask, now, signal, maxRatePerSec }: Watching) {
    this.#probes = privacy?.probes ?? []
    this.#addressOf = addresser(target)
    this.#ask = ask
    this.#now = now
    this.#signal = signal
    this.#maxRatePerSec = maxRatePerSec
  }

  /** A value that the shop gave a shopper. */
  learn(arrival: number, field: string, value: string): void {
    const known = this.#values.get(field) ?? []
    this.#values.set(field, known)
    known.push({ arrival, value })
    if (known.length > mostKnown) known.shift()
  }

  /** Cookies that a shopper was given: with them it can be asked for what is another's. */
  lend(arrival: number, cookies: readonly SetCookie[]): void {
    const [oldest] = this.#cookies.keys()
    // Sessions end: who came last is the likeliest to be signed in still.
    if (!this.#cookies.has(arrival) && this.#cookies.size >= mostLenders && oldest !== undefined) this.#cookies.delete(oldest)
    const jar = this.#cookies.get(arrival) ?? new Map<string, string>()
    this.#cookies.set(arrival, jar)
    for (const { name, value } of cookies) if (jar.has(name) || jar.size < mostCookiesLent) jar.set(name, value)
  }

  /** Every probe once, as far as there is something to ask it with. A run that was stopped asks nothing. */
  async ask(round: Round): Promise<void> {
    const untilMs = this.#now() + roundMs
    for (const probe of this.#probes) {
      const question = this.#questionOf(probe)
      if (question === null) continue
      if (this.#signal.aborted || this.#now() > untilMs) return
      const answer = await this.#ask(this.#addressOf(question.path), question.cookies)
      this.#judge(probe, question, answer, round, this.#now())
      await new Promise((resolve) => setTimeout(resolve, this.#gapMs(round)))
    }
  }

  #gapMs(round: Round): number {
    if (this.#maxRatePerSec === null) return gapMs
    return Math.max(round === 'at the peak' ? besideLoadGapMs : gapMs, 1e3 / this.#maxRatePerSec)
  }

  /** Questions that the shop answered, whatever it said, since it was asked last. */
  takeAnswered(): number {
    const answered = this.#answered
    this.#answered = 0
    return answered
  }

  /** What was found since it was asked last, each with what its door said in the other rounds. */
  takeFindings(): readonly Finding[] {
    return this.#open.splice(0).map(({ probe, round, finding }) => {
      const others = (this.#told.get(probe) ?? []).filter((told) => told.round !== round)
      return { ...finding, sample: `${finding.sample ?? ''}${sayOthers(others)}` }
    })
  }

  /** Null: a path wants a value that no shopper has yet, or nobody has lent cookies. */
  #questionOf({ path, as }: Probe): Question | null {
    const [hole, field] = placeholder.exec(path) ?? []
    const lenders = [...this.#cookies].map(([arrival, jar]) => ({ arrival, cookies: [...jar].map((pair) => pair.join('=')).join('; ') }))
    if (hole === undefined || field === undefined) {
      const cookies = as === 'nobody' ? null : lenders.at(-1)?.cookies
      return cookies === undefined ? null : { path, cookies, owner: null }
    }
    const owner = this.#values.get(field)?.at(-1)
    if (owner === undefined) return null
    const cookies = as === 'nobody' ? null : lenders.find(({ arrival }) => arrival !== owner.arrival)?.cookies
    return cookies === undefined ? null : { path: path.replaceAll(hole, encodeURIComponent(owner.value.toWellFormed())), cookies, owner }
  }

  #judge(probe: Probe, { owner }: Question, answer: Answered | string, round: Round, atMs: number): void {
    const said = typeof answer === 'string' ? answer : String(answer.status)
    const isOpen = typeof answer !== 'string' && opens(probe, owner, answer)
    const before = this.#told.get(probe) ?? []
    this.#told.set(probe, [...before, { round, said, isShut: typeof answer !== 'string' && !isOpen }])
    if (typeof answer === 'string') return
    this.#answered++
    if (!isOpen) return
    const wanted = probe.expect === undefined ? 'anything but 200 to 299' : probe.expect.join(' or ')
    const sample = `asked as ${probe.as}: expected ${wanted}, received ${said} ${round}`
    const seen = { answer, method: 'GET', step: probe.step, viewer: 0, body: () => answer.body }
    const find = { where: round, field: owner === null ? 'status' : fieldOf(probe), owners: owner === null ? [] : [owner.arrival], sample }
    const moment = Math.max(0, atMs)
    const finding = { ...findingOf('open-door', seen, find), viewers: [], firstMs: moment, lastMs: moment }
    this.#open.push({ probe, round, finding })
  }
}

/** A door that refuses at one time and not at another is worse than one that nobody ever shut: it was tried, and passed. */
function sayOthers(others: readonly Told[]): string {
  if (others.length === 0) return ''
  const failsOpen = others.some(({ isShut }) => isShut) ? ': it fails open' : ''
  return `; ${others.map(({ said, round }) => `${said} ${round}`).join(', ')}${failsOpen}`
}

function opens(probe: Probe, owner: Known | null, answer: Answered): boolean {
  if (answer.status >= 400 || isShut(probe, answer.status)) return false
  // By its id a page may be anybody's, such as one that asks for a login: what it shows decides, unless the plan says more.
  return owner === null || probe.expect !== undefined || shows(answer, owner)
}

function isShut({ expect }: Probe, status: number): boolean {
  return expect === undefined ? status < 200 || status > 299 : expect.includes(status)
}

function fieldOf({ path }: Probe): string {
  return placeholder.exec(path)?.[1] ?? 'status'
}

/** Its id, or a canary of whoever it is. */
function shows(answer: Answered, { arrival, value }: Known): boolean {
  const unpacked = unpack(answer.body ?? new Uint8Array(0), answer.header('content-encoding'))
  if (unpacked.kind !== 'bytes') return false
  const bytes = asBuffer(unpacked.bytes)
  return bytes.includes(value) || findCanaries(bytes).some(({ owner }) => owner === arrival)
}
