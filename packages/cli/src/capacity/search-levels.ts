// The search as it happens: asks for the next level, rehearses it, writes what is known, lets the target cool down. What to try, and what it all
// means, is decided elsewhere.
import { join } from 'node:path'
import type { RunEnd } from '@doorbuster/measurements'
import type { Objective } from '@doorbuster/plan'
import type { CapacityAsked, CapacityLevel, CapacityResult, SearchRules } from '@doorbuster/verdict'
import { concludeCapacity, levelLastingMs, nextStep, rateBeyond, restAfter } from '@doorbuster/verdict'
import type { World } from '../world.ts'
import { coolDown } from './cool-down.ts'
import type { LevelSetting } from './level-run.ts'
import { endsSearch, levelOfRehearsal, rehearseLevel } from './level-run.ts'

export type SearchOptions = {
  readonly setting: LevelSetting
  readonly asked: CapacityAsked
  readonly rules: SearchRules
  readonly objectives: readonly Objective[]
  readonly phase: string | null
  readonly folder: string
  readonly onLevel: (level: CapacityLevel) => void
  /** After each level, and at the end. */
  readonly onResult: (result: CapacityResult) => void
}

/** `end`: how the run ended that ended the search; null: it came to its own end. */
export type Searched = { readonly result: CapacityResult; readonly end: Pick<RunEnd, 'stoppedBy' | 'note'> | null }

export async function searchLevels(world: World, options: SearchOptions): Promise<Searched> {
  const levels: CapacityLevel[] = []
  const conclude = (finished: boolean, stopped: string | null): CapacityResult => {
    const result = concludeCapacity(options.asked, levels, { finished, stopped })
    options.onResult(result)
    return result
  }
  conclude(false, null)
  for (let next = wanted(levels, options.rules); next !== null; ) {
    const { level, end } = await tryLevel(world, options, next, levels.length + 1)
    if (end !== null) return { result: conclude(false, stopText(end)), end }
    levels.push(level)
    // Written before it is told: whoever reads of a level finds it, whatever happens next.
    conclude(false, null)
    options.onLevel(level)
    next = wanted(levels, options.rules)
    const trouble = next === null ? null : await rest(world, options, level, levels)
    if (trouble !== null) return { result: conclude(false, trouble.note ?? null), end: trouble.stoppedBy === 'end' ? null : trouble }
  }
  return { result: conclude(true, null), end: null }
}

type Wanted = { readonly ratePerSec: number; readonly purpose: CapacityLevel['purpose'] }

function wanted(levels: readonly CapacityLevel[], rules: SearchRules): Wanted | null {
  const step = nextStep(levels, rules)
  if (step.kind === 'try') return step
  const ratePerSec = rateBeyond(levels, rules.ceilingPerSec)
  return ratePerSec === null ? null : { ratePerSec, purpose: 'beyond' }
}

type Tried = { readonly level: CapacityLevel; readonly end: Searched['end'] }

async function tryLevel(world: World, options: SearchOptions, { ratePerSec, purpose }: Wanted, nth: number): Promise<Tried> {
  const { setting, asked, objectives, phase, folder } = options
  const own = `levels/${String(nth).padStart(3, '0')}-${purpose}`
  const level = { ratePerSec, lastingMs: levelLastingMs(objectives, ratePerSec, asked.levelMs), phase }
  // Beyond the knee everybody is certain to miss, and that is what is looked at.
  const rehearsed = await rehearseLevel(world, setting, { level, folder: join(folder, own), mayEndEarly: purpose !== 'beyond' })
  return {
    level: levelOfRehearsal(rehearsed, { ratePerSec, purpose, folder: own }),
    end: endsSearch(rehearsed.end) ? rehearsed.end : null,
  }
}

/** Null: on with the search. */
async function rest(
  world: World,
  options: SearchOptions,
  after: CapacityLevel,
  levels: readonly CapacityLevel[],
): Promise<Searched['end']> {
  const { setting, phase, folder, asked } = options
  const cooled = await coolDown(world, after, { setting, phase, folder, rest: restAfter(levels, asked) })
  if (cooled.kind === 'ready') return null
  if (cooled.kind === 'interrupted') return { stoppedBy: 'interrupt', note: 'it was interrupted' }
  if (cooled.kind === 'stopped') return { ...cooled.rehearsed.end, note: stopText(cooled.rehearsed.end) }
  const seconds = Math.round(cooled.afterMs / 1e3)
  return {
    stoppedBy: 'end',
    note: `after ${after.ratePerSec}/s the target had not recovered: at ${cooled.perSec}/s, which it bore before, it still missed its objectives ${seconds} s later`,
  }
}

function stopText({ stoppedBy, note }: Pick<RunEnd, 'stoppedBy' | 'note'>): string {
  return stoppedBy === 'interrupt' ? 'it was interrupted' : `a level was stopped by ${stoppedBy}${note === undefined ? '' : ` (${note})`}`
}
