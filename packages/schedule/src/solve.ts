// The time at which a rising area reaches a wanted one, where no formula gives it: Newton's method, kept inside a bracket
// that halves whenever a step would leave it. Knows no stages.
//
//   A │          ╱        next = t − (A(t) − wanted) / A′(t)
//     │┄┄┄┄┄┄┄╱╌╌ wanted
//     │    ╱ ┊           ends when a step is below 1 ns: Newton squares its error, so the answer is far within 1 µs
//     └────────────── t

type Rising = { areaUntil(tMs: number): number; ratePerSecAt(tMs: number): number }
/** The area must be continuous between `fromMs` and `toMs`; the guess lies between them. */
type Bracket = { readonly fromMs: number; readonly toMs: number; readonly guessMs: number }

const stepMs = 1e-6
const mostSteps = 200

/** ms in [fromMs, toMs]. */
export function solve(rising: Rising, wanted: number, { fromMs, toMs, guessMs }: Bracket): number {
  let lowMs = fromMs
  let highMs = toMs
  let tMs = guessMs
  for (let step = 0; step < mostSteps; step += 1) {
    const surplus = rising.areaUntil(tMs) - wanted
    if (surplus === 0) return tMs
    if (surplus < 0) lowMs = tMs
    else highMs = tMs
    const newtonMs = tMs - (1000 * surplus) / rising.ratePerSecAt(tMs)
    const nextMs = newtonMs >= lowMs && newtonMs <= highMs ? newtonMs : lowMs + (highMs - lowMs) / 2
    if (Math.abs(nextMs - tMs) <= stepMs) return nextMs
    tMs = nextMs
  }
  return tMs
}
