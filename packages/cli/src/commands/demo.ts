// `doorbuster demo`: the same Click Frenzy-style opening against two shops that look alike, and what each report says.
import type { Command } from 'commander'
import { Option } from 'commander'
import type { DemoFlags, Manner } from '../actions/demo.ts'
import type { ExitCode } from '../exit-codes.ts'
import type { World } from '../world.ts'
import { countFlag } from './flags.ts'

type Flags = DemoFlags & { readonly serve?: Manner; readonly port: number }

const defaultPort = 4000

export function addDemo(program: Command, world: World, onEnd: (code: ExitCode) => void): void {
  program
    .command('demo')
    .summary('rehearse two demo shops, one that falls and one that holds')
    .description(
      'Starts a naive and a hardened demo shop on this machine, sends both the same opening, and shows the two verdicts side by side.',
    )
    .addOption(new Option('--serve <manner>', 'only serve one of the shops until Ctrl-C').choices(['naive', 'hardened']))
    .option('--port <n>', 'with --serve: port', countFlag('--port'), defaultPort)
    .option('--folder <dir>', 'where the two run folders go (default: runs/<start>-demo)')
    .option('-q, --quiet', 'nothing while the runs go on')
    .action(async (flags: Flags) => {
      const { demo, serve } = await import('../actions/demo.ts')
      onEnd(flags.serve === undefined ? await demo(world, flags) : await serve(world, flags.serve, flags.port))
    })
}
