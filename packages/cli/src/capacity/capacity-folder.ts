// The folder of a search: capacity.json and its renderings, written anew by rename after each level, so that whatever ends the process leaves
// what was measured. The levels' own run folders lie under levels/.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from '@doorbuster/measurements'
import { renderCapacityHtml, renderCapacityMarkdown } from '@doorbuster/report'
import type { CapacityResult } from '@doorbuster/verdict'
import { concludeCapacity, readCapacity } from '@doorbuster/verdict'
import { UsageError } from '../usage.ts'

const fileName = 'capacity.json'

/** @throws UsageError when it cannot be made, or holds something already. */
export function createCapacityFolder(path: string): void {
  try {
    if (existsSync(join(path, fileName)) || existsSync(join(path, 'plan.json')))
      throw Object.assign(new Error('it is taken'), { code: 'EEXIST' })
    mkdirSync(join(path, 'levels'), { recursive: true })
  } catch (error) {
    const { code = 'an error' } = error as NodeJS.ErrnoException
    throw new UsageError('--folder', 'a new folder, or one that holds no search yet, on a disk that can be written', `${path} (${code})`)
  }
}

/** The page before the numbers: who sees capacity.json change finds the page that belongs to it. */
export function writeCapacity(folder: string, result: CapacityResult): void {
  writeWhole(folder, 'report.html', renderCapacityHtml(result))
  writeWhole(folder, 'report.md', renderCapacityMarkdown(result))
  keepCapacity(folder, result)
}

/** capacity.json alone, as a run folder keeps what an earlier search found. */
export function keepCapacity(folder: string, result: CapacityResult): void {
  writeWhole(folder, fileName, `${JSON.stringify(result, null, 2)}\n`)
}

/** What an earlier search left, concluded again from its levels; null: none lies there. @throws UsageError for a damaged one */
export function findCapacity(folder: string): CapacityResult | null {
  const path = join(folder, fileName)
  if (!existsSync(path)) return null
  const read = readCapacity(parsed(path))
  if ('damage' in read) throw new UsageError(path, 'what `doorbuster capacity` wrote', read.damage)
  const { levels, finished, stopped } = read.result
  return { ...read.result, ...concludeCapacity(read.result, levels, { finished, stopped }) }
}

/** @throws UsageError when there is none. */
export function capacityIn(folder: string, flag: string): CapacityResult {
  const found = findCapacity(folder)
  if (found === null) throw new UsageError(flag, `the folder of a search, with a ${fileName}`, folder)
  return found
}

/** A search's own folder, and not a run's that keeps one. */
export function isCapacityFolder(folder: string): boolean {
  return existsSync(join(folder, fileName)) && !existsSync(join(folder, 'plan.json'))
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new UsageError(path, 'JSON', (error as Error).message)
  }
}
