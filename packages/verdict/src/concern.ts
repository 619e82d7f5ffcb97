// What a missed objective costs the business, and which track it belongs to: read from the objective's first word. Knows nothing of numbers.
//
//   privacy    somebody else's data was shown: it cannot be taken back
//   orders     sold twice, or sold and not there: each one is a customer to be disappointed
//   lost       shoppers who came and could not buy
//   slow       shoppers who had to wait
//   degraded   shoppers who were given less than was meant
import type { ObjectiveResult } from './judgement.ts'

/** The most costly first. */
const concerns = ['privacy', 'orders', 'lost', 'slow', 'degraded', 'other'] as const
export type Concern = (typeof concerns)[number]

export type Track = 'capacity' | 'resilience' | 'trust'

type Place = { readonly concern: Concern; readonly track: Track | null }
const capacity = (concern: Concern): Place => ({ concern, track: 'capacity' })
const trust = (concern: Concern): Place => ({ concern, track: 'trust' })
const resilience = (concern: Concern): Place => ({ concern, track: 'resilience' })

const places: Readonly<Record<string, Place>> = {
  leaks: trust('privacy'),
  'personal-data': trust('privacy'),
  'shared-sessions': trust('privacy'),
  'open-doors': trust('privacy'),
  oversold: trust('orders'),
  duplicates: trust('orders'),
  mismatches: trust('orders'),
  stopped: trust('other'),
  errors: capacity('lost'),
  finished: capacity('lost'),
  'gave-up': capacity('lost'),
  'turned-away': capacity('lost'),
  goodput: capacity('lost'),
  collapse: capacity('lost'),
  recovery: capacity('lost'),
  rate: capacity('other'),
  amplification: capacity('other'),
  // Its machines' own figures: whether there is room left.
  target: capacity('other'),
  hysteresis: capacity('slow'),
  p: capacity('slow'),
  avg: capacity('slow'),
  med: capacity('slow'),
  max: capacity('slow'),
  degraded: resilience('degraded'),
  'herd-penalty': resilience('other'),
  stampede: resilience('other'),
}
/** Lateness is the instrument's own; what a counter or a trend means only its plan knows. */
const elsewhere: Place = { concern: 'other', track: null }

function placeOf({ text }: Pick<ObjectiveResult, 'text'>): Place {
  const word = /^[a-z-]+/.exec(text)?.[0] ?? ''
  return Object.hasOwn(places, word) ? (places[word] ?? elsewhere) : elsewhere
}

export function concernOf(result: Pick<ObjectiveResult, 'text'>): Concern {
  return placeOf(result).concern
}

export function trackOf(result: Pick<ObjectiveResult, 'text'>): Track | null {
  return placeOf(result).track
}

/** Most costly first; equals keep their order. */
export function byCost<Of extends Pick<ObjectiveResult, 'text'>>(results: readonly Of[]): readonly Of[] {
  return results.toSorted((a, b) => concerns.indexOf(concernOf(a)) - concerns.indexOf(concernOf(b)))
}
