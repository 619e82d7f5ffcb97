// The time between two levels: a target that was driven too far is given a small load until it answers as it should, so that one level does not
// spoil the next. One that does not come back is a finding of its own.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { CapacityLevel, Rest } from '@doorbuster/verdict'
import { exitCodes } from '../exit-codes.ts'
import type { Rehearsed } from '../rehearse.ts'
import type { World } from '../world.ts'
import type { LevelSetting } from './level-run.ts'
import { endsSearch, rehearseLevel } from './level-run.ts'

const mostRounds = 5

export type CoolDown = {
  readonly setting: LevelSetting
  readonly phase: string | null
  readonly folder: string
  readonly rest: Rest
}

export type CooledDown =
  | { readonly kind: 'ready' }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'not-recovered'; readonly perSec: number; readonly afterMs: number }
  | { readonly kind: 'stopped'; readonly rehearsed: Rehearsed }

export async function coolDown(world: World, after: CapacityLevel, options: CoolDown): Promise<CooledDown> {
  const { setting, phase, folder, rest } = options
  if (rest.kind === 'none') return { kind: 'ready' }
  if (rest.kind === 'idle') return (await idle(world, rest.lastingMs)) ? { kind: 'ready' } : { kind: 'interrupted' }
  const { perSec, lastingMs } = rest
  for (let round = 1; round <= mostRounds; round++) {
    const path = join(folder, `${after.folder}-cool-down-${round}`)
    const level = { ratePerSec: perSec, lastingMs, phase }
    const rehearsed = await rehearseLevel(world, setting, { level, folder: path, mayEndEarly: false })
    if (endsSearch(rehearsed.end)) return { kind: 'stopped', rehearsed }
    // No measurement of its own: only what did not recover is worth looking at.
    if (rehearsed.report.summary.verdict !== 'no-go') {
      rmSync(path, { recursive: true, force: true })
      return { kind: 'ready' }
    }
  }
  return { kind: 'not-recovered', perSec, afterMs: mostRounds * lastingMs }
}

/** False: interrupted. The second Ctrl-C ends the process at once. */
function idle(world: World, lastingMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    let isInterrupted = false
    const end = (isWhole: boolean): void => {
      clearTimeout(timer)
      forget()
      resolve(isWhole)
    }
    const timer = setTimeout(() => end(true), lastingMs)
    const forget = world.onInterrupt(() => {
      if (isInterrupted) world.exitNow(exitCodes.interrupted)
      isInterrupted = true
      end(false)
    })
  })
}
