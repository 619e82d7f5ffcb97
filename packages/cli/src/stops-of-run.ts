// What stops a run from outside of what it measures: Ctrl-C, and errors that nobody caught.
import { Stop } from '@doorbuster/generator'
import type { Plan } from '@doorbuster/plan'
import { exitCodes } from './exit-codes.ts'
import { maskSecrets } from './secret.ts'
import { isOurs } from './stray.ts'
import type { World } from './world.ts'

export type Interrupts = {
  readonly forget: () => void
  /** What the first Ctrl-C does; nothing when there already was one. */
  readonly stop: () => void
}

/** The first Ctrl-C ends the arrivals and lets shoppers under way finish; the second ends the process at once. */
export function onInterrupts(world: World, stop: AbortController, tell: (text: string) => void): Interrupts {
  let interrupts = 0
  const interrupt = (): void => {
    interrupts++
    tell('Stopping: no more arrivals; shoppers under way may finish. Press Ctrl-C again to leave at once.')
    if (!stop.signal.aborted) stop.abort(new Stop('interrupt', 'interrupted'))
  }
  const forget = world.onInterrupt(() => {
    if (interrupts > 0) world.exitNow(exitCodes.interrupted)
    interrupt()
  })
  return { forget, stop: () => (interrupts === 0 ? interrupt() : undefined) }
}

/** A plan without code has no journey that could have thrown it. */
export function stopOnStray({ shoppers, setup, teardown }: Plan, stop: AbortController): (error: unknown) => void {
  const hasCode = shoppers.some(({ kind }) => kind === 'journey') || setup !== undefined || teardown !== undefined
  return (error) => {
    const text = maskSecrets(`an error that no journey caught: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    if (!stop.signal.aborted) stop.abort(new Stop(hasCode && !isOurs(text) ? 'journey' : 'bug', text))
  }
}
