// Where a calibration is kept, and what is found there. A file that is damaged, or says nothing about this machine, is told and not used.
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { machineFacts } from '../machine.ts'
import { readUserText, UsageError } from '../usage.ts'
import { version } from '../version.ts'
import type { World } from '../world.ts'
import type { StoredCalibration } from './calibration.ts'
import { parseCalibration, unusable } from './calibration.ts'

export type CalibrationFound =
  | { readonly kind: 'none' }
  | { readonly kind: 'useless'; readonly because: string }
  | { readonly kind: 'usable'; readonly stored: StoredCalibration }

/** By the XDG base directory rules, under which a path that is not absolute counts as none; null without a home. */
export function calibrationPath({ env }: Pick<World, 'env'>): string | null {
  const state = env.XDG_STATE_HOME ?? ''
  const home = env.HOME ?? ''
  const folder = isAbsolute(state) ? state : isAbsolute(home) ? join(home, '.local', 'state') : null
  return folder === null ? null : join(folder, 'doorbuster', 'calibration.json')
}

/** @throws UsageError for a file that was named and cannot be read; without a name there may be none. */
export function findCalibration(world: World, named: string | undefined): CalibrationFound {
  const path = named === undefined ? calibrationPath(world) : resolve(world.cwd, named)
  const text = named === undefined ? textIfThere(path) : readUserText(resolve(world.cwd, named), 'a calibration that can be read')
  if (path === null || text === null) return { kind: 'none' }
  const parsed = parseCalibration(text)
  const again = 'run goes on without it; `doorbuster calibrate` makes a new one'
  if ('damage' in parsed) return { kind: 'useless', because: `${path} is damaged (${parsed.damage}): the ${again}.` }
  const why = unusable(parsed.stored, {
    now: world.now(),
    machine: machineFacts(),
    versions: { doorbuster: version, node: world.nodeVersion },
  })
  return why === null
    ? { kind: 'usable', stored: parsed.stored }
    : { kind: 'useless', because: `${path} is not used: ${why}. The ${again}.` }
}

/** Before a minute of measuring: can it be kept there? Leaves what stands there as it is. @throws UsageError */
export function refusePlace(path: string): void {
  attempt(path, () => {
    mkdirSync(dirname(path), { recursive: true })
    closeSync(openSync(unfinished(path), 'w'))
    rmSync(unfinished(path))
  })
}

/** By rename: a reader never finds half of it. @throws UsageError when it cannot be written. */
export function writeCalibration(path: string, calibration: StoredCalibration): void {
  attempt(path, () => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(unfinished(path), `${JSON.stringify(calibration, null, 2)}\n`)
    renameSync(unfinished(path), path)
  })
}

function unfinished(path: string): string {
  return `${path}.new`
}

function attempt(path: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    throw new UsageError('--file', 'a file that can be written', `${path} (${(error as NodeJS.ErrnoException).code})`)
  }
}

function textIfThere(path: string | null): string | null {
  try {
    return path === null ? null : readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
