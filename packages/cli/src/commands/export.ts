// `doorbuster export <folder>`: what a run folder holds, in a form that other programs read.
import type { Command } from 'commander'
import { Option } from 'commander'
import type { ExportFlags } from '../actions/export.ts'
import type { ExitCode } from '../exit-codes.ts'
import { exitCodes } from '../exit-codes.ts'
import type { World } from '../world.ts'

export function addExport(program: Command, world: World, onEnd: (code: ExitCode) => void): void {
  program
    .command('export')
    .summary('write a run for other programs')
    .description(
      'Writes the windows of a run folder by phase and step, as CSV or JSON lines, or laid out as requests for readers of JMeter.',
    )
    .argument('<folder>', 'run folder')
    .addOption(new Option('--as <form>', 'form').choices(['csv', 'jsonl', 'jtl']).default('csv'))
    .option('--to <file>', 'file to write; - for stdout', '-')
    .action(async (folder: string, flags: ExportFlags) => {
      const { exportRun } = await import('../actions/export.ts')
      exportRun(world, folder, flags)
      onEnd(exitCodes.go)
    })
}
