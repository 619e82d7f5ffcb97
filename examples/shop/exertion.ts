// How hard the shop's process works: time in its database, and the share of time in which its event loop is busy. Measured, never guessed.

import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import type { DatabaseSync } from 'node:sqlite'

export type Exertion = {
  /** In all so far. */
  readonly databaseMs: () => number
  readonly eventLoopMs: () => number
  /** The longest that the event loop was held up since the last time it was asked. */
  readonly lagMs: () => number
  readonly stop: () => void
}

const lookEveryMs = 10

export function watchExertion(database: DatabaseSync): Exertion {
  let databaseMs = 0
  timeStatements(database, (tookMs) => {
    databaseMs += tookMs
  })
  const delay = monitorEventLoopDelay({ resolution: lookEveryMs })
  delay.enable()
  return {
    databaseMs: () => databaseMs,
    eventLoopMs: () => performance.eventLoopUtilization().active,
    lagMs() {
      // What it records holds the time between two looks; before the first of them its maximum is no time at all.
      const worstMs = delay.count === 0 ? 0 : Math.max(0, delay.max / 1e6 - lookEveryMs)
      delay.reset()
      return worstMs
    },
    stop: () => void delay.disable(),
  }
}

type Run = (...given: unknown[]) => unknown

/** Every statement that is prepared from now on, and what is run without one: commits are where a disk is waited for. */
function timeStatements(database: DatabaseSync, spent: (tookMs: number) => void): void {
  const timed =
    (run: Run): Run =>
    (...given) => {
      const startMs = performance.now()
      try {
        return run(...given)
      } finally {
        spent(performance.now() - startMs)
      }
    }
  const prepare = database.prepare.bind(database)
  const exec = database.exec.bind(database)
  database.exec = timed(exec as Run) as typeof exec
  database.prepare = (...given: Parameters<typeof prepare>) => {
    const statement = prepare(...given)
    for (const name of ['get', 'all', 'run'] as const) Object.assign(statement, { [name]: timed(statement[name].bind(statement) as Run) })
    return statement
  }
}
