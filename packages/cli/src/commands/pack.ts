// `doorbuster pack <folder>`: everything of a run in one archive, to be kept or handed over.
import type { Command } from 'commander'
import type { ExitCode } from '../exit-codes.ts'
import type { World } from '../world.ts'

export function addPack(program: Command, world: World, onEnd: (code: ExitCode) => void): void {
  program
    .command('pack')
    .summary('put a run into one archive, with hashes')
    .description('Packs the files of a run folder and their hashes into one archive; the same files give the same bytes.')
    .argument('<folder>', 'run folder')
    .option('--to <file>', 'where: a file that ends in .tar.gz')
    .action(async (folder: string, { to }: { readonly to?: string }) => {
      const { pack } = await import('../actions/pack.ts')
      onEnd(await pack(world, folder, to))
    })
}
