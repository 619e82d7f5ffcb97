// What a run folder keeps of an earlier search and an earlier run, so that its report can be made again without them: capacity.json and
// comparison.json. Somebody else may have written them. Judges nothing.
import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunStart } from '@doorbuster/measurements'
import { writeWhole } from '@doorbuster/measurements'
import { plainLine } from '@doorbuster/report'
import type { CapacityResult, RunComparison } from '@doorbuster/verdict'
import { readComparison } from '@doorbuster/verdict'
import { capacityFile, readCapacityAt } from './capacity/capacity-folder.ts'

export type Kept = {
  readonly capacity?: CapacityResult
  readonly comparison?: RunComparison
  /** Files that are there and tell nothing, each in a sentence. */
  readonly leftOut?: readonly string[]
}

const comparisonFile = 'comparison.json'
/** Many times what the longest comparison and the longest search come to. */
const mostBytes = 32 * 1024 * 1024

export function keepComparison(folder: string, comparison: RunComparison): void {
  writeWhole(folder, comparisonFile, `${JSON.stringify(comparison, null, 2)}\n`)
}

/** A file that is damaged, or of another run, is no reason to tell nothing of this one. */
export function keptIn(folder: string, start: RunStart): Kept {
  const capacity = isThere(folder, capacityFile) ? unlessTooLong(folder, capacityFile, () => readCapacityAt(folder)) : null
  const comparison = isThere(folder, comparisonFile) ? unlessTooLong(folder, comparisonFile, () => comparisonIn(folder, start)) : null
  const leftOut = [
    ...(capacity !== null && 'damage' in capacity ? [leftOutWords(capacityFile, capacity.damage)] : []),
    ...(comparison !== null && 'damage' in comparison ? [leftOutWords(comparisonFile, comparison.damage)] : []),
  ]
  return {
    ...(capacity !== null && 'result' in capacity && { capacity: capacity.result }),
    ...(comparison !== null && 'comparison' in comparison && { comparison: comparison.comparison }),
    ...(leftOut.length > 0 && { leftOut }),
  }
}

type Damage = { readonly damage: string }

function comparisonIn(folder: string, start: RunStart): ReturnType<typeof readComparison> {
  const read = readComparison(JSON.parse(readFileSync(join(folder, comparisonFile), 'utf8')))
  return 'damage' in read || isOf(read.comparison, start) ? read : { damage: 'it is of another run' }
}

function isOf({ runs }: RunComparison, { name, startedAt, planHash }: RunStart): boolean {
  const [run, ...others] = runs
  return others.length === 0 && run?.name === name && run.startedAt === startedAt && run.planHash === planHash
}

function isThere(folder: string, name: string): boolean {
  return lstatSync(join(folder, name), { throwIfNoEntry: false }) !== undefined
}

/** No link is followed, since it may lead anywhere, and no pipe is waited for. */
function unlessTooLong<Of>(folder: string, name: string, read: () => Of): Of | Damage {
  const found = lstatSync(join(folder, name))
  if (!found.isFile() || found.size > mostBytes) return { damage: `it is no file of at most ${mostBytes / 1024 ** 2} MiB` }
  try {
    return read()
  } catch (error) {
    return { damage: error instanceof SyntaxError ? 'it is no JSON' : ((error as NodeJS.ErrnoException).code ?? 'it cannot be read') }
  }
}

function leftOutWords(name: string, damage: string): string {
  return `${name} lies in the run folder and is left out here: ${plainLine(damage)}.`
}
