// A real event with its people: the preset's traffic, and the user's own classes behaving as the event's people did. Sends nothing, and
// knows no shop: what the event's bots ask for, only the user can say.
import { Arguments } from './arguments.ts'
import { behaving } from './behaving.ts'
import { behaviours } from './preset-behaviours.ts'
import type { EventBehaviour } from './preset-event.ts'
import type { PresetOptions } from './presets.ts'
import { preset } from './presets.ts'
import type { Journey } from './session.ts'
import type { ShopperInput } from './shoppers.ts'
import type { Stage } from './stages.ts'
import { parseRate } from './units.ts'

export type ReenactOptions = PresetOptions & {
  /** The shop's own people, at least one class that means no harm. */
  readonly shoppers: readonly ShopperInput[]
  /**
   * What the event's bots do here, such as `hostile.loginAbuse('/login')`; `none` leaves them out. Needed where the event had some, and a
   * mistake where it had none. They count in visits for each legitimate one; how many requests a visit is, the maker's `times` says.
   */
  readonly hostile?: Journey | 'none'
}

/** For a plan to spread: `launch({ name, target, ...reenact('click-frenzy-2012', { peak: '50/s', shoppers }) })`. */
export type Reenacted = { readonly traffic: readonly Stage[]; readonly shoppers: readonly ShopperInput[] }

/**
 * The event's traffic and its people. A class's own keys come before the event's; one that is `like` an app or a bot keeps that likeness,
 * and hostile classes stay as they are. The forecast peak is that of the people who mean no harm: whoever else comes is added to it.
 */
export function reenact(name: string, options: ReenactOptions): Reenacted {
  const args = new Arguments()
  const { shoppers, hostile, ...scale } = args.named(options, ['peak', 'within', 'shoppers', 'hostile'])
  // What lacks of the two, preset says.
  args.attempt('', () => preset(name, scale as PresetOptions))
  const classes = readClasses(args, shoppers)
  const legitimate = weightOf(classes.filter((each) => each.hostile !== true))
  if (classes.length > 0) args.fact(legitimate > 0, 'shoppers', 'at least one class that means no harm', `${classes.length} hostile`)
  const behaviour = Object.hasOwn(behaviours, name) ? behaviours[name] : undefined
  const bots = behaviour === undefined ? [] : readBots(args, behaviour, hostile, legitimate)
  args.done()
  const crowd = [...classes.map((each) => behaving(each, behaviour ?? {})), ...bots]
  const peak = (parseRate(scale.peak, 'peak') * weightOf(crowd)) / legitimate
  return Object.freeze({ traffic: preset(name, { ...scale, peak }), shoppers: Object.freeze(crowd) })
}

/** Only what the weights need is looked at here; `launch` reads the rest. */
function readClasses(args: Arguments, given: readonly ShopperInput[] | undefined): readonly ShopperInput[] {
  const isList = Array.isArray(given) && given.length > 0
  if (!args.fact(isList, 'shoppers', 'a list of shopper classes, at least one', given) || given === undefined) return []
  return given.filter((each, index) => {
    const path = `shoppers[${index}]`
    if (!args.fact(typeof each === 'object' && each !== null, path, 'a class of shoppers', each)) return false
    const isWeight = each.weight === undefined || (Number.isFinite(each.weight) && each.weight > 0)
    return args.fact(isWeight, `${path}.weight`, 'a number above zero', each.weight)
  })
}

function readBots(
  args: Arguments,
  { hostile: known }: EventBehaviour,
  given: Journey | 'none' | undefined,
  legitimate: number,
): readonly ShopperInput[] {
  if (given === 'none') return []
  if (known === undefined) {
    args.fact(given === undefined, 'hostile', 'nothing: no bots of this event are known', given)
    return []
  }
  const expected = `what the event's bots do here, such as hostile.${known.angle}(…), or 'none'`
  if (!args.fact(typeof given === 'function', 'hostile', expected, given) || given === undefined) return []
  const weight = legitimate * known.timesLegitimate
  return [{ name: 'bots', weight, like: 'bot', hostile: true, watchers: { share: 0 }, journey: given }]
}

function weightOf(classes: readonly ShopperInput[]): number {
  return classes.reduce((sum, { weight = 1 }) => sum + weight, 0)
}
