// Judges a run folder again and says what came out. Writes nothing.
import { resolve } from 'node:path'
import { parseObjective } from '@doorbuster/plan'
import { codeOf, endText } from '../ending.ts'
import type { ExitCode } from '../exit-codes.ts'
import { judgeFolder } from '../render-folder.ts'
import type { World } from '../world.ts'

export type CheckFlags = { readonly slo: readonly string[]; readonly json?: boolean }

export function check(world: World, folder: string, { slo, json }: CheckFlags): ExitCode {
  const objectives = slo.map((text) => parseObjective(text, '--slo'))
  const report = judgeFolder(resolve(world.cwd, folder), objectives.length > 0 ? objectives : undefined)
  const { summary } = report
  world.stdout.write(json === true ? `${JSON.stringify(summary, null, 2)}\n` : `${endText(world, report)}\n`)
  // How the run ended is told by its verdict; how it was stopped was told when it was.
  return codeOf(summary.verdict, 'end', 0)
}
