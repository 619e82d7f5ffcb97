// Writes summary and renderings anew, and says where they are.
import { resolve } from 'node:path'
import { renderCapacityTerminal } from '@doorbuster/report'
import { withBaseline } from '../baseline.ts'
import { capacityIn, isCapacityFolder, keepCapacity, writeCapacity } from '../capacity/capacity-folder.ts'
import { endText } from '../ending.ts'
import type { ExitCode } from '../exit-codes.ts'
import { exitCodes } from '../exit-codes.ts'
import { judgeFolder, reportPath, writeRenderings } from '../render-folder.ts'
import { UsageError } from '../usage.ts'
import type { World } from '../world.ts'
import { wantsColour, widthOf } from '../world.ts'

export type ReportFlags = { readonly quiet?: boolean; readonly compare?: string; readonly capacity?: string }

export async function report(world: World, given: string, { quiet: isQuiet = false, compare, capacity }: ReportFlags): Promise<ExitCode> {
  const folder = resolve(world.cwd, given)
  if (isCapacityFolder(folder)) return reportCapacity(world, folder, isQuiet)
  const earlier = capacity === undefined ? null : capacityIn(resolve(world.cwd, capacity), '--capacity')
  if (earlier !== null) keepCapacity(folder, earlier)
  const judged = withBaseline(world, folder, judgeFolder(folder), compare)
  try {
    await writeRenderings(folder, judged)
  } catch (error) {
    throw new UsageError(given, 'a run folder that can be written', (error as NodeJS.ErrnoException).code ?? String(error))
  }
  if (!isQuiet) world.stdout.write(`${endText(world, judged)}\n\n`)
  if (!judged.summary.finished) world.stdout.write('The run is unfinished: what is told here ends where its folder ends.\n')
  world.stdout.write(`Report: ${reportPath(folder)}\n`)
  return exitCodes.go
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
