// What stops a run from outside of what it measures: Ctrl-C, and errors that nobody caught.
import { Stop } from '@doorbuster/generator'
import type { Plan } from '@doorbuster/plan'
import { exitCodes } from './exit-codes.ts'
import { maskSecrets } from './secret.ts'
import { isOurs } from './stray.ts'
import type { World } from './world.ts'

/** The first Ctrl-C ends the arrivals and lets shoppers under way finish; the second ends the process at once. */
export function onInterrupts(world: World, stop: AbortController, tell: (text: string) => void): () => void {
  let interrupts = 0
  return world.onInterrupt(() => {
    interrupts++
    if (interrupts > 1) world.exitNow(exitCodes.interrupted)
    tell('Stopping: no more arrivals; shoppers under way may finish. Press Ctrl-C again to leave at once.')
    if (!stop.signal.aborted) stop.abort(new Stop('interrupt', 'interrupted'))
  })
}

/** A plan without code has no journey that could have thrown it. */
export function stopOnStray({ shoppers, setup, teardown }: Plan, stop: AbortController): (error: unknown) => void {
  const hasCode = shoppers.some(({ kind }) => kind === 'journey') || setup !== undefined || teardown !== undefined
  return (error) => {
    const text = maskSecrets(`an error that no journey caught: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    if (!stop.signal.aborted) stop.abort(new Stop(hasCode && !isOurs(text) ? 'journey' : 'bug', text))
  }
}
