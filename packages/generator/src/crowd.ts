// The crowd: admits arrivals up to the ceiling, gives each its class, its randomness and its lane, and knows who is still under way.
import type { Plan, Shopper } from '@doorbuster/plan'
import { seededRandom } from '@doorbuster/schedule'
import type { Cancel, Transport } from '@doorbuster/wire'
import { prepare, walk } from './declared-walk.ts'
import type { Desk } from './desk.ts'
import { runJourney, ShopperSession } from './shopper-session.ts'

export type CrowdOptions = {
  readonly plan: Plan
  readonly desk: Desk
  readonly transport: Transport
  /** Most shoppers under way at once, and whose doing it is when that many are. */
  readonly mostShoppers: number
  readonly shoppersWhose: (under: number) => 'ours' | 'theirs'
  /** `finished`: how many shoppers have got through so far. */
  readonly onThrow: (shopper: Shopper, error: unknown, finished: number) => void
}

export type Crowd = {
  /** One shopper arrives; `onGone` is called once when it has left, or never when it was dropped. */
  arrive(nth: number, dueMs: number, phase: string | null, onGone?: () => void): void
  readonly size: number
  /** Cuts off everybody who is still under way. */
  cutOff(): void
}

/** A dropped arrival never chose a step; it is counted under the first one its class is known to have. */
const unknownStep = '(arrival)'

export function gather({ plan, desk, transport, mostShoppers, shoppersWhose, onThrow }: CrowdOptions): Crowd {
  const { recorder } = desk
  const classes = plan.shoppers.map((shopper) => ({ shopper, requests: shopper.kind === 'steps' ? prepare(shopper.requests) : [] }))
  const weights = plan.shoppers.reduce((sum, { weight }) => sum + weight, 0)
  const under = new Set<Cancel>()
  let finished = 0

  const choose = (draw: number): (typeof classes)[number] => {
    let left = draw * weights
    for (const each of classes) {
      left -= each.shopper.weight
      if (left < 0) return each
    }
    return classes.at(-1) as (typeof classes)[number]
  }

  const drop = (shopper: Shopper, phase: string | null): void => {
    const slot = recorder.slot(phase, shopper.steps[0] ?? unknownStep)
    recorder.shoppers.dropped++
    recorder.due(slot)
    recorder.dropped(slot, `dropped:${shoppersWhose(under.size)}-shoppers`)
  }

  const arrive: Crowd['arrive'] = (nth, dueMs, phase, onGone = () => {}) => {
    const generator = seededRandom(plan.seed, nth)
    const random = (): number => generator.uniform()
    const { shopper, requests } = choose(random())
    recorder.shoppers.due++
    if (under.size >= mostShoppers) return drop(shopper, phase)
    recorder.shoppers.started++
    const lane = plan.connections === 'shared' ? transport.shared : transport.lane()
    const leave = (cancel: Cancel, how: 'finished' | 'threw' | 'cut'): void => {
      if (!under.delete(cancel)) return
      recorder.shoppers[how]++
      if (how === 'finished') finished++
      if (lane !== transport.shared) lane.close()
      onGone()
    }
    const { timeoutMs } = plan.limits
    if (shopper.kind === 'steps') {
      let stop: Cancel = () => {}
      const cancel = (): void => stop()
      under.add(cancel)
      const slotOf = (step: string) => recorder.slot(phase, step)
      stop = walk({ desk, lane, requests, slotOf, dueMs, random, timeoutMs, onEnd: (how) => leave(cancel, how) })
      return
    }
    const session = new ShopperSession({ desk, lane, shopper, nth, phase, dueMs, random, timeoutMs })
    const cancel = (): void => {
      session.cutOff()
      // Its journey may wait for something that never comes; it is not waited for.
      leave(cancel, 'cut')
    }
    under.add(cancel)
    void runJourney(session, shopper.journey).then((ended) => {
      if (!under.has(cancel)) return
      leave(cancel, ended.kind)
      if (ended.kind === 'threw') onThrow(shopper, ended.error, finished)
    })
  }

  return {
    arrive,
    get size() {
      return under.size
    },
    cutOff: () => {
      for (const cancel of [...under]) cancel()
    },
  }
}
