// `doorbuster verify <path>`: the gate for a sign-off, and for evidence that comes back from somewhere.
import type { Command } from 'commander'
import type { VerifyFlags } from '../actions/verify.ts'
import type { ExitCode } from '../exit-codes.ts'
import type { World } from '../world.ts'
import { gather } from './flags.ts'

export function addVerify(program: Command, world: World, onEnd: (code: ExitCode) => void): void {
  program
    .command('verify')
    .summary('check that a run is signed, and still what it was')
    .description(
      'Checks the sign-off and hashes of a run folder or an evidence pack, and that its raw files give the same report. Ends with 99 when anything is wrong.',
    )
    .argument('<path>', 'run folder, or a pack of one')
    .option('--plan <plan>', 'the plan that the run must be of')
    .option('--role <role>', 'who must have signed (repeatable)', gather, [])
    .option('--trust <file>', 'PEM file of the Ed25519 public key that must have signed')
    .option('--unsigned', 'do not ask for a sign-off')
    .option('--fail-as-one', 'end with 1 for every answer that is not go')
    .action(async (path: string, flags: VerifyFlags) => {
      const { verify } = await import('../actions/verify.ts')
      onEnd(await verify(world, path, flags))
    })
}
