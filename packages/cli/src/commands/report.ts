// `doorbuster report <folder>`: writes summary and renderings anew from what a run left behind, whole or cut off.
import type { Command } from 'commander'
import type { ReportFlags } from '../actions/report.ts'
import type { ExitCode } from '../exit-codes.ts'
import type { World } from '../world.ts'

export function addReport(program: Command, world: World, onEnd: (code: ExitCode) => void): void {
  program
    .command('report')
    .summary('write the report of a run folder anew')
    .description('Rebuilds summary.json, report.html, report.md and junit.xml from the windows in a run folder, also after a crash.')
    .argument('<folder>', 'run folder, or that of a search for capacity')
    .option('--capacity <folder>', 'folder of an earlier search for capacity, to be told on the page')
    .option('--compare <base>', 'run folder of an earlier rehearsal, to stand in the same page')
    .option('-q, --quiet', 'print only where the report is')
    .action(async (folder: string, flags: ReportFlags) => {
      const { report } = await import('../actions/report.ts')
      onEnd(await report(world, folder, flags))
    })
}
