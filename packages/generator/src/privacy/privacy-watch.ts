// One sending thread's watch over the shoppers' privacy: gives out their canaries, keeps whose a value is, and looks at every answer of every
// shopper for what is another's. What it finds is recorded, and a leak is told at once. Knows nothing of objectives and verdicts.
import { createHash } from 'node:crypto'
import type { Finding, Recorder, RunEvent } from '@doorbuster/measurements'
import type { Plan } from '@doorbuster/plan'
import { usualPrivacy } from '@doorbuster/plan'
import { mostRuns } from './canary.ts'
import type { DoorWatch } from './door-watch.ts'
import { FieldNames } from './field-names.ts'
import type { Seen } from './find.ts'
import { findingOf } from './find.ts'
import { LeakSearch } from './leak-search.ts'
import type { Planting } from './own-canaries.ts'
import { OwnCanaries } from './own-canaries.ts'
import { OwnedValues } from './owned-values.ts'
import { OwnerTable } from './owner-table.ts'
import type { PrivacyGround } from './privacy-memory.ts'
import { flagAt, viewPrivacyMemory } from './privacy-memory.ts'
import { PublicWatch } from './public-watch.ts'
import { SessionWatch, setCookies } from './session-watch.ts'

export type PrivacyOptions = {
  readonly plan: Plan
  readonly ground: PrivacyGround
  readonly recorder: Recorder
  readonly doors: DoorWatch | null
  readonly onEvent: (event: RunEvent) => void
}

/** Whether anything of it can be asked of a plan: journeys plant canaries, a plan without one says so itself. */
export function watchesPrivacy({ privacy, shoppers }: Plan): boolean {
  return privacy !== undefined || shoppers.some(({ kind }) => kind === 'journey')
}

/** Each says the same; the count is in the findings. */
const mostTold = 5

export class PrivacyWatch {
  readonly #recorder: Recorder
  readonly #onEvent: (event: RunEvent) => void
  readonly #flags: Int32Array
  readonly #planting: Planting
  readonly #owned: OwnedValues
  readonly #leaks: LeakSearch
  readonly #sessions: SessionWatch
  readonly #public: PublicWatch | null
  readonly #doors: DoorWatch | null
  readonly #seeks: boolean
  #told = 0

  constructor({ plan, ground, recorder, doors, onEvent }: PrivacyOptions) {
    const { canaries, personalData, ignore, sessionCookies } = plan.privacy ?? usualPrivacy
    const memory = viewPrivacyMemory(ground.memory)
    const { flags } = memory
    const owners = new OwnerTable(memory.owners, flags)
    const fields = new FieldNames(memory.names)
    const run = runOf(plan.seed, ground.runId)
    this.#recorder = recorder
    this.#onEvent = onEvent
    this.#flags = flags
    this.#seeks = canaries
    this.#owned = new OwnedValues(owners, memory)
    this.#leaks = new LeakSearch({ run, fields, owned: this.#owned, hasPhones: () => Atomics.load(flags, flagAt.phones) === 1 })
    this.#sessions = new SessionWatch(owners, sessionCookies, {
      onLooked: () => recorder.number('privacy.sessions', 1),
      onFull: () => recorder.number('privacy.not-searched-full', 1),
    })
    this.#public = personalData ? new PublicWatch(ignore, () => recorder.number('privacy.public', 1)) : null
    this.#doors = doors
    this.#planting = {
      run,
      fields,
      onPlanted: () => Atomics.store(flags, flagAt.planted, 1),
      onPhone: () => Atomics.store(flags, flagAt.phones, 1),
    }
  }

  canariesOf(arrival: number): OwnCanaries {
    return new OwnCanaries(this.#planting, arrival)
  }

  /** The shop gave this value to this shopper. @throws TypeError for a field that has no name */
  own(arrival: number, field: string, value: string): void {
    const kept = this.#owned.add(arrival, this.#planting.fields.numberOf(field), value)
    if (kept !== 'kept') this.#recorder.number(`privacy.not-searched-${kept}`, 1)
    this.#doors?.learn(arrival, field, value)
  }

  /** An answer that came whole and is kept. Never throws, whatever it holds. */
  look(seen: Seen): void {
    const { answer } = seen
    if (this.#seeks && (Atomics.load(this.#flags, flagAt.planted) === 1 || !this.#owned.isEmpty)) this.#seek(seen)
    const lines = answer.headers('set-cookie')
    if (lines.length > 0) this.#lookAtCookies(seen, lines)
    for (const finding of this.#public?.look(seen) ?? []) this.#recorder.found(finding)
  }

  #seek(seen: Seen): void {
    const { answer, viewer } = seen
    this.#recorder.number('privacy.scanned', 1)
    const body = seen.body()
    const inHead = this.#leaks.inHead(answer.head(), viewer)
    const inBody = body === null ? inHead : [...inHead, ...this.#leaks.inBody(body, viewer)]
    for (const { isEarlier, ...find } of inBody) {
      const finding = findingOf(isEarlier ? 'personal-data' : 'leak', seen, find)
      this.#recorder.found(finding)
      if (!isEarlier) this.#tell(finding)
    }
  }

  #lookAtCookies(seen: Seen, lines: readonly string[]): void {
    const cookies = setCookies(lines)
    for (const finding of this.#sessions.look(seen, cookies)) this.#recorder.found(finding)
    this.#doors?.lend(seen.viewer, cookies)
  }

  #tell(finding: Finding): void {
    if (this.#told++ >= mostTold) return
    const { step, where, field, owners, viewers, firstMs } = finding
    const whose = owners.length === 1 ? `shopper ${owners[0]}` : `${owners.length} other shoppers`
    const text = `leak: ${step} showed shopper ${viewers[0]} the ${field} of ${whose} (${where})`
    this.#onEvent({ atMs: firstMs, kind: 'warn', text, finding })
  }
}

/** The number that canaries of this run carry. */
function runOf(seed: number, runId: string): number {
  return createHash('sha256').update(`${seed}\n${runId}`).digest().readUInt32LE() % mostRuns
}
