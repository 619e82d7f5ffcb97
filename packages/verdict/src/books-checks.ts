// Do the books balance? What we dropped ourselves, whether everything due came to an end, and whether a thread died with its arrivals.
import type { RunEnd, RunStart, Tally } from '@doorbuster/measurements'
import { cureOfWant } from './cures.ts'
import { counted, countFigure, shareFigure } from './figures.ts'
import type { TrustCheck } from './judgement.ts'

/** Requests that we ourselves had no socket, slot or descriptor for, of those due. */
const mostDroppedRatio = 0.001
/** Begins the cause of every drop that is our own doing; the target's begin `dropped:theirs-`. */
const droppedByUs = 'dropped:ours-'
const defect = 'This is a defect of doorbuster; please report it with the run folder.'

export function checkDropped(start: RunStart, tally: Tally): TrustCheck {
  const name = 'dropped-by-us'
  const { counts, causes } = tally.scope()
  const { due } = counts
  if (due === 0) return { name, status: 'not-judged', because: 'Nothing was due.' }
  const ours = Object.entries(causes).flatMap(([cause, count]) =>
    cause.startsWith(droppedByUs) ? [{ want: cause.slice(droppedByUs.length), count }] : [],
  )
  const dropped = ours.reduce((sum, { count }) => sum + count, 0)
  const figures = `${countFigure(dropped)} of ${counted(due, 'request')} due (${shareFigure(dropped / due)}), and at most ${shareFigure(mostDroppedRatio)} is trusted`
  if (dropped <= due * mostDroppedRatio)
    return { name, status: 'passed', because: `Nearly nothing was dropped for want of our own sockets or slots: ${figures}.` }
  const why = ours.map(({ want, count }) => `${want} ${countFigure(count)}`).join(', ')
  const cure = [...ours.map(({ want }) => cureOfWant(want, start)), 'or send from a fleet of machines'].join(', ')
  return { name, status: 'failed', because: `The generator itself dropped ${figures} (${why}). To cure it, ${cure}.` }
}

/** Whether everything under way came to an end before the run did: a run that was interrupted or aborted drains as well. */
export function isDrained(stoppedBy: RunEnd['stoppedBy']): boolean {
  return stoppedBy === 'end' || stoppedBy === 'abort' || stoppedBy === 'interrupt'
}

export function checkSent(tally: Tally, { stoppedBy }: RunEnd): TrustCheck {
  const name = 'sent'
  const { due, ok, degraded, failed, dropped } = tally.scope().counts
  if (!isDrained(stoppedBy))
    return { name, status: 'not-judged', because: 'The run was cut off before everything under way had come to an end.' }
  const sum = ok + degraded + failed + dropped
  const parts = `${countFigure(ok)} ok + ${countFigure(degraded)} degraded + ${countFigure(failed)} failed + ${countFigure(dropped)} dropped`
  if (sum === due) return { name, status: 'passed', because: `Every request is accounted for: ${countFigure(due)} due = ${parts}.` }
  const because = `The books do not balance: ${countFigure(due)} due, but ${parts} = ${countFigure(sum)}. ${defect}`
  return { name, status: 'failed', because }
}

export function checkLost({ lost, stoppedBy }: RunEnd): TrustCheck {
  const name = 'lost'
  if (stoppedBy === 'cut-off')
    return { name, status: 'not-judged', because: 'The run was cut off before it could say whether a thread died.' }
  if (lost === undefined || lost.threads === 0) return { name, status: 'passed', because: 'No sending thread died.' }
  const arrivals = `${counted(lost.arrivals, 'arrival')} of ${lost.threads === 1 ? 'its stripe' : 'their stripes'}`
  return {
    name,
    status: 'failed',
    because: `${counted(lost.threads, 'sending thread')} died, and nobody accounted for ${arrivals}. ${defect}`,
  }
}
