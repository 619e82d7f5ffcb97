// A whole small run against a server of the test's own: plan in, facts out. The real clock, metronome, recorder and transport.
import type { RequestListener } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { OrderEntry, RunEnd, RunEvent, Scope, ScopeName } from '@doorbuster/measurements'
import { Recorder, Tally } from '@doorbuster/measurements'
import type { Launch } from '@doorbuster/plan'
import { launch } from '@doorbuster/plan'
import { createHttp1Transport } from '@doorbuster/wire'
import { createClock } from '../../src/clock.ts'
import { generate } from '../../src/generate.ts'
import { startMetronome } from '../../src/metronome.ts'
import { runLimits } from '../../src/run-limits.ts'
import { Stop } from '../../src/stop.ts'

export type Server = { readonly url: string; readonly stop: () => Promise<void> }

export async function serve(listener: RequestListener): Promise<Server> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

export type Rehearsal = {
  readonly end: RunEnd
  readonly tally: Tally
  readonly events: readonly RunEvent[]
  readonly orders: readonly OrderEntry[]
  scope(name?: ScopeName): Scope
}

export type RehearseOptions = {
  readonly ceiling?: { readonly sockets: number; readonly shoppers: number }
  readonly maxRatePerSec?: number
  /** As if `setup` had returned it. */
  readonly shared?: unknown
  readonly mask?: (text: string) => string
  /** Called with the run's own stop, e.g. to abort it on a timer. */
  readonly withStop?: (stop: (by: Stop['by']) => void) => void
}

export async function rehearse(given: Partial<Launch> & { readonly target: string }, options: RehearseOptions = {}): Promise<Rehearsal> {
  const plan = launch({ name: 'test', ...given })
  const ceiling = options.ceiling ?? { sockets: 1_000, shoppers: 10_000 }
  const approved = (origin: string) => (new URL(origin).hostname === '127.0.0.1' ? ['127.0.0.1'] : undefined)
  const clock = createClock()
  const metronome = await startMetronome(clock)
  const limits = runLimits({ ceiling, maxRatePerSec: options.maxRatePerSec ?? null })
  const transport = createHttp1Transport({ now: clock.now, approved, budget: limits.sockets })
  const tally = new Tally()
  const events: RunEvent[] = []
  const orders: OrderEntry[] = []
  const stop = new AbortController()
  options.withStop?.((by) => stop.abort(new Stop(by, 'the test said so')))
  try {
    const end = await generate({
      plan,
      transport,
      approved,
      clock,
      metronome,
      limits,
      stop,
      recorder: new Recorder((window, release) => {
        tally.add(window)
        orders.push(...window.orders)
        release()
      }),
      cpu: () => ({ ownMs: 0, machineMs: null, stolenMs: null }),
      threadCpuMs: () => null,
      wantsSample: () => true,
      onEvent: (event) => events.push(event),
      ...options,
    })
    return { end, tally, events, orders, scope: (name) => tally.scope(name) }
  } finally {
    await Promise.all([metronome.stop(), transport.close()])
  }
}
