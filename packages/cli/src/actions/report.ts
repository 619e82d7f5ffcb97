// Writes summary and renderings anew, and says where they are.
import { resolve } from 'node:path'
import { withBaseline } from '../baseline.ts'
import { endText } from '../ending.ts'
import type { ExitCode } from '../exit-codes.ts'
import { exitCodes } from '../exit-codes.ts'
import { judgeFolder, reportPath, writeRenderings } from '../render-folder.ts'
import { UsageError } from '../usage.ts'
import type { World } from '../world.ts'

export type ReportFlags = { readonly quiet?: boolean; readonly compare?: string }

export async function report(world: World, given: string, { quiet: isQuiet, compare }: ReportFlags): Promise<ExitCode> {
  const folder = resolve(world.cwd, given)
  const judged = withBaseline(world, folder, judgeFolder(folder), compare)
  try {
    await writeRenderings(folder, judged)
  } catch (error) {
    throw new UsageError(given, 'a run folder that can be written', (error as NodeJS.ErrnoException).code ?? String(error))
  }
  if (isQuiet !== true) world.stdout.write(`${endText(world, judged)}\n\n`)
  if (!judged.summary.finished) world.stdout.write('The run is unfinished: what is told here ends where its folder ends.\n')
  world.stdout.write(`Report: ${reportPath(folder)}\n`)
  return exitCodes.go
}
