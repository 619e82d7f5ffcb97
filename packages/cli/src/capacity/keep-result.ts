// Keeps what a search knows so far, whatever the disk says: what cannot be written is told once, and the search goes on to its answer.
import type { CapacityResult } from '@doorbuster/verdict'
import type { World } from '../world.ts'
import { writeCapacity } from './capacity-folder.ts'

export function keepResult({ stderr }: Pick<World, 'stderr'>, folder: string): (result: CapacityResult) => void {
  let isTold = false
  return (result) => {
    try {
      writeCapacity(folder, result)
    } catch (error) {
      if (!isTold) stderr.write(`${folder}: what was found could not be written there: ${(error as Error).message}\n`)
      isTold = true
    }
  }
}
