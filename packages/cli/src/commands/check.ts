// `doorbuster check <folder>`: judges a run again, by its own objectives or by others.
import type { Command } from 'commander'
import type { CheckFlags } from '../actions/check.ts'
import type { ExitCode } from '../exit-codes.ts'
import type { World } from '../world.ts'
import { gather } from './flags.ts'

export function addCheck(program: Command, world: World, onEnd: (code: ExitCode) => void): void {
  program
    .command('check')
    .summary('judge a run folder again')
    .description("Judges a run folder again from its windows, by the plan's objectives, or by those given here. Writes nothing.")
    .argument('<folder>', 'run folder')
    .option('--slo <objective>', "an objective in place of the plan's (repeatable)", gather, [])
    .option('--json', 'print the summary as JSON')
    .option('--fail-as-one', 'end with 1 for every answer that is not go')
    .action(async (folder: string, flags: CheckFlags) => {
      const { check } = await import('../actions/check.ts')
      onEnd(check(world, folder, flags))
    })
}
