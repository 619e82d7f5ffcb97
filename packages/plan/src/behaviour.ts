// What a class of shoppers does when it has to wait or is told no, as keys of its own in a plan. Knows nothing of its requests.
import { z } from 'zod'
import type { Patience, PatienceInput } from './patience.ts'
import { patienceSchema } from './patience.ts'
import type { RetriesInput, RetryPolicy } from './retries.ts'
import { retriesSchema } from './retries.ts'
import { shopperDefaults } from './shopper-defaults.ts'
import type { Likeness } from './traits.ts'

export type Behaviour = {
  /** None: the shopper waits for ever. */
  readonly patience?: Patience
  /** None: what failed has failed. */
  readonly retries?: RetryPolicy
}

export type BehaviourInput = { readonly patience?: PatienceInput | undefined; readonly retries?: RetriesInput | undefined }

/** In the schema of every class of shoppers. */
export const behaviourShape = { patience: patienceSchema.optional(), retries: retriesSchema.optional() }

const behaviourSchema = z.object(behaviourShape)

/** The behaviour alone, to spread: no key at all for what a class does not do. Its own keys come before those of what it is `like`. */
export function behaviourOf(given: z.output<typeof behaviourSchema> & { readonly like?: Likeness | undefined }): Behaviour {
  const profile = behaviourSchema.parse(given.like === undefined ? {} : shopperDefaults.like[given.like])
  const { patience = profile.patience, retries = profile.retries } = given
  return { ...(patience !== undefined && patience !== null && { patience }), ...(retries !== undefined && retries !== null && { retries }) }
}
