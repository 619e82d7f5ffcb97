// `doorbuster sign <folder>`: somebody stands for a run, until a day.
import type { Command } from 'commander'
import type { SignFlags } from '../actions/sign.ts'
import type { ExitCode } from '../exit-codes.ts'
import type { World } from '../world.ts'

export function addSign(program: Command, world: World, onEnd: (code: ExitCode) => void): void {
  program
    .command('sign')
    .summary('sign a run off, until a day')
    .description('Adds a sign-off to signature.json, bound to the inputs and the files of the run, and writes the report anew with it.')
    .argument('<folder>', 'run folder')
    .requiredOption('--as <role>', 'who signs: a role or a name')
    .requiredOption('--until <moment>', 'the last day or moment at which it holds: 2026-12-01, +14d')
    .option('--accept-risk <words>', 'which risk is accepted; needed for whatever is not a go')
    .option('--key <file>', 'PEM file of an Ed25519 private key: proves who signed')
    .action(async (folder: string, flags: SignFlags) => {
      const { sign } = await import('../actions/sign.ts')
      onEnd(await sign(world, folder, flags))
    })
}
