// Ctrl-C during a search, heard also between two levels, where no run listens: whoever listens next gets it then.
import { exitCodes } from '../exit-codes.ts'
import type { World } from '../world.ts'

export type Hearing = { readonly world: World; readonly forget: () => void }

/** The second one that nobody listens to ends the process at once, as it does during a run. */
export function hearInterrupts(world: World): Hearing {
  const handlers = new Set<() => void>()
  let isPending = false
  const forget = world.onInterrupt(() => {
    if (handlers.size === 0 && isPending) world.exitNow(exitCodes.interrupted)
    isPending = handlers.size === 0
    for (const handler of handlers) handler()
  })
  const onInterrupt: World['onInterrupt'] = (handler) => {
    handlers.add(handler)
    // Not before whoever asks has the function that ends it.
    if (isPending) queueMicrotask(handler)
    isPending = false
    return () => handlers.delete(handler)
  }
  return { world: { ...world, onInterrupt }, forget }
}
