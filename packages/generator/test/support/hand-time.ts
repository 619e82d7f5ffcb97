// A clock and a metronome that stand still until the test moves them: no real time passes.
import type { Clock } from '../../src/clock.ts'
import type { Metronome } from '../../src/metronome.ts'

export function handTime(): { clock: Clock; metronome: Metronome; wakes: number[]; moveTo(ms: number): Promise<void> } {
  let nowMs = 0
  let wakeMs = Number.POSITIVE_INFINITY
  const wakes: number[] = []
  const clock: Clock = { now: () => nowMs, shared: (ms) => ms, zeroAt: () => {} }
  const metronome: Metronome = {
    wakeAt: (ms) => {
      wakes.push(ms)
      wakeMs = ms
    },
    onTick: () => {},
    stop: async () => {},
  }
  const moveTo = async (ms: number): Promise<void> => {
    nowMs = ms
    if (ms >= wakeMs) {
      wakeMs = Number.POSITIVE_INFINITY
      metronome.onTick()
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { clock, metronome, wakes, moveTo }
}
