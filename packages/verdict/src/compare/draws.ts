// Which stretches of a phase each resample takes, and how often: blocks of neighbours, so that a slow spell stays one spell.
// D. N. Politis and J. P. Romano, "A circular block-resampling procedure for stationary data" (1992). Seeded, so a comparison repeats.
// The draws depend on the seed, the phase's name and its length alone: equal phases of two runs draw the same seconds of the plan.
import type { PhaseSeries } from '@doorbuster/measurements'

export type Draws = {
  /** `taken[resample * stretches + stretch]`: how often. */
  readonly taken: Uint16Array
  readonly stretches: number
  /** How many blocks the phase is made of; what is certain about it grows with them. */
  readonly blocks: number
}

export function drawBlocks({ phase, stretches }: PhaseSeries, resamples: number, seed: number): Draws {
  const random = randomOf(seed, phase ?? '')
  const length = blockLength(stretches)
  const taken = new Uint16Array(resamples * stretches)
  for (let resample = 0; resample < resamples; resample++) {
    for (let drawn = 0; drawn < stretches; drawn += length) {
      const from = Math.floor(random() * stretches)
      const most = Math.min(length, stretches - drawn)
      for (let i = 0; i < most; i++) {
        const at = resample * stretches + ((from + i) % stretches)
        taken[at] = (taken[at] ?? 0) + 1
      }
    }
  }
  return { taken, stretches, blocks: stretches / length }
}

/** The cube root is the order that keeps the error of the variance least; half as much again for the long memory of queues. */
function blockLength(stretches: number): number {
  return Math.max(1, Math.min(stretches, Math.ceil(1.5 * Math.cbrt(stretches))))
}

/** Uniform from 0 up to 1: SplitMix32, whose state is the sum of a constant (G. L. Steele and others, OOPSLA 2014, in 32 bits). */
export function randomOf(seed: number, name: string): () => number {
  let state = mix(seed | 0)
  for (const sign of name) state = mix(state ^ (sign.codePointAt(0) ?? 0))
  return () => {
    state = (state + 0x9e3779b9) | 0
    return (mix(state) >>> 0) / 2 ** 32
  }
}

function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x21f0aaad)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
  return mixed ^ (mixed >>> 15)
}
