// `doorbuster run <plan|url>`: one rehearsal, judged. What it does stands in actions/run.ts, loaded when it is asked for.
import type { Command } from 'commander'
import { Option } from 'commander'
import type { RunActionFlags } from '../actions/run.ts'
import type { ExitCode } from '../exit-codes.ts'
import { outputTypes } from '../output-types.ts'
import type { World } from '../world.ts'
import { countFlag, durationFlag, gather, httpFlag, rateFlag, seedFlag, threadsFlag } from './flags.ts'

const defaultMostShoppers = 50_000

export function addRun(program: Command, world: World, onEnd: (code: ExitCode) => void): void {
  program
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
    .option('-H, --header <header>', 'a header for every request, "name: value" (repeatable)', gather, [])
    .option('-X, --method <verb>', 'with a URL: GET, POST, PUT, PATCH, DELETE or HEAD')
    .option('-b, --body <text>', 'with a URL: request body (POST unless -X says otherwise)')
    .option('--timeout <time>', 'deadline of a whole request (default 10s)', durationFlag('--timeout'))
    .option('--connect-timeout <time>', 'deadline of opening a connection, TLS included (default 5s)', durationFlag('--connect-timeout'))
    .option('--first-byte-timeout <time>', "deadline of an answer's first byte (default: none)", durationFlag('--first-byte-timeout'))
    .option('--drain <time>', 'how long shoppers under way may go on after the last arrival (default 10s)', durationFlag('--drain', true))
    .option('--at <moment>', 'open the doors exactly then: 2026-11-27T08:00:00+11:00, or +30s (of a plan without the phase doors: start)')
    .option('--seed <n>', "seed of everything random (default: the plan's, or 1)", seedFlag)
    .option('--threads <n>', 'threads that send, each a stripe of the arrivals; auto: one less than there are cores', threadsFlag, 1)
    .option('--calibration <file>', "what `calibrate` wrote (default: this user's own, if there is one)")
    .option('--name <text>', "name of the run (default: the plan's, or the host)")
    .option('--folder <dir>', 'run folder (default: runs/<start>-<name>)')
    .option('--compare <base>', 'run folder of an earlier rehearsal, to stand in the same report')
    .option('--json <file>', 'write the summary as JSON to a file; - for stdout, with everything else on stderr')
    .option('-o, --output <type=file>', `also write ${outputTypes.join(', ')} (repeatable)`, gather, [])
    .option('-q, --quiet', 'nothing while running, and at the end the verdict alone')
    .option('--http <version>', 'version of HTTP, 1 or 2 (over TLS only; the server must speak it)', httpFlag)
    .option('--connect-to <route>', 'connect elsewhere, "host:port:address:port", parts may be empty (repeatable)', gather, [])
    .option('--local-address <ip>', 'address of this machine to connect from; several are taken in turn (repeatable)', gather, [])
    .option('--proxy <url>', 'http or https proxy for everything (default: HTTPS_PROXY or HTTP_PROXY, never for this machine)')
    .option('--insecure', 'do not check TLS certificates')
    .option('--cacert <file>', 'PEM file of authorities to trust in place of the usual ones')
    .option('--cert <file>', 'PEM file of our own certificate, and perhaps its key')
    .option('--key <file>', 'PEM file of its key (passphrase: DOORBUSTER_KEY_PASSPHRASE)')
    .option('--tls-resume', 'take up TLS sessions again (default: every new connection is a whole handshake)')
    .option('--allow <file>', 'hosts that may be loaded (default: doorbuster.allow.json)')
    .option('--max-rate <rate>', 'hard cap on requests per second', rateFlag('--max-rate'))
    .option('--max-sockets <n>', 'hard cap on open sockets', countFlag('--max-sockets'))
    .option('--max-duration <time>', 'hard cap on the length of the run', durationFlag('--max-duration'))
    .option(
      '--max-shoppers <n>',
      'most shoppers under way at once; beyond it arrivals are counted as dropped',
      countFlag('--max-shoppers'),
      defaultMostShoppers,
    )
    .action(async (source: string, flags: RunActionFlags) => {
      const { run } = await import('../actions/run.ts')
      onEnd(await run(world, source, flags))
    })
}
