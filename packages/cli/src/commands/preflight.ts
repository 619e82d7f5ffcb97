// `doorbuster preflight <plan|url>`: what should be in order before the doors open. What it does stands in actions/preflight.ts.
import type { Command } from 'commander'
import { InvalidArgumentError, Option } from 'commander'
import type { PreflightFlags } from '../actions/preflight.ts'
import type { ExitCode } from '../exit-codes.ts'
import type { Check } from '../preflight/finding.ts'
import { checks } from '../preflight/finding.ts'
import type { World } from '../world.ts'
import { durationFlag, gather } from './flags.ts'

export function addPreflight(program: Command, world: World, onEnd: (code: ExitCode) => void): void {
  program
    .command('preflight')
    .summary('look over a target before the doors open')
    .description(
      'Looks over a target with a few dozen requests, one at a time: certificate, TLS, headers, cookies, caches, errors, redirects. Ends with 99 when something must be mended.',
    )
    .argument('<plan|url>', 'plan file, or http(s) URL')
    .addOption(
      new Option('--only <check>', 'this check alone (repeatable)').choices(checks).argParser(oneMoreCheck).default([], 'all of them'),
    )
    .option(
      '--until <moment>',
      'until when the certificate has to hold: "+30d", "2026-12-24T23:59:00Z" (default: the plan\'s length and 14 days)',
    )
    .option('--writes', 'ask for declared steps that may change something, too (POST, PUT, PATCH, DELETE)')
    .option('-H, --header <header>', 'a header for every request, "name: value" (repeatable)', gather, [])
    .option('--timeout <time>', 'deadline of a whole request (default 10s)', durationFlag('--timeout'))
    .option('--json <file>', 'write the findings as JSON to a file; - for stdout, with everything else on stderr')
    .option('--allow <file>', 'hosts that may be asked (default: doorbuster.allow.json)')
    .option('--connect-to <route>', 'connect elsewhere, "host:port:address:port", parts may be empty (repeatable)', gather, [])
    .option('--proxy <url>', 'http or https proxy for everything (default: HTTPS_PROXY or HTTP_PROXY, never for this machine)')
    .option('--cacert <file>', 'PEM file of authorities to trust in place of the usual ones')
    .option('--cert <file>', 'PEM file of our own certificate, and perhaps its key')
    .option('--key <file>', 'PEM file of its key (passphrase: DOORBUSTER_KEY_PASSPHRASE)')
    .action(async (source: string, flags: PreflightFlags) => {
      const { preflight } = await import('../actions/preflight.ts')
      onEnd(await preflight(world, source, flags))
    })
}

function oneMoreCheck(text: string, before: readonly Check[]): readonly Check[] {
  const check = checks.find((each) => each === text)
  if (check === undefined) throw new InvalidArgumentError(`Allowed choices are ${checks.join(', ')}.`)
  return [...before, check]
}
