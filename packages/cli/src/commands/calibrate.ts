// `doorbuster calibrate`: finds what this machine sends cleanly. What it does stands in actions/calibrate.ts, loaded when it is asked for.
import type { Command } from 'commander'
import type { CalibrateFlags } from '../actions/calibrate.ts'
import type { ExitCode } from '../exit-codes.ts'
import type { World } from '../world.ts'
import { durationFlag, rateFlag, threadsFlag } from './flags.ts'

export function addCalibrate(program: Command, world: World, onEnd: (code: ExitCode) => void): void {
  program
    .command('calibrate')
    .summary('find what this machine sends cleanly')
    .description(
      'Sends ever more to a null target on this machine until requests leave late, for bare URLs and for journeys, and compares its times with those of autocannon. What it finds is kept; `run` warns when a plan comes near it. Takes about a minute.',
    )
    .option('--threads <n>', 'also for so many sending threads (default: auto, one less than there are cores)', threadsFlag)
    .option('-d, --duration <time>', 'how long each rate is sent (default 750ms)', durationFlag('--duration'))
    .option('--max-rate <rate>', 'never ask for more than this', rateFlag('--max-rate'))
    .option('--file <path>', "where it is kept (default: doorbuster/calibration.json in this user's state folder)")
    .option('--json <file>', 'write it as JSON to a file too; - for stdout, with everything else on stderr')
    .option('-q, --quiet', 'nothing while it measures, and at the end the path of the file alone')
    .action(async (flags: CalibrateFlags) => {
      const { calibrateMachine } = await import('../actions/calibrate.ts')
      onEnd(await calibrateMachine(world, flags))
    })
}
