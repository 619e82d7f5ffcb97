// `doorbuster compare <base> <new...>`: is the new run worse than the base?
import type { Command } from 'commander'
import type { CompareFlags } from '../actions/compare.ts'
import type { ExitCode } from '../exit-codes.ts'
import type { World } from '../world.ts'
import { gather, seedFlag, shareFlag } from './flags.ts'

export function addCompare(program: Command, world: World, onEnd: (code: ExitCode) => void): void {
  program
    .command('compare')
    .summary('hold a run against an earlier one')
    .description(
      'Compares run folders, by phase and step: percentiles with 95 % intervals, goodput, failures. Answers worse (99), not worse (0) or cannot tell (96).',
    )
    .argument('<base>', 'run folder to compare with')
    .argument('<new...>', 'run folders that are compared, each with the base')
    .option('--noise <folder>', 'another run of what the base ran: what equal runs differ by counts as no change (repeatable)', gather, [])
    .option('--tolerance <share>', 'a change that counts as none (default 2%)', shareFlag('--tolerance'))
    .option('--effect <share>', 'the smallest change that would matter (default 10%)', shareFlag('--effect'))
    .option('--seed <n>', 'seed of the resamples (default: 1)', seedFlag)
    .option('--unlike', 'compare runs of unlike plans, shapes, transports or kinds of target as well')
    .option('--untrusted', 'compare runs that are no evidence as well: invalid or unfinished')
    .option('--json', 'print the comparison as JSON')
    .option('--html <file>', 'write a page for people')
    .option('--markdown <file>', 'write Markdown, for a job summary or a comment')
    .option('--fail-as-one', 'end with 1 for every answer that is not go')
    .option('-q, --quiet', 'print the answer alone')
    .action(async (base: string, fresh: readonly string[], flags: CompareFlags) => {
      const { compare } = await import('../actions/compare.ts')
      onEnd(compare(world, base, fresh, flags))
    })
}
