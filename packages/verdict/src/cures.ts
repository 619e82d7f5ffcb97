// What would let the generator keep up, in words that can be acted on. Knows the machine and the plan's model, and nothing of checks.
import type { RunEnd, RunStart } from '@doorbuster/measurements'
import { counted, countFigure, shareFigure } from './figures.ts'

/** Above this share of its clean maximum a machine has no room for a second that is worse than most. */
export const cleanShareRatio = 0.8

/** The handiest first: threads while there are cores without one, a gentler plan, more machines. Reads on after "To cure it, ". */
export function gentler({ threads, machine: { cores }, model, calibration }: RunStart): string {
  const most = calibration === null || calibration === undefined ? null : Math.floor(calibration.cleanPerSec * cleanShareRatio)
  const room = most === null ? '' : ` (at most ${countFigure(most)}/s, by this machine's calibration)`
  const plan = model === 'open' ? `at a lower rate${room}` : 'over fewer connections'
  const fleet = 'or from a fleet of machines'
  if (threads < cores) return `send with more threads (--threads ${Math.min(cores, threads * 2)}), ${plan}, ${fleet}`
  return `send ${plan}, ${fleet} (${cores === 1 ? 'the one core' : `all ${cores} cores`} of this one ${cores === 1 ? 'sends' : 'send'} already)`
}

/** What the machine's host took, worth telling from 2 % on: then the cure may lie outside of this machine. */
export function robbed({ stolenCpuRatio = 0 }: RunEnd): string {
  return stolenCpuRatio < 0.02 ? '' : ` Meanwhile this machine's host gave ${shareFigure(stolenCpuRatio)} of its CPU time to others.`
}

/** For each thing that can run out: cause without its `dropped:ours-` → cure. */
export function cureOfWant(want: string, { ceiling }: RunStart): string {
  switch (want) {
    case 'no-socket':
      return `raise --max-sockets (it was ${countFigure(ceiling.sockets)}) and the limit on open files (ulimit -n)`
    case 'descriptors':
      return `raise the limit on open files (ulimit -n) above ${counted(ceiling.sockets, 'socket')}`
    case 'shoppers':
      return `raise --max-shoppers (it was ${countFigure(ceiling.shoppers)})`
    case 'ports':
      return 'keep connections open for longer, or send from several source addresses'
    case 'memory':
      return 'give the machine more memory'
    default:
      return `give the generator more ${want}`
  }
}
