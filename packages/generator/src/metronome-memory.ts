// The memory that the metronome and the sending threads share. Every sending thread has a seat: two counters, the moment it asked for, and
// the one after that if it knows it already.
//
//   counters │ command │ asked 0 │ ticks 0 │ asked 1 │ ticks 1 │ …      32 bit, for Atomics
//   moments  │ asleep until │ moment 0 │ then 0 │ moment 1 │ then 1 │ …  64 bit, ms on the scale that all threads share

export type MetronomeMemory = { readonly seats: number; readonly buffer: SharedArrayBuffer }

export type MetronomeViews = { readonly counters: Int32Array; readonly moments: Float64Array }

export const commandAt = 0
export const askedAt = (seat: number): number => 1 + 2 * seat
export const ticksAt = (seat: number): number => 2 + 2 * seat
export const asleepUntilAt = 0
export const momentAt = (seat: number): number => 1 + 2 * seat
export const thenAt = (seat: number): number => 2 + 2 * seat

const counterBytes = Int32Array.BYTES_PER_ELEMENT
const momentBytes = Float64Array.BYTES_PER_ELEMENT

export function metronomeMemory(seats: number): MetronomeMemory {
  const buffer = new SharedArrayBuffer(momentsByte(seats) + momentBytes * (1 + 2 * seats))
  const { moments } = metronomeViews({ seats, buffer })
  moments[asleepUntilAt] = Number.POSITIVE_INFINITY
  return { seats, buffer }
}

export function metronomeViews({ seats, buffer }: MetronomeMemory): MetronomeViews {
  return { counters: new Int32Array(buffer, 0, 1 + 2 * seats), moments: new Float64Array(buffer, momentsByte(seats), 1 + 2 * seats) }
}

/** Doubles begin at a multiple of their length. */
function momentsByte(seats: number): number {
  return Math.ceil(((1 + 2 * seats) * counterBytes) / momentBytes) * momentBytes
}
