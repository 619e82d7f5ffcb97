// What every request of a shopper passes on its way out and its answer on its way in, without the journey's doing. A layer knows its own
// shopper and nothing of other layers.
import type { Shopper } from '@doorbuster/plan'
import type { Answered, Headers } from '@doorbuster/wire'
import type { Address } from './address.ts'
import type { JourneyErrand } from './journey-errand.ts'

export type Destination = Address & { readonly method: string }

export interface Layer {
  /** Headers to send beside those of the request, names in lower case; the request's own of the same name win. Undefined: none. */
  sending?(to: Destination): Headers | undefined
  /** An answer that came whole, before the journey sees it; it is kept already. May make the errand fail, never throws. */
  answered?(answer: Answered, errand: JourneyErrand): void
}

/** The shopper that a layer is made for. */
export type Visitor = {
  /** Its number among all arrivals of the run, from 1. */
  readonly arrival: number
  readonly shopper: Shopper
  readonly phase: string | null
  /** The shopper's own numbers, uniform in [0, 1). */
  readonly random: () => number
}

/** One for each sending thread; null: this shopper goes without. */
export type LayerMaker = (visitor: Visitor) => Layer | null

export function layersFor(
  makers: readonly LayerMaker[],
  session: { readonly random: () => number },
  { nth, shopper, phase }: { readonly nth: number; readonly shopper: Shopper; readonly phase: string | null },
): readonly Layer[] {
  if (makers.length === 0) return noLayers
  const visitor = { arrival: nth, shopper, phase, random: () => session.random() }
  const layers: Layer[] = []
  for (const make of makers) {
    const layer = make(visitor)
    if (layer !== null) layers.push(layer)
  }
  return layers
}

const noLayers: readonly Layer[] = []
