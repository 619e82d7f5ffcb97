// A run that has an appointment: when its doors must open, when it has to start for that, and the wait until then with a countdown. Nothing of
// the run exists while it waits, so whoever leaves leaves nothing behind.
import type { Plan } from '@doorbuster/plan'
import { formatDuration, opensAtMs, PlanError, parseMoment } from '@doorbuster/plan'
import { UsageError } from './usage.ts'
import type { World } from './world.ts'
import { isLive } from './world.ts'

/** Wall-clock ms since 1970. */
export type Appointment = { readonly openMs: number; readonly zeroMs: number }

/** Looking up names, loading the plan into threads and warming up take less, on a slow machine too. */
const readyMs = 5_000
const lookEveryMs = 200

/** The doors of a plan without any open when its traffic starts. @throws UsageError for a moment that is none, past, or too soon */
export function appointmentAt(text: string, plan: Plan, now: Date): Appointment {
  const nowMs = now.getTime()
  const countdownMs = opensAtMs(plan) ?? 0
  const openMs = momentIn(text, nowMs)
  const soonestMs = countdownMs + readyMs
  if (openMs - nowMs >= soonestMs) return { openMs, zeroMs: openMs - countdownMs }
  const before = countdownMs === 0 ? '' : `${formatDuration(countdownMs)} of traffic before the doors open, and `
  const aheadMs = openMs - nowMs
  const received = aheadMs < 0 ? `${formatDuration(-aheadMs)} ago` : `${formatDuration(aheadMs)} from now`
  throw new UsageError(
    '--at',
    `a moment at least ${formatDuration(soonestMs)} from now (${before}${formatDuration(readyMs)} to get ready)`,
    `${JSON.stringify(text)}, ${received}`,
  )
}

function momentIn(text: string, nowMs: number): number {
  try {
    return parseMoment(text, nowMs)
  } catch (error) {
    if (!(error instanceof PlanError)) throw error
    const [problem] = error.problems
    throw new UsageError('--at', problem?.expected ?? 'a moment', JSON.stringify(text))
  }
}

/** False: Ctrl-C ended the wait. Follows the wall clock, also when that is set anew meanwhile. */
export async function keptAppointment(world: World, { zeroMs, openMs }: Appointment, isQuiet: boolean): Promise<boolean> {
  const leftMs = (): number => zeroMs - readyMs - world.now().getTime()
  if (leftMs() <= 0) return true
  let hasLeft = false
  const wait = waitScreen(world, new Date(openMs).toISOString(), isQuiet)
  const forget = world.onInterrupt(() => {
    hasLeft = true
  })
  try {
    while (leftMs() > 0 && !hasLeft) {
      wait.show(openMs - world.now().getTime())
      await new Promise((resolve) => setTimeout(resolve, Math.min(lookEveryMs, Math.max(0, leftMs()))))
    }
  } finally {
    forget()
    wait.end()
  }
  return !hasLeft
}

const eraseLine = '\r\u001b[2K'

/** On a terminal one line that counts down; in a log one line in all. */
function waitScreen(world: World, openIso: string, isQuiet: boolean): { show(leftMs: number): void; end(): void } {
  const { stderr } = world
  if (isQuiet) return { show: () => {}, end: () => {} }
  const words = (leftMs: number): string => `Waiting ${clockOf(leftMs)} for the doors to open at ${openIso}. Ctrl-C to leave.`
  if (isLive(world, stderr)) {
    let shown = ''
    const show = (leftMs: number): void => {
      const text = words(leftMs)
      if (text !== shown) stderr.write(`${eraseLine}${text}`)
      shown = text
    }
    return { show, end: () => stderr.write(eraseLine) }
  }
  let isTold = false
  const show = (leftMs: number): void => {
    if (!isTold) stderr.write(`${words(leftMs)}\n`)
    isTold = true
  }
  return { show, end: () => {} }
}

/** Whole seconds as a clock shows them: `26:03:09`. */
function clockOf(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1e3))
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}
