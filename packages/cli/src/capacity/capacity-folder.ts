// The folder of a search: capacity.json and its renderings, written anew by rename after each level, so that whatever ends the process leaves
// what was measured. The levels' own run folders lie under levels/.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from '@doorbuster/measurements'
import { renderCapacityHtml, renderCapacityMarkdown } from '@doorbuster/report'
import type { CapacityResult } from '@doorbuster/verdict'
import { concludeCapacity, readCapacity } from '@doorbuster/verdict'
import { UsageError } from '../usage.ts'

export const capacityFile = 'capacity.json'

/** @throws UsageError when it cannot be made, or holds something already. */
export function createCapacityFolder(path: string): void {
  try {
    if (existsSync(join(path, capacityFile)) || existsSync(join(path, 'plan.json')))
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
  writeWhole(folder, capacityFile, `${JSON.stringify(result, null, 2)}\n`)
}

/** What an earlier search left, concluded again from its levels. @throws SyntaxError for what is no JSON, and what the file system says */
export function readCapacityAt(folder: string): ReturnType<typeof readCapacity> {
  const read = readCapacity(JSON.parse(readFileSync(join(folder, capacityFile), 'utf8')))
  if ('damage' in read) return read
  const { levels, finished, stopped } = read.result
  return { result: { ...read.result, ...concludeCapacity(read.result, levels, { finished, stopped }) } }
}

/** @throws UsageError when there is none, or a damaged one */
export function capacityIn(folder: string, flag: string): CapacityResult {
  const path = join(folder, capacityFile)
  if (!existsSync(path)) throw new UsageError(flag, `the folder of a search, with a ${capacityFile}`, folder)
  const read = orUsageError(path, () => readCapacityAt(folder))
  if ('damage' in read) throw new UsageError(path, 'what `doorbuster capacity` wrote', read.damage)
  return read.result
}

/** A search's own folder, and not a run's that keeps one. */
export function isCapacityFolder(folder: string): boolean {
  return existsSync(join(folder, capacityFile)) && !existsSync(join(folder, 'plan.json'))
}

function orUsageError<Of>(path: string, read: () => Of): Of {
  try {
    return read()
  } catch (error) {
    throw new UsageError(path, 'JSON', (error as Error).message)
  }
}
