// The smallest parts of the hot path alone, in this process: what one of each costs.
import { createClock, startMetronome } from '@doorbuster/generator'
import { Histogram } from '@doorbuster/measurements'
import type { Stage } from '@doorbuster/plan'
import { hold, rush } from '@doorbuster/plan'
import { arrivals } from '@doorbuster/schedule'
import type { Measured } from './figures.ts'
import type { Contender } from './in-turn.ts'
import { watchStolen } from './machine.ts'

type Part = Disposable & { readonly once: () => void }

const parts: Readonly<Record<string, () => Part>> = {
  'one histogram record': recording,
  'one advance in a hold': () => advancing(hold('1000000/s', '24h')),
  'one advance in a rush': () => advancing(rush({ arrivals: 1_000_000_000, law: 'lognormal', median: '45s', sigma: 1, lasting: '5m' })),
}

export const micro: readonly Contender[] = [
  ...Object.entries(parts).map(([name, make]) => ({ name, measure: async (lastingMs: number) => repeated(make, lastingMs) })),
  { name: 'metronome at 100/s', measure: ticking },
]

/** Runs between two looks at the clock: enough that the look costs nothing. */
const batch = 20_000
/** What repeats itself a million times a second needs no long round. */
const longestRepeatMs = 500
const tickEveryMs = 10

/** From 0.2 ms to about 5 s, so that not always the same bucket is hit. */
function recording(): Part {
  const histogram = Histogram.create()
  const durationsMs = Float64Array.from({ length: 1_024 }, (_, index) => 0.2 * 1.01 ** index)
  let next = 0
  const once = () => {
    histogram.recordMs(durationsMs[next] ?? 0)
    next = (next + 1) & 1_023
  }
  return { once, [Symbol.dispose]: () => histogram.destroy() }
}

function advancing(stage: Stage): Part {
  const cursor = arrivals({ traffic: [stage], spacing: 'even', seed: 1 })
  const once = () => {
    if (!cursor.advance()) throw new Error('the traffic ended before the round')
  }
  return { once, [Symbol.dispose]: () => {} }
}

function repeated(make: () => Part, lastingMs: number): Measured {
  // The compiler makes faster code while it has seen one kind of stage only. In a real plan, and after the first round, it has seen several.
  for (const makeAny of Object.values(parts)) {
    using part = makeAny()
    runBatch(part)
  }
  using part = make()
  runBatch(part)
  const read = watchOurselves()
  const untilMs = performance.now() + Math.min(lastingMs, longestRepeatMs)
  let count = 0
  while (performance.now() < untilMs) {
    runBatch(part)
    count += batch
  }
  return { ...read(), count, latenessP99Ms: null }
}

function runBatch({ once }: Part): void {
  for (let n = 0; n < batch; n++) once()
}

/** What it costs to be woken 100 times a second with nothing to do: the idle cost of an open run. */
async function ticking(lastingMs: number): Promise<Measured> {
  const clock = createClock()
  const metronome = await startMetronome(clock)
  const lateness = Histogram.create()
  clock.zeroIn(tickEveryMs)
  const read = watchOurselves()
  await new Promise<void>((resolve) => {
    let dueMs = 0
    metronome.onTick = () => {
      lateness.recordMs(clock.now() - dueMs)
      dueMs += tickEveryMs
      if (dueMs >= lastingMs) resolve()
      else metronome.wakeAt(dueMs)
    }
    metronome.wakeAt(dueMs)
  })
  const measured = { ...read(), count: lateness.count, latenessP99Ms: lateness.percentileMs(99) }
  lateness.destroy()
  await metronome.stop()
  return measured
}

/** CPU of all threads of this process, wall time and stolen time since this call. */
function watchOurselves(): () => Pick<Measured, 'cpuMs' | 'lastingMs' | 'stolenRatio'> {
  const stolen = watchStolen(null)
  const before = process.cpuUsage()
  const fromMs = performance.now()
  return () => {
    const { user, system } = process.cpuUsage(before)
    return { cpuMs: (user + system) / 1e3, lastingMs: performance.now() - fromMs, stolenRatio: stolen() }
  }
}
