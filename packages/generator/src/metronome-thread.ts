// The thread behind metronome.ts: sleeps until the earliest moment that anybody asked for, ticks whoever asked for it, and sleeps again.
import { workerData } from 'node:worker_threads'
import { createClock } from './clock.ts'
import type { MetronomeMemory } from './metronome-memory.ts'
import { askedAt, asleepUntilAt, commandAt, metronomeViews, momentAt, thenAt, ticksAt } from './metronome-memory.ts'

const memory = workerData as MetronomeMemory
const { counters, moments } = metronomeViews(memory)
const clock = createClock()
const nowMs = (): number => clock.shared(clock.now())
const never = Number.POSITIVE_INFINITY

/** What a seat asked for, as far as it was heard: how often it had asked, and the moments that are still to come. */
type Heard = { asked: number; momentMs: number; thenMs: number }

const seats = Array.from({ length: memory.seats }, (): Heard => ({ asked: 0, momentMs: never, thenMs: never }))

function hear(heard: Heard, seat: number): void {
  // Read before the moments: whoever asks anew in between is heard again, and at worst ticked once too often.
  const asked = Atomics.load(counters, askedAt(seat))
  if (asked === heard.asked) return
  heard.asked = asked
  heard.momentMs = moments[momentAt(seat)] ?? never
  heard.thenMs = moments[thenAt(seat)] ?? never
}

/** Ticks every seat whose moment has come; returns the earliest of those to come. */
function tick(atMs: number): number {
  let nextMs = never
  for (const [seat, heard] of seats.entries()) {
    hear(heard, seat)
    if (heard.momentMs <= atMs) {
      heard.momentMs = heard.thenMs
      heard.thenMs = never
      Atomics.add(counters, ticksAt(seat), 1)
      Atomics.notify(counters, ticksAt(seat))
    }
    nextMs = Math.min(nextMs, heard.momentMs)
  }
  return nextMs
}

for (;;) {
  // The counter is read before the moments: a command that comes in between ends the wait at once.
  const command = Atomics.load(counters, commandAt)
  const nextMs = tick(nowMs())
  moments[asleepUntilAt] = nextMs
  Atomics.wait(counters, commandAt, command, Math.max(0, nextMs - nowMs()))
}
