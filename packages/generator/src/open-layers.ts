// The layers that a plan asks for. A module of its own, so that each of them can know what a layer is.
import type { Plan } from '@doorbuster/plan'
import { cookieLayers } from './cookie-layer.ts'
import type { Desk } from './desk.ts'
import type { LayerMaker } from './layers.ts'
import { privacyLayers } from './privacy/privacy-layer.ts'
import type { Witnesses } from './witness.ts'

/** Outermost first. The witnesses come before all others, so that whoever recognises an answer better has the last word. */
export function openLayers(plan: Plan, desk: Desk, witnesses: Witnesses): readonly LayerMaker[] {
  const witness: LayerMaker = ({ shopper, phase }) => witnesses.of(shopper, phase)
  const privacy = desk.privacy === null ? null : privacyLayers(desk.privacy)
  const layers = [witness, cookieLayers(plan, desk.clock), privacy]
  return layers.filter((layer) => layer !== null)
}
