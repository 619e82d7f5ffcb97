// `doorbuster run <plan|url>`: one rehearsal, judged. What it does stands in actions/run.ts, loaded when it is asked for.
import type { Command } from 'commander'
import { Option } from 'commander'
import type { RunActionFlags } from '../actions/run.ts'
import type { ExitCode } from '../exit-codes.ts'
import { outputTypes } from '../output-types.ts'
import type { World } from '../world.ts'
import { countFlag, durationFlag, gather, portFlag, rateFlag, seedFlag, threadsFlag } from './flags.ts'
import { addRequest, addWay } from './way-flags.ts'

export function addRun(program: Command, world: World, onEnd: (code: ExitCode) => void): void {
  const first = program
    .command('run')
    .summary('rehearse a launch and judge it')
    .description(
      'Rehearses a launch: a plan file (.ts, .js, .json, .yaml), or a URL with -R, --shape or -c. Writes a run folder and judges it.',
    )
    .argument('<plan|url>', 'plan file, or http(s) URL')
    .option('-R, --rate <rate>', 'with a URL: arrivals at this rate, whatever the target does (500/s, 1200/m)', rateFlag('--rate'))
    .option('-d, --duration <time>', 'with a URL: how long (default 10s)', durationFlag('--duration'))
    .option('-c, --connections <n>', 'with a URL: a closed loop of this many shoppers instead of a rate', countFlag('--connections'))
    .option('--shape <text>', 'traffic as text, e.g. "hold 20/s for 10s; ramp to 200/s over 5s" (replaces that of a plan)')
    .addOption(new Option('--spacing <how>', 'gaps between arrivals').choices(['even', 'poisson']))
    .option('--slo <objective>', 'an objective, e.g. "p(99) < 250ms" or "errors < 0.1% for 10s, abort" (repeatable)', gather, [])
  const command = addRequest(first)
    .option('--at <moment>', 'open the doors exactly then: 2026-11-27T08:00:00+11:00, or +30s (of a plan without the phase doors: start)')
    .option('--seed <n>', "seed of everything random (default: the plan's, or 1)", seedFlag)
    .option('--threads <n>', 'threads that send, each a stripe of the arrivals; auto: one less than there are cores', threadsFlag, 1)
    .option('--calibration <file>', "what `calibrate` wrote (default: this user's own, if there is one)")
    .option('--name <text>', "name of the run (default: the plan's, or the host)")
    .option('--folder <dir>', 'run folder (default: runs/<start>-<name>)')
    .option('--capacity <folder>', 'folder of an earlier search for capacity, to be told on the page')
    .option('--compare <base>', 'run folder of an earlier rehearsal, to stand in the same report')
    .option('--json <file>', 'write the summary as JSON to a file; - for stdout, with everything else on stderr')
    .option('-o, --output <type=place>', `also give ${outputTypes.join(', ')} (repeatable)`, gather, [])
    .option(
      '--linger <time>',
      'how long a scraper of this run may take to come once more after it (default 20s)',
      durationFlag('--linger', true),
    )
    .option('--fail-as-one', 'end with 1 for every answer that is not go')
    .option('--ui [port]', 'watch the run on a page of this machine, on any free port unless this one; stop it there', portFlag('--ui'))
    .option('-q, --quiet', 'nothing while running, and at the end the verdict alone')
  addWay(command).action(async (source: string, flags: RunActionFlags) => {
    const { run } = await import('../actions/run.ts')
    onEnd(await run(world, source, flags))
  })
}
