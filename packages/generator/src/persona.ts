// What a shopper is beside its class: its device with the line it comes by, and whether it waits before the doors. Drawn from the seed and its
// number alone, in streams of their own, so that nothing else a shopper draws depends on it.
import type { Device, Plan, Shopper, Watchers } from '@doorbuster/plan'
import { countdownPhase, opensAtMs, phaseAtMs } from '@doorbuster/plan'
import { seededRandom } from '@doorbuster/schedule'
import type { Link } from '@doorbuster/wire'
import { drawThinkMs } from './think.ts'

export type Persona = { readonly device: Device | null; readonly link: Link | undefined }

const nobodyInParticular: Persona = { device: null, link: undefined }

/** Any two words that differ: what is drawn from one says nothing of the other. */
const deviceStream = 0x64657669
const vigilStream = 0x76696769

const streamOf = (seed: number, stream: number, nth: number): (() => number) => {
  const generator = seededRandom((seed ^ stream) >>> 0, nth)
  return () => generator.uniform()
}

export function personaOf({ devices }: Shopper, seed: number, nth: number): Persona {
  if (devices === undefined) return nobodyInParticular
  const random = streamOf(seed, deviceStream, nth)
  const device = deviceAt(devices, random())
  const roundTripMs = drawThinkMs(device.rtt, random)
  const readBytesPerSec = device.downBytesPerSec ?? Number.POSITIVE_INFINITY
  const isPlain = roundTripMs === 0 && readBytesPerSec === Number.POSITIVE_INFINITY
  return { device, link: isPlain ? undefined : { roundTripMs, readBytesPerSec } }
}

function deviceAt(devices: readonly Device[], at: number): Device {
  let left = at
  for (const device of devices) {
    left -= device.shareRatio
    if (left < 0) return device
  }
  return devices.at(-1) as Device
}

/** When the doors open, and what phase it is then. Null: the plan has no such moment. */
export type Doors = { readonly openMs: number; readonly phase: string | null; readonly hasCountdown: boolean }

export function doorsOf(plan: Plan): Doors | null {
  const openMs = opensAtMs(plan)
  if (openMs === null || plan.model.kind === 'closed') return null
  const { traffic } = plan.model
  return { openMs, phase: phaseAtMs(traffic, openMs), hasCountdown: traffic.some(({ phase }) => phase === countdownPhase) }
}

/** How a shopper waits: its own numbers, and when it will go in. Null: it goes in when it comes. */
export type Waiting = { readonly watchers: Watchers; readonly random: () => number; readonly enterMs: number }

export function waitingOf(
  { watchers }: Shopper,
  doors: Doors | null,
  {
    seed,
    nth,
    dueMs,
    phase,
  }: { readonly seed: number; readonly nth: number; readonly dueMs: number | null; readonly phase: string | null },
): Waiting | null {
  if (watchers === undefined || doors === null || dueMs === null || dueMs >= doors.openMs) return null
  if (doors.hasCountdown && phase !== countdownPhase) return null
  const random = streamOf(seed, vigilStream, nth)
  if (random() >= watchers.shareRatio) return null
  return { watchers, random, enterMs: doors.openMs + random() * watchers.jitterMs }
}
