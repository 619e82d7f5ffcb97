// What is shown while a run goes on: a screen that redraws itself on a terminal, one line a window anywhere else.
import type { RunStart } from '@doorbuster/measurements'
import { liveLine, liveScreen } from '@doorbuster/report'
import type { Seen } from './live-state.ts'
import { liveStates } from './live-state.ts'
import type { Sink, World } from './world.ts'
import { isLive, widthOf } from './world.ts'

export type Progress = {
  window(...seen: Seen): void
  note(text: string): void
  /** Leaves the last state on the screen. */
  end(): void
}

const silent: Progress = { window: () => {}, note: () => {}, end: () => {} }
const controlSequence = '\u001b['

/** The last window of a run may be a few ms; as a rate it would only mislead. */
const shortestShownMs = 500

export function showProgress(world: World, start: RunStart, isQuiet: boolean): Progress {
  if (isQuiet) return silent
  const { stderr } = world
  const progress = isLive(world, stderr) ? screen(stderr, start) : lines(stderr, start)
  return { ...progress, window: (row, ...rest) => row.lastingMs >= shortestShownMs && progress.window(row, ...rest) }
}

/** Both are told everything. */
export function bothProgress(one: Progress, other: Progress): Progress {
  return {
    window: (...seen) => {
      one.window(...seen)
      other.window(...seen)
    },
    note: (text) => {
      one.note(text)
      other.note(text)
    },
    end: () => {
      one.end()
      other.end()
    },
  }
}

function lines(sink: Sink, start: RunStart): Progress {
  const next = liveStates(start)
  return {
    window: (...seen) => sink.write(`${liveLine(next(...seen))}\n`),
    note: (text) => sink.write(`${text}\n`),
    end: () => {},
  }
}

/** Writes over its own last lines: up as many as there were, then clear to the end of the screen. */
function screen(sink: Sink, start: RunStart): Progress {
  const next = liveStates(start)
  let drawn = 0
  const clear = (): string => (drawn === 0 ? '' : `${controlSequence}${drawn}A${controlSequence}0J`)
  return {
    window: (...seen) => {
      const text = liveScreen(next(...seen), widthOf(sink))
      sink.write(`${clear()}${text}\n`)
      drawn = text.split('\n').length
    },
    note: (text) => {
      sink.write(`${clear()}${text}\n`)
      drawn = 0
    },
    end: () => {
      drawn = 0
    },
  }
}
