// What one sending thread does of a run: its stripe of the arrivals, from the first to the last answer. Read top to bottom:
// open the desk, gather the crowd, let the arrivals in when they are due (or keep a closed crowd going), drain, close.
// Knows nothing of other threads, verdicts, files or screens: windows and events go out, a stop may come in.
import type { Recorder, RunEvent } from '@doorbuster/measurements'
import type { Mask, Plan } from '@doorbuster/plan'
import type { Stripe } from '@doorbuster/schedule'
import { arrivals, outline, phaseOfStage } from '@doorbuster/schedule'
import type { Approved, LiveTransport } from '@doorbuster/wire'
import type { Clock } from './clock.ts'
import { Crowd } from './crowd.ts'
import { openDesk } from './desk.ts'
import type { Metronome } from './metronome.ts'
import { pace } from './pace.ts'
import { askAtPeak } from './privacy/door-rounds.ts'
import type { DoorWatch } from './privacy/door-watch.ts'
import type { PrivacyGround } from './privacy/privacy-memory.ts'
import { PrivacyWatch, watchesPrivacy } from './privacy/privacy-watch.ts'
import { openRows } from './rows.ts'
import type { RunLimits } from './run-limits.ts'
import { watchSelf } from './self-watch.ts'
import { isAtOnce, isGuarded, Stop } from './stop.ts'
import { watchThrows } from './throws.ts'

export type SendOptions = {
  readonly plan: Plan
  readonly transport: LiveTransport
  readonly approved: Approved
  /** Its zero is the run's already. */
  readonly clock: Clock
  readonly metronome: Metronome
  readonly recorder: Recorder
  readonly limits: RunLimits
  readonly stripe: Stripe
  /** Asked at the peak and after the drain; null: there is nothing to ask, or another thread does. */
  readonly doors: DoorWatch | null
  /** Null: nothing is watched. */
  readonly privacy: PrivacyGround | null
  /** CPU time of the calling thread so far; null where nobody can tell. */
  readonly threadCpuMs: () => number | null
  readonly wantsSample: (cause: string) => boolean
  readonly onEvent: (event: RunEvent) => void
  /** Called once: the last arrival was handled, or the arrivals were stopped. */
  readonly onLastArrival: () => void
  /** Abort it with a Stop to end the arrivals early; shoppers under way still get the drain time. */
  readonly stop: AbortController
  /** What the plan's `setup` returned, plain JSON; undefined: nothing. */
  readonly shared?: unknown
  /** Covers secrets in whatever is told of a journey; none: there are none. */
  readonly mask?: Mask
}

/** A window that nothing happens in is closed at most this late. */
const closeEveryMs = 250

/**
 * Resolves, when the last shopper is gone and the last window was handed over, to that moment in ms from the run's zero. Never rejects
 * for anything that a target or a journey does.
 */
export async function send(options: SendOptions): Promise<number> {
  const { plan, clock, recorder } = options
  const self = watchSelf(clock, options.threadCpuMs)
  recorder.loopDelay = self.loopDelay
  recorder.gcPause = self.gcPause
  recorder.threadCpu = () => ({ id: options.stripe.worker, cpuMs: self.cpuMs() })
  const crowd = openCrowd(options)
  // Also what keeps the event loop open while nobody is under way: waiting for the metronome does not.
  const closing = setInterval(() => recorder.advance(clock.now()), closeEveryMs)
  const { model } = plan
  const peak = askAtPeak(options)
  if (model.kind === 'open') await letIn(options, crowd, model)
  else await keepGoing(options, crowd, model)
  await drain(crowd, options, clock)
  const durationMs = clock.now()
  clearInterval(closing)
  await peak.end()
  self.stop()
  recorder.finish(durationMs)
  return durationMs
}

function openCrowd(options: SendOptions): Crowd {
  const { plan, transport, approved, clock, recorder, limits, stripe, doors, wantsSample, onEvent, stop, shared, mask = asItIs } = options
  const { ceiling, maxRatePerSec, isBeyondCap } = limits
  const peakPerSec = plan.model.kind === 'open' ? (outline(plan.model.traffic).peak?.perSec ?? 0) : plan.model.shoppers
  // A full ceiling is the target's doing only when it was high enough for a second of peak arrivals, and most of what fills it waits
  // for the target; shoppers who think, or a low ceiling, are ours. Of the requests under way this thread knows its own share.
  const whose = (most: number, filledBy: number): 'ours' | 'theirs' =>
    most >= peakPerSec && recorder.inFlight * 2 >= filledBy ? 'theirs' : 'ours'
  const ground = options.privacy
  const privacy = ground === null || !watchesPrivacy(plan) ? null : new PrivacyWatch({ plan, ground, recorder, doors, onEvent })
  const desk = openDesk({
    plan,
    clock,
    recorder,
    transport,
    approved,
    socketsWhose: () => whose(ceiling.sockets, ceiling.sockets / stripe.of),
    maxRatePerSec,
    isBeyondCap,
    onRefused: (because) => stop.abort(new Stop('guard', because)),
    wantsSample,
    onEvent,
    mask,
    threadCpuMs: options.threadCpuMs,
    privacy,
  })
  stop.signal.addEventListener('abort', () => {
    if (isAtOnce(stop.signal)) desk.close()
  })
  const shoppersWhose = (under: number): 'ours' | 'theirs' => whose(ceiling.shoppers, under)
  const rows = openRows(plan, (because) => {
    if (!stop.signal.aborted) stop.abort(new Stop('plan', because))
  })
  const onThrow = watchThrows({ clock, limits, onEvent, stop, mask })
  return new Crowd({ plan, desk, transport, limits, rows, shared, threads: stripe.of, shoppersWhose, onThrow })
}

const asItIs: Mask = (text) => text

/** Open model: every arrival of the stripe when the traffic owes it. Resolves at the end of the traffic. */
async function letIn(options: SendOptions, crowd: Crowd, { traffic, spacing }: Model<'open'>): Promise<void> {
  const { plan, clock, metronome, stop, stripe, onLastArrival } = options
  await pace(arrivals({ traffic, spacing, seed: plan.seed }, stripe), clock, metronome, stop.signal, ({ nth, dueMs, stage }, nowMs) => {
    crowd.arrive(nth, dueMs, phaseOfStage(traffic, stage), nowMs)
  })
  onLastArrival()
  await until(clock, outline(traffic).lastingMs, stop.signal)
}

/** Closed model: this thread's share of the shoppers, each starting again as soon as it is done. */
async function keepGoing(options: SendOptions, crowd: Crowd, { shoppers, lastingMs }: Model<'closed'>): Promise<void> {
  const { plan, clock, stop, stripe, onLastArrival } = options
  let nth = stripe.worker + 1 - stripe.of
  let isOpen = true
  // A journey that does nothing would keep the event loop for itself; a declared request has waited for an answer.
  const isDeclared = plan.shoppers.every(({ kind }) => kind === 'steps')
  const onGone = (nowMs: number): void => {
    if (isDeclared) again(nowMs)
    else setImmediate(() => again(clock.now()))
  }
  const again = (nowMs: number): void => {
    if (!isOpen || nowMs >= lastingMs) return
    nth += stripe.of
    crowd.arrive(nth, null, null, nowMs, onGone)
  }
  await until(clock, 0, stop.signal)
  for (let i = stripe.worker; i < shoppers; i += stripe.of) again(clock.now())
  await until(clock, lastingMs, stop.signal)
  isOpen = false
  onLastArrival()
}

type Model<Kind extends Plan['model']['kind']> = Extract<Plan['model'], { readonly kind: Kind }>

/** Shoppers under way may finish, for at most the drain time; then they are cut off. */
async function drain(crowd: Crowd, { plan, recorder, stop, onEvent }: SendOptions, clock: Clock): Promise<void> {
  const { drainMs } = plan.limits
  const endMs = clock.now() + drainMs
  while (crowd.size > 0 && clock.now() < endMs && !isAtOnce(stop.signal))
    await sleep(Math.max(0, Math.min(drainPollMs, endMs - clock.now())))
  // What was sent before the end would count as failed by our own doing.
  const answersMs = Math.min(clock.now() + lastAnswersMs, endMs)
  while (isAtOnce(stop.signal) && !isGuarded(stop.signal) && recorder.inFlight > 0 && clock.now() < answersMs) await sleep(drainPollMs)
  if (crowd.size === 0) return
  const text = `${crowd.size} shoppers were still under way ${isAtOnce(stop.signal) ? `when ${isGuarded(stop.signal) ? 'the guard' : 'an objective'} stopped the run` : `after the drain time of ${drainMs / 1e3} s`} and were cut off`
  onEvent({ atMs: clock.now(), kind: 'note', text })
  crowd.cutOff()
  // A dropped request is told in a turn of its own.
  await new Promise((resolve) => setImmediate(resolve))
}

const drainPollMs = 5
/** A run that is to end at once is over within a second, answers to what was sent included. */
const lastAnswersMs = 500

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
