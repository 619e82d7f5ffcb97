// Finds out what this machine sends cleanly, tells it and keeps it.
import { writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { resolve } from 'node:path'
import { Stop } from '@doorbuster/generator'
import type { Calibrated } from '../calibration/calibrate.ts'
import { calibrate } from '../calibration/calibrate.ts'
import type { StoredCalibration } from '../calibration/calibration.ts'
import { calibrationPath, refusePlace, writeCalibration } from '../calibration/calibration-file.ts'
import { startNullTarget } from '../calibration/null-target-process.ts'
import { Interrupted } from '../calibration/send-counted.ts'
import { calibrationText, levelLine, uncleanText } from '../calibration/tell-calibration.ts'
import type { ExitCode } from '../exit-codes.ts'
import { exitCodes } from '../exit-codes.ts'
import { refuseUnwritable, UsageError } from '../usage.ts'
import type { World } from '../world.ts'
import { wantsColour, widthOf } from '../world.ts'

export type CalibrateFlags = {
  readonly threads?: number
  /** How long each rate is sent, ms. */
  readonly duration?: number
  readonly maxRate?: number
  readonly file?: string
  readonly json?: string
  readonly quiet?: boolean
}

/** Enough for a p99 of any rate worth sending, and short enough for some thirty of them in a minute. */
const defaultLevelMs = 750
/** Above what any machine of today does; the search ends long before. */
const defaultMaxPerSec = 1_000_000

export async function calibrateMachine(world: World, flags: CalibrateFlags): Promise<ExitCode> {
  const path = flags.file === undefined ? calibrationPath(world) : resolve(world.cwd, flags.file)
  if (path === null) throw new UsageError('--file', 'a file to keep the calibration in, since no home is known here', 'nothing')
  if (flags.json !== undefined && flags.json !== '-') refuseUnwritable('--json', resolve(world.cwd, flags.json))
  refusePlace(path)
  if (flags.quiet !== true) tellLoad(world)
  const calibrated = await measured(world, flags)
  if (calibrated === null) {
    world.stderr.write('Interrupted: nothing was kept.\n')
    return exitCodes.interrupted
  }
  if (calibrated.kind === 'unclean') {
    world.stderr.write(`${uncleanText(calibrated)}\n`)
    return exitCodes.invalid
  }
  const { calibration } = calibrated
  writeCalibration(path, calibration)
  tell(world, flags, calibration, path)
  return exitCodes.go
}

/** Null: interrupted. The first Ctrl-C ends what is sent, the second ends the process at once; the null target is gone either way. */
async function measured(world: World, flags: CalibrateFlags): Promise<Calibrated | null> {
  const stop = new AbortController()
  const forget = world.onInterrupt(() => {
    if (stop.signal.aborted) world.exitNow(exitCodes.interrupted)
    stop.abort(new Stop('interrupt', 'interrupted'))
  })
  const target = await startNullTarget()
  try {
    return await calibrate(world, {
      target,
      threadCounts: threadCounts(flags.threads),
      levelMs: flags.duration ?? defaultLevelMs,
      maxRatePerSec: Math.max(1, Math.floor(flags.maxRate ?? defaultMaxPerSec)),
      stop,
      onLevel: (...seen) => flags.quiet !== true && world.stderr.write(`${levelLine(...seen)}\n`),
    })
  } catch (error) {
    if (error instanceof Interrupted) return null
    throw error
  } finally {
    forget()
    await target.stop()
  }
}

/** A machine at work shows what is left of it. Where the system does not tell, its load is 0. */
function tellLoad({ stderr }: World): void {
  const [load = 0] = loadavg()
  const cores = availableParallelism()
  if (load <= cores / 2) return
  stderr.write(`This machine is busy already (load ${load.toFixed(1)} on ${cores} cores): what is found is what the others leave.\n`)
}

/** One, and as many as were asked for; else as many as leave a core to the null target, where that is more than one. */
function threadCounts(asked: number | undefined): readonly number[] {
  return [...new Set([1, asked ?? Math.max(1, availableParallelism() - 1)])]
}

function tell(world: World, { json, quiet }: CalibrateFlags, calibration: StoredCalibration, path: string): void {
  const sink = json === '-' ? world.stderr : world.stdout
  const options = { colour: wantsColour(world, sink), width: widthOf(sink) }
  sink.write(quiet === true ? `${path}\n` : `\n${calibrationText(calibration, options)}\n\nKept in ${path}\n`)
  const text = `${JSON.stringify(calibration, null, 2)}\n`
  if (json === '-') world.stdout.write(text)
  else if (json !== undefined) writeFileSync(resolve(world.cwd, json), text)
}
