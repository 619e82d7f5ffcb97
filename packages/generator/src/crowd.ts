// The crowd: admits arrivals up to the ceiling, gives each its class, its randomness and its lane, and knows who is still under way.
import type { CutSlot, Recorder } from '@doorbuster/measurements'
import type { Device, Journey, Plan, Shopper } from '@doorbuster/plan'
import { seededRandom } from '@doorbuster/schedule'
import type { Lane, Transport } from '@doorbuster/wire'
import { Behaviours } from './behaviours.ts'
import { Walk } from './declared-walk.ts'
import type { Desk } from './desk.ts'
import { JourneyVisit } from './journey-visit.ts'
import type { LayerMaker } from './layers.ts'
import { openLayers } from './open-layers.ts'
import type { Doors, Waiting } from './persona.ts'
import { doorsOf, personaOf, waitingOf } from './persona.ts'
import type { Rows } from './rows.ts'
import type { RunLimits } from './run-limits.ts'
import type { Places } from './shopper-class.ts'
import { ShopperClass } from './shopper-class.ts'
import { Vigil } from './vigil.ts'
import type { Host, Leaving, Visit } from './visit.ts'
import { leavingCut } from './visit.ts'
import type { Witnesses } from './witness.ts'
import { openWitnesses } from './witness.ts'

export type CrowdOptions = {
  readonly plan: Plan
  readonly desk: Desk
  readonly transport: Transport
  readonly limits: Pick<RunLimits, 'shoppers' | 'finished'>
  /** How many sending threads there are. */
  readonly threads: number
  readonly rows: Rows
  /** What `setup` returned. */
  readonly shared: unknown
  /** Whose doing it is when no more shoppers may be under way; here there are `under`. */
  readonly shoppersWhose: (under: number) => 'ours' | 'theirs'
  readonly onThrow: (shopper: Shopper, error: unknown) => void
}

type Arrival = Pick<Visit, 'lane' | 'onGone'> & {
  readonly nth: number
  readonly dueMs: number | null
  readonly phase: string | null
  readonly device: Device | null
}

/** A dropped arrival never chose a step; it is counted under the first one its class is known to have. */
const unknownStep = '(arrival)'

export class Crowd implements Host {
  readonly #options: CrowdOptions
  readonly #classes: readonly ShopperClass[]
  readonly #weights: number
  readonly #layers: readonly LayerMaker[]
  readonly #witnesses: Witnesses
  readonly #doors: Doors | null
  readonly #behaviours: Behaviours
  readonly #under: Visit[] = []
  /** Who waits before the doors, and refreshes that are still under way when they opened. */
  readonly #vigils = new Set<Vigil>()

  constructor(options: CrowdOptions) {
    const { plan, desk } = options
    this.#options = options
    this.#behaviours = new Behaviours(plan, desk.recorder, options.threads)
    this.#classes = plan.shoppers.map((shopper) => new ShopperClass(plan, desk, shopper, this.#behaviours.of(shopper)))
    this.#witnesses = openWitnesses(plan, desk.recorder)
    this.#layers = openLayers(plan, desk, this.#witnesses)
    this.#doors = doorsOf(plan)
    this.#weights = plan.shoppers.reduce((sum, { weight }) => sum + weight, 0)
  }

  /** Shoppers under way, and requests that are without theirs. */
  get size(): number {
    return this.#under.length + this.#vigils.size + this.#behaviours.unseen.size
  }

  /** One shopper arrives, who was owed at `dueMs` (null: at no moment, as in a closed crowd); `onGone` is called once when it has left, or never when it was dropped. */
  arrive(nth: number, dueMs: number | null, phase: string | null, nowMs: number, onGone: ((nowMs: number) => void) | null = null): void {
    const { plan, desk, transport, limits } = this.#options
    const { recorder } = desk
    const chosen = this.#classOf(nth)
    recorder.advance(nowMs)
    recorder.arrived()
    if (!limits.shoppers.take()) return this.#drop(chosen, phase)
    recorder.shoppers.started++
    const { device, link } = personaOf(chosen.shopper, plan.seed, nth)
    const lane = plan.connections === 'shared' ? transport.shared : transport.lane(link)
    const waiting = this.#doors === null ? null : waitingOf(chosen.shopper, this.#doors, { seed: plan.seed, nth, dueMs, phase })
    if (waiting === null) this.#begin(chosen, { nth, dueMs, phase, lane, device, onGone }, nowMs)
    else this.#wait(chosen, { nth, dueMs, phase, lane, device, onGone }, waiting, nowMs)
  }

  /** The visit itself, of which `phase` is where it is counted. */
  #begin(chosen: ShopperClass, { nth, dueMs, phase, lane, device, onGone }: Arrival, nowMs: number): void {
    const { desk } = this.#options
    const places = chosen.placesOf(phase, device)
    for (const { cut } of places.tallies) desk.recorder.dueIn(cut, 'none')
    const { way } = chosen
    if (way.kind === 'journey') return this.#startJourney(chosen, way.journey, places, { nth, dueMs, phase, lane, device, onGone })
    const witness = this.#witnesses.isForWalks ? this.#witnesses.of(chosen.shopper, phase) : null
    const walk = new Walk({ desk, host: this, lane, steps: way.steps, ...places, nth, shopper: chosen.shopper, onGone, witness })
    this.#enter(walk)
    walk.start(dueMs, nowMs)
  }

  #wait(chosen: ShopperClass, arrival: Arrival, waiting: Waiting, nowMs: number): void {
    const { desk } = this.#options
    const { shopper, refresh } = chosen
    const doors = this.#doors
    if (doors === null || refresh === null) return this.#begin(chosen, arrival, nowMs)
    const { phase, lane, device, dueMs } = arrival
    const vigil = new Vigil({
      desk,
      lane,
      slot: desk.recorder.slot(phase, waiting.watchers.step),
      cuts: chosen.placesOf(phase, device).cuts,
      call: refresh,
      waiting,
      openMs: doors.openMs,
      witness: this.#witnesses.isForWalks || chosen.way.kind === 'journey' ? this.#witnesses.of(shopper, phase) : null,
      onEnter: (enterMs, atMs) => this.#begin(chosen, { ...arrival, dueMs: enterMs, phase: doors.phase }, atMs),
      onOver: () => this.#vigils.delete(vigil),
      onCut: () => {
        this.#vigils.delete(vigil)
        const { tallies } = chosen.placesOf(phase, device)
        for (const { cut } of tallies) desk.recorder.dueIn(cut, 'none')
        this.#countLeaving(tallies, lane, leavingCut, desk.clock.now() - (dueMs ?? nowMs))
      },
    })
    this.#vigils.add(vigil)
    vigil.start(dueMs ?? nowMs, nowMs)
  }

  /** The first number of a shopper decides its class; these are the ones after it. */
  randomOf(nth: number): () => number {
    const generator = seededRandom(this.#options.plan.seed, nth)
    generator.uniform()
    return () => generator.uniform()
  }

  leave(visit: Visit, leaving: Leaving, nowMs: number): void {
    const last = this.#under.pop()
    if (last !== undefined && last !== visit) {
      this.#under[visit.place] = last
      last.place = visit.place
    }
    this.#countLeaving(visit.tallies, visit.lane, leaving, nowMs - visit.fromMs)
    visit.onGone?.(nowMs)
  }

  #countLeaving(tallies: readonly CutSlot[], lane: Lane, leaving: Leaving, lastingMs: number): void {
    const { desk, transport, limits } = this.#options
    const { recorder } = desk
    const { how } = leaving
    recorder.shoppers[how]++
    if (leaving.how === 'finished' && leaving.isDegraded) recorder.shoppers.finishedDegraded++
    for (const tally of tallies) countVisit(recorder, tally, leaving, lastingMs)
    limits.shoppers.give()
    if (how === 'finished') limits.finished.add()
    if (lane !== transport.shared) lane.close()
  }

  /** Cuts off everybody who is still under way. */
  cutOff(): void {
    for (const vigil of [...this.#vigils]) vigil.cutOff()
    for (const visit of [...this.#under]) visit.cutOff()
    this.#behaviours.unseen.cutOff()
  }

  #enter(visit: Visit): void {
    visit.place = this.#under.push(visit) - 1
  }

  #startJourney({ shopper, manners, timeoutMs }: ShopperClass, journey: Journey, { cuts, tallies }: Places, arrival: Arrival): void {
    const { plan, desk, rows, shared, onThrow } = this.#options
    const { nth, dueMs, phase, lane, onGone } = arrival
    // Name by name: an object put together of two is made by hand for each visit.
    const visit = new JourneyVisit({
      nth,
      dueMs,
      phase,
      lane,
      onGone,
      desk,
      host: this,
      shopper,
      journey,
      manners,
      rows,
      shared,
      redirects: plan.redirects,
      timeoutMs,
      onThrow,
      cuts,
      tallies,
      layers: this.#layers,
      device: arrival.device?.name ?? null,
    })
    this.#enter(visit)
    visit.start()
  }

  #classOf(nth: number): ShopperClass {
    const [only] = this.#classes
    if (this.#classes.length === 1 && only !== undefined) return only
    let left = seededRandom(this.#options.plan.seed, nth).uniform() * this.#weights
    for (const each of this.#classes) {
      left -= each.shopper.weight
      if (left < 0) return each
    }
    return this.#classes.at(-1) as ShopperClass
  }

  #drop(chosen: ShopperClass, phase: string | null): void {
    const { desk, shoppersWhose } = this.#options
    const { recorder, mask } = desk
    const slot = recorder.slot(phase, mask(chosen.shopper.steps[0] ?? unknownStep))
    const cause = `dropped:${shoppersWhose(this.size)}-shoppers`
    recorder.shoppers.dropped++
    recorder.due(slot)
    recorder.dropped(slot, cause)
    const { cuts, tallies } = chosen.placesOf(phase, null)
    for (const cut of [...cuts, ...tallies]) {
      recorder.dueIn(cut.cut, cut.by === 'shoppers' ? 'none' : 'first')
      recorder.droppedIn(cut, cause)
    }
  }
}

function countVisit(recorder: Recorder, tally: CutSlot, leaving: Leaving, lastingMs: number): void {
  if (leaving.how === 'finished') recorder.closed(tally, leaving.isDegraded ? 'degraded' : 'ok', null, lastingMs)
  else recorder.closed(tally, 'failed', leaving.cause, lastingMs)
}
