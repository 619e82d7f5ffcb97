// A class of shoppers with what is the same for all of its visits worked out: its requests, its deadline, and where it is counted.
import type { CutSlot, Slot } from '@doorbuster/measurements'
import type { Device, Journey, Plan, Shopper } from '@doorbuster/plan'
import type { Manners } from './behaviours.ts'
import { journeyOf } from './declared-journey.ts'
import type { WalkStep } from './declared-walk.ts'
import { walkSteps } from './declared-walk.ts'
import type { Desk } from './desk.ts'
import type { Call } from './errand.ts'

/** Where a class is counted in one phase: each declared step, each request beside it, and each visit. */
export type Places = { readonly slots: readonly Slot[]; readonly cuts: readonly CutSlot[]; readonly tallies: readonly CutSlot[] }

export type Way = { readonly kind: 'walk'; readonly steps: readonly WalkStep[] } | { readonly kind: 'journey'; readonly journey: Journey }

/** All classes together that mean harm, and all that do not, where a plan has any that do. */
const hostileCohort = '(hostile)'
const legitimateCohort = '(legitimate)'

export class ShopperClass {
  readonly shopper: Shopper
  /** A plain list is walked. A list becomes a journey where its shoppers do more than walk it. */
  readonly way: Way
  /** What they do when they have to wait or are told no; null: nothing. */
  readonly manners: Manners | null
  /** What those of it send who wait before the doors; null: none do. */
  readonly refresh: Call | null
  readonly timeoutMs: number
  readonly #plan: Plan
  readonly #desk: Desk
  /** By phase, for those without a device, and for each device. */
  readonly #places = new Map<string | null, Places>()
  readonly #ofDevices = new Map<Device, Map<string | null, Places>>()

  constructor(plan: Plan, desk: Desk, shopper: Shopper, manners: Manners | null) {
    const { watchers, thinkFactor = 1, timeoutMs = Number.POSITIVE_INFINITY } = shopper
    this.shopper = shopper
    this.timeoutMs = Math.min(timeoutMs, plan.limits.timeoutMs)
    this.manners = manners
    const journey = journeyOf(shopper, plan, manners !== null)
    const requests = shopper.kind === 'steps' ? shopper.requests : []
    if (journey !== null) this.way = { kind: 'journey', journey }
    else this.way = { kind: 'walk', steps: walkSteps(desk, requests, this.timeoutMs, thinkFactor) }
    this.refresh = watchers === undefined ? null : refreshOf(desk, watchers.page, this.timeoutMs)
    this.#plan = plan
    this.#desk = desk
  }

  placesOf(phase: string | null, device: Device | null): Places {
    const ofPhases = device === null ? this.#places : this.#ofDevice(device)
    const known = ofPhases.get(phase)
    if (known !== undefined) return known
    const made = this.#make(phase, device)
    ofPhases.set(phase, made)
    return made
  }

  #ofDevice(device: Device): Map<string | null, Places> {
    const known = this.#ofDevices.get(device)
    if (known !== undefined) return known
    const made = new Map<string | null, Places>()
    this.#ofDevices.set(device, made)
    return made
  }

  #make(phase: string | null, device: Device | null): Places {
    const { shopper, way } = this
    const { shoppers } = this.#plan
    const { recorder, mask } = this.#desk
    const slots =
      way.kind === 'walk' && shopper.kind === 'steps' ? shopper.requests.map(({ step }) => recorder.slot(phase, mask(step))) : []
    const cohort = shopper.hostile === true ? hostileCohort : legitimateCohort
    const cuts = [
      // With one class alone the blend hides nobody.
      ...(shoppers.length > 1 ? [recorder.cut('class', shopper.name, phase)] : []),
      ...(shoppers.some(({ hostile }) => hostile === true) ? [recorder.cut('class', cohort, phase)] : []),
      ...(device === null ? [] : [recorder.cut('device', device.name, phase)]),
    ]
    // A visit of one request is counted as that request.
    if (slots.length === 1) return { slots, cuts, tallies: [] }
    const ofDevice = device === null ? [] : [recorder.cut('device', `${device.name} (visits)`, phase)]
    return { slots, cuts, tallies: [recorder.cut('shoppers', shopper.name, phase), ...ofDevice] }
  }
}

function refreshOf(desk: Desk, path: string, timeoutMs: number): Call {
  return desk.prepare({ method: 'GET', path, headers: {}, body: null, timeoutMs, keepBody: 'errors', statuses: undefined })
}
