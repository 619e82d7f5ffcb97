// `doorbuster shape <plan|text>`: draws and prints what would arrive, and sends nothing.
import type { Command } from 'commander'
import { Option } from 'commander'
import type { ShapeFlags } from '../actions/shape.ts'
import type { ExitCode } from '../exit-codes.ts'
import { exitCodes } from '../exit-codes.ts'
import type { World } from '../world.ts'
import { countFlag, seedFlag } from './flags.ts'

export function addShape(program: Command, world: World, onEnd: (code: ExitCode) => void): void {
  program
    .command('shape')
    .summary('draw the traffic of a plan and send nothing')
    .description('Draws the traffic of a plan or of a shape as text: total, peak, what each stage owes. Sends nothing.')
    .argument('[plan|text]', 'plan file, or a shape such as "doors: rush 60000 lognormal median 45s sigma 1 for 5m"')
    .option('--json', 'print the numbers as JSON')
    .option('--due <n>', 'print the first n due times in ms, one a line', countFlag('--due'))
    .option('--presets', 'list the presets of real events')
    .addOption(new Option('--spacing <how>', 'gaps between arrivals').choices(['even', 'poisson']))
    .option('--seed <n>', "seed of Poisson gaps (default: the plan's, or 1)", seedFlag)
    .option('--ascii', 'draw without Unicode')
    .action(async (source: string | undefined, flags: ShapeFlags) => {
      const { shape } = await import('../actions/shape.ts')
      await shape(world, source, flags)
      onEnd(exitCodes.go)
    })
}
