// `doorbuster history [folder]`: the rehearsals so far, and how old the last one is.
import type { Command } from 'commander'
import type { HistoryFlags } from '../actions/history.ts'
import type { ExitCode } from '../exit-codes.ts'
import type { World } from '../world.ts'
import { durationFlag } from './flags.ts'

export function addHistory(program: Command, world: World, onEnd: (code: ExitCode) => void): void {
  program
    .command('history')
    .summary('list the rehearsals so far')
    .description('Lists the run folders in a folder by time, with their trends. Ends with 99 when no rehearsal is young enough.')
    .argument('[folder]', 'folder of run folders', 'runs')
    .option('--max-age <time>', 'age up to which a rehearsal counts, e.g. 336h (default: 14 days)', durationFlag('--max-age'))
    .option('--json', 'print the list as JSON')
    .option('--html <file>', 'write a page for people')
    .option('--markdown <file>', 'write Markdown')
    .option('--fail-as-one', 'end with 1 for every answer that is not go')
    .action(async (folder: string, flags: HistoryFlags) => {
      const { history } = await import('../actions/history.ts')
      onEnd(history(world, folder, flags))
    })
}
