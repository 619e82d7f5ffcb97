// One rehearsal from its first arrival to its last answer. The story of a run, read top to bottom:
// open the desk, gather the crowd, let the arrivals in when they are due (or keep a closed crowd going), drain, close.
// Knows nothing of verdicts, files or screens: windows and events go out, a stop may come in.
import type { Recorder, RunEnd, RunEvent } from '@doorbuster/measurements'
import type { Plan, Shopper } from '@doorbuster/plan'
import { arrivals, outline, phaseOfStage } from '@doorbuster/schedule'
import type { Approved, Transport } from '@doorbuster/wire'
import type { Clock } from './clock.ts'
import { watchLoopDelay } from './clock.ts'
import type { Crowd } from './crowd.ts'
import { gather } from './crowd.ts'
import { openDesk } from './desk.ts'
import type { Metronome } from './metronome.ts'
import { pace } from './pace.ts'

/** Why a run is stopped before its end; the reason of an AbortSignal. */
export class Stop {
  readonly by: Exclude<RunEnd['stoppedBy'], 'end' | 'cut-off'>
  readonly note: string
  constructor(by: Stop['by'], note: string) {
    this.by = by
    this.note = note
  }
}

/** CPU times so far, ms: this process, the whole machine, and what the machine's host gave to others. Null where nobody can tell. */
export type CpuReading = { readonly ownMs: number; readonly machineMs: number | null; readonly stolenMs: number | null }

export type GenerateOptions = {
  readonly plan: Plan
  readonly transport: Transport
  readonly approved: Approved
  readonly clock: Clock
  readonly metronome: Metronome
  readonly recorder: Recorder
  /** Most sockets and most shoppers under way at once. */
  readonly ceiling: { readonly sockets: number; readonly shoppers: number }
  /** Hard cap on requests per second, above which the run is stopped; null: none. */
  readonly maxRatePerSec: number | null
  readonly cpu: () => CpuReading
  readonly wantsSample: (cause: string) => boolean
  readonly onEvent: (event: RunEvent) => void
  /** Abort it with a Stop to end the arrivals early; shoppers under way still get the drain time. */
  readonly stop: AbortController
}

/** The first arrival is due this long after everything is ready. */
const leadMs = 20
/** How often the number of requests under way is looked at, for Little's law. */
const sampleEveryMs = 10
/** When the first this many shoppers have all thrown, the journey is broken and the run is stopped. */
const hopelessThrows = 20
const mostThrowsTold = 5

/** Resolves when the last shopper is gone and the last window was handed over. Never rejects for anything that a target or a journey does. */
export async function generate(options: GenerateOptions): Promise<RunEnd> {
  const { plan, clock, recorder, stop } = options
  const loopDelay = watchLoopDelay()
  recorder.loopDelay = loopDelay.read
  const crowd = openCrowd(options)
  clock.zeroIn(leadMs)
  const sampling = setInterval(() => {
    recorder.advance(clock.now())
    recorder.sample()
  }, sampleEveryMs)
  const before = options.cpu()
  const { model } = plan
  const after = model.kind === 'open' ? await letIn(options, crowd, model) : await keepGoing(options, crowd, model)
  await drain(crowd, options, clock)
  const durationMs = clock.now()
  clearInterval(sampling)
  loopDelay.stop()
  recorder.finish(durationMs)
  return { ...endedBy(stop.signal), durationMs, ...cpuBetween(before, after) }
}

function endedBy({ aborted, reason }: AbortSignal): Pick<RunEnd, 'finished' | 'stoppedBy' | 'note'> {
  if (!aborted) return { finished: true, stoppedBy: 'end' }
  if (reason instanceof Stop) return { finished: false, stoppedBy: reason.by, note: reason.note }
  return { finished: false, stoppedBy: 'bug', note: String(reason) }
}

function cpuBetween(before: CpuReading, after: CpuReading): Pick<RunEnd, 'cpuSeconds' | 'stolenCpuRatio'> {
  const cpuSeconds = (after.ownMs - before.ownMs) / 1e3
  const machineMs = (after.machineMs ?? 0) - (before.machineMs ?? 0)
  if (machineMs <= 0 || after.stolenMs === null || before.stolenMs === null) return { cpuSeconds }
  return { cpuSeconds, stolenCpuRatio: (after.stolenMs - before.stolenMs) / machineMs }
}

function openCrowd(options: GenerateOptions): Crowd {
  const { plan, transport, approved, clock, recorder, ceiling, maxRatePerSec, wantsSample, onEvent, stop } = options
  const peakPerSec = plan.model.kind === 'open' ? (outline(plan.model.traffic).peak?.perSec ?? 0) : plan.model.shoppers
  // A full ceiling is the target's doing only when it was high enough for a second of peak arrivals, and most of what fills it waits
  // for the target; shoppers who think, or a low ceiling, are ours.
  const whose = (most: number, filledBy: number): 'ours' | 'theirs' =>
    most >= peakPerSec && recorder.inFlight * 2 >= filledBy ? 'theirs' : 'ours'
  const desk = openDesk({
    plan,
    clock,
    recorder,
    approved,
    socketsWhose: () => whose(ceiling.sockets, ceiling.sockets),
    mostPerSec: maxRatePerSec,
    onRefused: (because) => stop.abort(new Stop('guard', because)),
    wantsSample,
    onEvent,
  })
  const shoppersWhose = (under: number): 'ours' | 'theirs' => whose(ceiling.shoppers, under)
  return gather({ plan, desk, transport, mostShoppers: ceiling.shoppers, shoppersWhose, onThrow: watchThrows(clock, onEvent, stop) })
}

/** Tells the first few exceptions of journeys, and stops a run in which no journey works at all. */
function watchThrows(clock: Clock, onEvent: (event: RunEvent) => void, stop: AbortController) {
  let threw = 0
  return (shopper: Shopper, error: unknown, finished: number): void => {
    threw++
    const text = error instanceof Error ? `${error.name}: ${error.message}${placeOf(error)}` : String(error)
    if (threw <= mostThrowsTold) onEvent({ atMs: clock.now(), kind: 'note', text: `the journey of ${shopper.name} threw ${text}` })
    if (threw < hopelessThrows || finished > 0 || stop.signal.aborted) return
    stop.abort(new Stop('journey', `the journeys of the first ${threw} shoppers all threw; the last: ${text}`))
  }
}

/** File and line of the journey's own code: the first frame of the stack that is not ours or Node's. */
function placeOf({ stack = '' }: Error): string {
  const frame = stack.split('\n').find((line) => /^\s+at /.test(line) && !/node:|node_modules|packages\/generator/.test(line))
  return frame === undefined ? '' : ` (${frame.trim()})`
}

/** Open model: every arrival when the traffic owes it. Resolves at the end of the traffic to the CPU as the last arrival was handled. */
async function letIn(
  { plan, clock, metronome, stop, recorder, cpu }: GenerateOptions,
  crowd: Crowd,
  model: Model<'open'>,
): Promise<CpuReading> {
  const { traffic, spacing } = model
  await pace(arrivals({ traffic, spacing, seed: plan.seed }), clock, metronome, stop.signal, ({ nth, dueMs, stage }) => {
    recorder.advance(clock.now())
    crowd.arrive(nth, dueMs, phaseOfStage(traffic, stage))
  })
  const reading = cpu()
  await until(clock, outline(traffic).lastingMs, stop.signal)
  return reading
}

/** Closed model: so many shoppers, each starting again as soon as it is done. */
async function keepGoing(
  { clock, stop, cpu }: GenerateOptions,
  crowd: Crowd,
  { shoppers, lastingMs }: Model<'closed'>,
): Promise<CpuReading> {
  let nth = 0
  let isOpen = true
  const again = (): void => {
    if (isOpen && clock.now() < lastingMs) crowd.arrive(++nth, clock.now(), null, () => setImmediate(again))
  }
  await until(clock, 0, stop.signal)
  for (let i = 0; i < shoppers; i++) again()
  await until(clock, lastingMs, stop.signal)
  isOpen = false
  return cpu()
}

type Model<Kind extends Plan['model']['kind']> = Extract<Plan['model'], { readonly kind: Kind }>

/** Shoppers under way may finish, for at most the drain time; then they are cut off. A run that the guard stopped sends nothing more. */
async function drain(crowd: Crowd, { plan, stop, onEvent }: GenerateOptions, clock: Clock): Promise<void> {
  const { drainMs } = plan.limits
  const endMs = clock.now() + drainMs
  while (crowd.size > 0 && clock.now() < endMs && !isGuarded(stop.signal)) await sleep(Math.min(drainPollMs, endMs - clock.now()))
  if (crowd.size === 0) return
  const text = `${crowd.size} shoppers were still under way ${isGuarded(stop.signal) ? 'when the guard stopped the run' : `after the drain time of ${drainMs / 1e3} s`} and were cut off`
  onEvent({ atMs: clock.now(), kind: 'note', text })
  crowd.cutOff()
  // A dropped request is told in a turn of its own.
  await new Promise((resolve) => setImmediate(resolve))
}

function isGuarded({ reason }: AbortSignal): boolean {
  return reason instanceof Stop && reason.by === 'guard'
}

const drainPollMs = 5

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Waits for a moment of the clock or for the stop, whichever comes first. */
function until(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, Math.max(0, ms - clock.now()))
    signal.addEventListener('abort', end)
  })
}
