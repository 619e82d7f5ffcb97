// A class of shoppers that behaves as the people of an event did, under whatever it says itself. Knows no traffic.
import type { EventBehaviour } from './preset-event.ts'
import { shopperDefaults } from './shopper-defaults.ts'
import type { DeviceInput, ShopperInput, TraitsInput } from './shoppers.ts'

/** Its own keys win, those inside `watchers` one by one. Apps and bots have a likeness of their own, and nobody harmful changes. */
export function behaving(given: ShopperInput, behaviour: EventBehaviour): ShopperInput {
  if (given.hostile === true || given.like === 'bot') return given
  const watchers = watching(given.watchers, behaviour)
  return given.like === 'app' ? { ...given, ...watchers } : { ...ofPeople(behaviour), ...given, ...watchers }
}

function watching(own: TraitsInput['watchers'], { watchers: known }: EventBehaviour): Pick<TraitsInput, 'watchers'> {
  if (known === undefined) return {}
  const { share, refreshEvery } = known
  return { watchers: { share, refreshEvery, ...own } }
}

function ofPeople({ mobile, reloads, retries }: EventBehaviour) {
  return {
    ...(mobile !== undefined && { devices: devicesOf(mobile.share) }),
    ...(reloads !== undefined && { patience: { reloads: { chance: reloads.chance, most: reloads.most } } }),
    ...(retries !== undefined && { retries: { most: retries.most, jitter: retries.jitter } }),
  }
}

function devicesOf(share: number): Readonly<Record<string, DeviceInput>> {
  const { mobile, fixed } = shopperDefaults.devices
  const phones = { ...mobile, share }
  return share === 1 ? { mobile: phones } : { mobile: phones, fixed: { ...fixed, share: 1 - share } }
}
