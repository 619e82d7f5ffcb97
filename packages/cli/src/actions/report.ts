// Writes summary and renderings anew, and says where they are.
import { resolve } from 'node:path'
import type { Report } from '@doorbuster/report'
import { renderCapacityTerminal } from '@doorbuster/report'
import { comparisonWith } from '../baseline.ts'
import { capacityIn, isCapacityFolder, keepCapacity, writeCapacity } from '../capacity/capacity-folder.ts'
import { endText } from '../ending.ts'
import type { ExitCode } from '../exit-codes.ts'
import { exitCodes } from '../exit-codes.ts'
import { keepComparison } from '../kept.ts'
import { judgeFolder, reportPath, writeRenderings } from '../render-folder.ts'
import { UsageError } from '../usage.ts'
import type { World } from '../world.ts'
import { wantsColour, widthOf } from '../world.ts'

export type ReportFlags = { readonly quiet?: boolean; readonly compare?: string; readonly capacity?: string }

export async function report(world: World, given: string, { quiet: isQuiet = false, compare, capacity }: ReportFlags): Promise<ExitCode> {
  const folder = resolve(world.cwd, given)
  if (isCapacityFolder(folder)) return reportCapacity(world, folder, isQuiet)
  const earlier = capacity === undefined ? null : capacityIn(resolve(world.cwd, capacity), '--capacity')
  const comparison = compare === undefined ? null : comparisonWith(world, compare, folder, judgeFolder(folder))
  const judged = await writable(given, async () => {
    if (earlier !== null) keepCapacity(folder, earlier)
    if (comparison !== null) keepComparison(folder, comparison)
    // Read back, so that whoever makes this report again from the folder gets the same.
    const whole = judgeFolder(folder)
    await writeRenderings(folder, whole)
    return whole
  })
  if (!isQuiet) world.stdout.write(`${endText(world, judged)}\n\n`)
  if (!judged.summary.finished) world.stdout.write('The run is unfinished: what is told here ends where its folder ends.\n')
  world.stdout.write(`Report: ${reportPath(folder)}\n`)
  return exitCodes.go
}

async function writable(given: string, write: () => Promise<Report>): Promise<Report> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(given, 'a run folder that can be written', (error as NodeJS.ErrnoException).code ?? String(error))
  }
}

/** Of a search: whole, interrupted or killed. */
function reportCapacity(world: World, folder: string, isQuiet: boolean): ExitCode {
  const result = capacityIn(folder, 'report')
  const { stdout } = world
  try {
    writeCapacity(folder, result)
  } catch (error) {
    throw new UsageError(folder, 'a folder that can be written', (error as NodeJS.ErrnoException).code ?? String(error))
  }
  if (!isQuiet) stdout.write(`${renderCapacityTerminal(result, { colour: wantsColour(world, stdout), width: widthOf(stdout) })}\n\n`)
  stdout.write(`Report: ${reportPath(folder)}\n`)
  return exitCodes.go
}
