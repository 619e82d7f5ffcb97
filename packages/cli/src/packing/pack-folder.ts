// A run folder → one archive, the same bytes for the same files: sorted names, no owners, no times. Its last entry is the hash of all others.
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, lstatSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Pack } from 'tar-stream'
import { pack } from 'tar-stream'
import { isPlainName, sumsFile, sumsText } from './sums.ts'

export type Packed = { readonly files: readonly string[]; readonly leftOut: readonly string[]; readonly sha256: string }

/** Files alone go in; folders, links and names that only look like ones stay outside and are told. */
export async function packFolder(folder: string, to: string): Promise<Packed> {
  const names = readdirSync(folder).sort()
  const files = names.filter((name) => name !== sumsFile && isPlainName(name) && lstatSync(join(folder, name)).isFile())
  const leftOut = names.filter((name) => name !== sumsFile && !files.includes(name))
  const archive = pack()
  const hash = createHash('sha256')
  const half = `${to}.half`
  try {
    await Promise.all([
      fill(archive, folder, files),
      pipeline(
        archive,
        createGzip({ level: 9 }),
        async function* (pieces: AsyncIterable<Buffer>) {
          for await (const piece of pieces) {
            hash.update(piece)
            yield piece
          }
        },
        createWriteStream(half),
      ),
    ])
    renameSync(half, to)
  } catch (error) {
    rmSync(half, { force: true })
    throw error
  }
  return { files, leftOut, sha256: hash.digest('hex') }
}

async function fill(archive: Pack, folder: string, files: readonly string[]): Promise<void> {
  const top = isPlainName(basename(folder)) ? basename(folder) : 'run'
  try {
    const sums: [string, string][] = []
    for (const name of files) sums.push([name, await add(archive, join(folder, name), `${top}/${name}`)])
    archive.entry(headers(`${top}/${sumsFile}`), sumsText(Object.fromEntries(sums)))
    archive.finalize()
  } catch (error) {
    archive.destroy(error instanceof Error ? error : new Error(String(error)))
    throw error
  }
}

/** The hash of what went into the archive, so that a file which changes meanwhile cannot be packed under another's. */
async function add(archive: Pack, path: string, name: string): Promise<string> {
  const hash = createHash('sha256')
  const entry = archive.entry({ ...headers(name), size: lstatSync(path).size })
  await pipeline(
    createReadStream(path),
    async function* (pieces: AsyncIterable<Buffer>) {
      for await (const piece of pieces) {
        hash.update(piece)
        yield piece
      }
    },
    entry,
  )
  return hash.digest('hex')
}

function headers(name: string) {
  return { name, mode: 0o644, mtime: new Date(0), uid: 0, gid: 0, uname: '', gname: '', type: 'file' } as const
}
