// One archive with everything that a run left, and how whoever gets it checks it.
import { statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { plainLine } from '@doorbuster/report'
import type { ExitCode } from '../exit-codes.ts'
import { exitCodes } from '../exit-codes.ts'
import { packFolder } from '../packing/pack-folder.ts'
import { judgeFolder } from '../render-folder.ts'
import { UsageError } from '../usage.ts'
import type { World } from '../world.ts'

/** @throws UsageError */
export async function pack(world: World, given: string, to: string | undefined): Promise<ExitCode> {
  const folder = resolve(world.cwd, given)
  const { signature } = judgeFolder(folder)
  const path = to === undefined ? `${folder}.tar.gz` : resolve(world.cwd, to)
  refuseOther(path)
  const { files, leftOut, sha256 } = await packed(folder, path)
  if (leftOut.length > 0) world.stderr.write(`Left out, since they are no plain files: ${leftOut.map(plainLine).join(', ')}\n`)
  if (signature === undefined)
    world.stderr.write('Nobody has signed this run: `doorbuster sign` first, or it is evidence without a name.\n')
  world.stdout.write(`${files.length} files and SHA256SUMS in ${path}\nsha256 of the pack: ${sha256}\n`)
  return exitCodes.go
}

function refuseOther(path: string): void {
  if (!/\.(?:tar\.gz|tgz)$/.test(path)) throw new UsageError('--to', 'a file that ends in .tar.gz or .tgz', basename(path))
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) throw new UsageError('--to', 'a file', `${path}, a folder`)
}

async function packed(folder: string, path: string): ReturnType<typeof packFolder> {
  try {
    return await packFolder(folder, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    throw new UsageError('--to', 'a file that can be written', `${path} (${String(error.code)})`)
  }
}
