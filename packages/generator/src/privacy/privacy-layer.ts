// Puts every answer of a journey before the watch over privacy, unpacked once for it and for the journey. Knows nothing of other layers.
import type { Answered } from '@doorbuster/wire'
import type { JourneyErrand } from '../journey-errand.ts'
import type { PrivacyWatch } from './privacy-watch.ts'

type PrivacyLayer = { readonly answered: (answer: Answered, errand: JourneyErrand) => void }

export function privacyLayers(privacy: PrivacyWatch): (visitor: { readonly arrival: number }) => PrivacyLayer {
  return ({ arrival }) => ({
    answered: (answer, errand) => {
      const { method } = errand.call.prepared.request
      privacy.look({ answer, method, step: errand.slot.step, viewer: arrival, body: () => errand.unpackedBytes })
    },
  })
}
