// `doorbuster capacity <plan|url>`: the highest rate that holds. What it does stands in actions/capacity.ts, loaded when it is asked for.
import type { Command } from 'commander'
import { Option } from 'commander'
import type { CapacityFlags } from '../actions/capacity.ts'
import type { ExitCode } from '../exit-codes.ts'
import type { World } from '../world.ts'
import { countFlag, durationFlag, gather, rateFlag, seedFlag, threadsFlag } from './flags.ts'
import { addRequest, addWay } from './way-flags.ts'

export function addCapacity(program: Command, world: World, onEnd: (code: ExitCode) => void): void {
  const first = program
    .command('capacity')
    .summary('find how much a target takes')
    .description(
      'Rehearses ever higher rates until an objective is missed, halves the gap, and confirms what it found: the highest rate at which every objective is met. Writes a folder with a report, and a run folder for each level.',
    )
    .argument('<plan|url>', 'plan file, whose traffic is replaced by level rates, or http(s) URL')
    .option('--slo <objective>', 'an objective, e.g. "p(99) < 250ms" (repeatable)', gather, [])
    .option('--forecast <rate>', "the peak that is expected (default: that of the plan's own traffic)", rateFlag('--forecast'))
    .option('--from <rate>', 'the first rate (default 10/s)', rateFlag('--from'))
    .option('--max <rate>', 'never try more than this (default: what this machine was found to send cleanly)', rateFlag('--max'))
    .option('--level <time>', 'how long each rate lasts, longer where percentiles need it (default 20s)', durationFlag('--level'))
    .option('--cool-down <time>', 'between two levels (default 5s)', durationFlag('--cool-down', true))
    .option('--zones <n>', 'zones that the target runs in', countFlag('--zones'))
    .option('--lost <n>', 'how many of them may be lost (default: one)', countFlag('--lost'))
    .addOption(new Option('--spacing <how>', 'gaps between arrivals').choices(['even', 'poisson']))
  const command = addRequest(first)
    .option('--seed <n>', "seed of everything random (default: the plan's, or 1)", seedFlag)
    .option('--threads <n>', 'threads that send, each a stripe of the arrivals; auto: one less than there are cores', threadsFlag, 1)
    .option('--calibration <file>', "what `calibrate` wrote (default: this user's own, if there is one)")
    .option('--name <text>', "name of the search (default: the plan's, or the host)")
    .option('--folder <dir>', 'folder of the search (default: runs/<start>-<name>-capacity)')
    .option('--json <file>', 'write capacity.json to a file too; - for stdout, with everything else on stderr')
    .option('--fail-as-one', 'end with 1 for every answer that is not go')
    .option('-q, --quiet', 'nothing while it searches, and at the end the verdict alone')
  addWay(command).action(async (source: string, flags: CapacityFlags) => {
    const { capacity } = await import('../actions/capacity.ts')
    onEnd(await capacity(world, source, flags))
  })
}
