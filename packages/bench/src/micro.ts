// The smallest parts of the hot path alone, in this process: what one of each costs.
import { createClock, findCanaries, startMetronome, writeCanary } from '@doorbuster/generator'
import { Histogram } from '@doorbuster/measurements'
import type { Stage } from '@doorbuster/plan'
import { hold, rush } from '@doorbuster/plan'
import { arrivals } from '@doorbuster/schedule'
import type { Measured } from './figures.ts'
import { watchStolen } from './machine.ts'
import type { OwnEntry, Setting, Workload } from './workload.ts'

type Part = Disposable & { readonly once: () => void }

const makers: Readonly<Record<string, () => Part>> = {
  'one histogram record': recording,
  'one advance in a hold': () => advancing(hold('1000000/s', '24h')),
  'one advance in a rush': () => advancing(rush({ arrivals: 1_000_000_000, law: 'lognormal', median: '45s', sigma: 1, lasting: '5m' })),
  'canary scan of 20 kB': scanning,
}

const entries: readonly OwnEntry[] = [
  ...Object.entries(makers).map(([name, make]) => ({
    name,
    tool: null,
    measure: async ({ windowMs }: Pick<Setting, 'windowMs'>) => repeated(make, windowMs),
  })),
  { name: 'metronome at 100/s', tool: null, measure: ticking },
]

export const parts: Workload = {
  letter: 'p',
  name: 'parts',
  says: "the smallest parts of doorbuster's hot path, alone; lateness is how late the metronome woke",
  columns: ['cpuUsEach', 'perSec', 'coreRatio', 'latenessP99Ms'],
  rounds: 'all',
  entries,
  goals: [
    { row: 'metronome at 100/s', figure: 'coreRatio', over: null, atMost: 0.03 },
    // A tenth of a core at 5,000 answers a second.
    { row: 'canary scan of 20 kB', figure: 'cpuUsEach', over: null, atMost: 20 },
  ],
}

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

const scannedBytes = 20_000

/** A page of many products, with the viewer's own address in the middle of it. */
function scanning(): Part {
  const product = (n: number) =>
    `<li data-sku="tv-${n}"><a href="/p/tv-${n}?ref=list">Jazz ${n}, size XQ</a> EUR ${(n * 13.99).toFixed(2)}</li>\n`
  const half = Array.from({ length: 130 }, (_, n) => product(n))
    .join('')
    .slice(0, scannedBytes / 2)
  const own = writeCanary({ run: 1, owner: 2, field: 1 })
  const page = Buffer.from(`${half}${own}${half}`.slice(0, scannedBytes))
  const once = () => {
    if (findCanaries(page).length !== 1) throw new Error('the page holds one canary')
  }
  return { once, [Symbol.dispose]: () => {} }
}

function repeated(make: () => Part, windowMs: number): Measured {
  // The compiler makes faster code while it has seen one kind of stage only. In a real plan, and after the first round, it has seen several.
  for (const makeAny of Object.values(makers)) {
    using part = makeAny()
    runBatch(part)
  }
  using part = make()
  runBatch(part)
  const read = watchOurselves()
  const untilMs = performance.now() + Math.min(windowMs, longestRepeatMs)
  let count = 0
  while (performance.now() < untilMs) {
    runBatch(part)
    count += batch
  }
  return read(count)
}

function runBatch({ once }: Part): void {
  for (let n = 0; n < batch; n++) once()
}

/** What it costs to be woken 100 times a second with nothing to do: the idle cost of an open run. */
async function ticking({ windowMs }: Pick<Setting, 'windowMs'>): Promise<Measured> {
  const clock = createClock()
  const metronome = await startMetronome(clock)
  const lateness = Histogram.create()
  clock.zeroAt(clock.shared(clock.now() + tickEveryMs))
  const read = watchOurselves()
  await new Promise<void>((resolve) => {
    let dueMs = 0
    metronome.onTick = () => {
      lateness.recordMs(clock.now() - dueMs)
      dueMs += tickEveryMs
      if (dueMs >= windowMs) resolve()
      else metronome.wakeAt(dueMs)
    }
    metronome.wakeAt(dueMs)
  })
  const { figures, stolenRatio } = read(lateness.count)
  const latenessP99Ms = lateness.percentileMs(99)
  lateness.destroy()
  await metronome.stop()
  return { stolenRatio, figures: { ...figures, ...(latenessP99Ms === null ? {} : { latenessP99Ms }) } }
}

/** CPU of all threads of this process, wall time and stolen time since this call, in which `count` things were done. */
function watchOurselves(): (count: number) => Measured {
  const stolen = watchStolen(null)
  const before = process.cpuUsage()
  const fromMs = performance.now()
  return (count) => {
    const { user, system } = process.cpuUsage(before)
    const lastingMs = performance.now() - fromMs
    const cpuUs = user + system
    return {
      stolenRatio: stolen(),
      figures: { cpuUsEach: cpuUs / count, perSec: (count * 1e3) / lastingMs, coreRatio: cpuUs / 1e3 / lastingMs },
    }
  }
}
