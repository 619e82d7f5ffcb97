// The same crowd twice in one plan: all at once, again and again, and then spread evenly over as long. Made of plain stages.
//
//   rate  |    |    |    |
//         |    |    |    |    pause   ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
//         └ herd ────────────┘        └ jittered ─────────┘       arrivals × times in either, over every × times
import { Arguments } from './arguments.ts'
import type { Stage } from './stages.ts'
import { burst, silence } from './stages.ts'
import type { CountText, DurationText } from './units.ts'

export type HerdArguments = {
  /** How many come at once: whole, so that both halves send the same number. */
  readonly arrivals: CountText
  /** From one herd to the next. */
  readonly every: DurationText
  /** How many herds: whole. */
  readonly times: CountText
  /** Width of a herd, shorter than `every`; default 0: all at one instant. */
  readonly over?: DurationText
  /** Between the two halves; default: as long as `every`. */
  readonly pause?: DurationText
}

// A typing slip such as 10M must not build ten million stages.
const mostTimes = 1000

/** Brings its own phases, `herd` and `jittered`: the objective `herd-penalty` compares their p99. */
export function herd(given: HerdArguments): readonly Stage[] {
  const args = new Arguments()
  const raw = args.named(given, ['arrivals', 'every', 'times', 'over', 'pause'])
  const arrivals = whole(args, 'arrivals', raw.arrivals, Number.MAX_SAFE_INTEGER)
  const everyMs = args.duration('every', raw.every)
  const times = whole(args, 'times', raw.times, mostTimes)
  const overMs = args.width('over', raw.over ?? 0)
  if (overMs >= everyMs) args.fact(false, 'over', `a width below "every" (${everyMs} ms)`, raw.over)
  const pauseMs = args.width('pause', raw.pause ?? raw.every)
  args.done()
  const one = [burst(arrivals, overMs, { phase: 'herd' }), silence(everyMs - overMs, { phase: 'herd' })]
  return Object.freeze([
    ...Array.from({ length: times }, () => one).flat(),
    ...(pauseMs > 0 ? [silence(pauseMs)] : []),
    burst(arrivals * times, everyMs * times, { phase: 'jittered' }),
  ])
}

export type HerdSpan = { readonly startMs: number; readonly untilMs: number }

/** Every herd of the traffic, ms from its start, with the silence behind it. */
export function herdSpans(traffic: readonly Stage[]): readonly HerdSpan[] {
  const spans: HerdSpan[] = []
  let atMs = 0
  for (const { kind, phase, lastingMs } of traffic) {
    const last = spans.at(-1)
    if (phase === 'herd' && kind === 'burst') spans.push({ startMs: atMs, untilMs: atMs + lastingMs })
    else if (phase === 'herd' && kind === 'silence' && last?.untilMs === atMs)
      spans[spans.length - 1] = { startMs: last.startMs, untilMs: atMs + lastingMs }
    atMs += lastingMs
  }
  return spans
}

function whole(args: Arguments, path: string, given: CountText | undefined, most: number): number {
  const count = args.count(path, given)
  const limit = most === Number.MAX_SAFE_INTEGER ? '' : ` up to ${most}`
  if (count > 0) args.fact(Number.isInteger(count) && count <= most, path, `a whole number${limit}`, given)
  return count
}
