// A sending thread's side of a run of several: gets ready, waits for the zero that all share, sends its stripe and hands in what it counted.
import type { MessagePort } from 'node:worker_threads'
import { packWindow, Recorder } from '@doorbuster/measurements'
import type { Mask, Plan } from '@doorbuster/plan'
import type { Approved, LiveTransport } from '@doorbuster/wire'
import type { Budget } from './budget.ts'
import type { Clock } from './clock.ts'
import { createClock } from './clock.ts'
import { readyLive } from './live/ready-live.ts'
import { joinMetronome } from './metronome.ts'
import { openDoors } from './privacy/door-watch.ts'
import { runLimits } from './run-limits.ts'
import { send } from './send.ts'
import { Stop } from './stop.ts'
import type { FromThread, ThreadSeat, ToThread } from './thread-messages.ts'
import { textOf } from './thrown-text.ts'
import { warmUp } from './warm-up.ts'

/** What a sending thread has to make for itself, since it cannot be cloned. */
export type Makings = {
  readonly plan: Plan
  readonly approved: Approved
  readonly createTransport: (clock: Clock, approved: Approved, sockets: Budget) => LiveTransport
  /** What the plan's `setup` returned in the main thread. */
  readonly shared?: unknown
}

export type FollowOptions = {
  readonly port: MessagePort
  readonly seat: ThreadSeat
  /** CPU time of this thread so far; null where nobody can tell. */
  readonly threadCpuMs: () => number | null
  readonly make: () => Promise<Makings>
  /** Covers secrets in whatever is told; none: there are none. */
  readonly mask?: Mask
}

/** Never rejects: what goes wrong is told to the main thread. The open port is what keeps this thread alive until it is done. */
export async function follow(options: FollowOptions): Promise<void> {
  const { port, mask = (text) => text } = options
  const tell = (message: FromThread): void => port.postMessage(message)
  const stop = new AbortController()
  const zero = new Promise<number>((resolve) => {
    port.on('message', (message: ToThread) => {
      if (message.kind === 'go') resolve(message.zeroSharedMs)
      else if (!stop.signal.aborted) stop.abort(new Stop(message.by, message.note, message.isAtOnce))
    })
  })
  stop.signal.addEventListener('abort', () => {
    const { by, note } = stop.signal.reason as Stop
    tell({ kind: 'stop', by, note })
  })
  try {
    const durationMs = await followTo(zero, options, stop)
    tell({ kind: 'end', durationMs })
  } catch (error) {
    tell({ kind: 'broken', text: mask(textOf(error)) })
  }
  port.close()
}

async function followTo(
  zero: Promise<number>,
  { port, seat, threadCpuMs, make, mask }: FollowOptions,
  stop: AbortController,
): Promise<number> {
  const { plan, approved, createTransport, shared } = await make()
  const tell = (message: FromThread): void => port.postMessage(message)
  const clock = createClock()
  const metronome = joinMetronome(seat.metronome, seat.stripe.worker + 1, clock)
  const limits = runLimits(seat.limitFacts, seat.limits)
  const transport = createTransport(clock, approved, limits.sockets)
  try {
    await warmUp({ clock, metronome })
    await readyLive(plan, transport)
    // Doors are asked by one thread alone.
    const { maxRatePerSec } = seat.limitFacts
    const doors = seat.stripe.worker === 0 ? openDoors({ plan, transport, approved, clock, signal: stop.signal, maxRatePerSec }) : null
    await doors?.ask('before the first arrival')
    tell({ kind: 'ready' })
    clock.zeroAt(await zero)
    return await send({
      plan,
      transport,
      approved,
      clock,
      metronome,
      limits,
      stripe: seat.stripe,
      doors,
      privacy: seat.privacy,
      threadCpuMs,
      recorder: new Recorder((window, release) => {
        const packed = packWindow(window)
        release()
        port.postMessage({ kind: 'window', packed } satisfies FromThread, [packed.bytes.buffer])
      }),
      wantsSample: firstOfEach(),
      onEvent: (event) => tell({ kind: 'event', event }),
      onLastArrival: () => tell({ kind: 'last-arrival' }),
      stop,
      shared,
      ...(mask !== undefined && { mask }),
    })
  } finally {
    await Promise.all([metronome.stop(), transport.close()])
  }
}

const mostSamplesOfCause = 5
const mostCauses = 50

/** The run folder decides what it keeps of all threads; this only spares the way of what it would not keep of one. */
function firstOfEach(): (cause: string) => boolean {
  const seen = new Map<string, number>()
  return (cause) => {
    const count = (seen.get(cause) ?? 0) + 1
    if (count > mostSamplesOfCause || (count === 1 && seen.size >= mostCauses)) return false
    seen.set(cause, count)
    return true
  }
}
