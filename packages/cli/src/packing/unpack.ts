// An archive from anywhere → a folder of plain files, or a reason why not. What is in it is hostile: it may name other folders, link to
// other files, say a name twice, or unpack to more than a disk holds.
import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { plainLine } from '@doorbuster/report'
import type { Headers } from 'tar-stream'
import { extract } from 'tar-stream'
import { UsageError } from '../usage.ts'
import { isPlainName } from './sums.ts'

/** More than a run leaves, and less than would harm whoever opens it. `unpackedBytes` is counted as it comes out, whatever headers say. */
export type UnpackLimits = { readonly files: number; readonly unpackedBytes: number }

const usual: UnpackLimits = { files: 100, unpackedBytes: 2 * 1024 ** 3 }

/** Read since a file's content was last handed on. Long names and their like have no limit of their own, and are kept in memory until they end. */
type Unplaced = { bytes: number }
const mostUnplacedBytes = 1024 ** 2

/** Files go flat into `folder`, which must be empty. @throws UsageError for what is no evidence pack */
export async function unpack(archive: string, folder: string, limits: UnpackLimits = usual): Promise<void> {
  const seen = new Set<string>()
  const tops = new Set<string>()
  const unplaced: Unplaced = { bytes: 0 }
  const entries = extract()
  const reading = pipeline(createReadStream(archive), createGunzip(), atMost(limits.unpackedBytes, unplaced), entries)
  // Told by the loop below, which ends with it.
  reading.catch(() => {})
  try {
    for await (const entry of entries) {
      const name = nameIn(entry.header, tops)
      if (seen.has(name.toLowerCase())) throw new Unfit(`the name ${name} twice`)
      if (seen.size >= limits.files) throw new Unfit(`more than ${limits.files} files`)
      seen.add(name.toLowerCase())
      await pipeline(Readable.from(entry), placed(unplaced), createWriteStream(join(folder, name), { flags: 'wx' }))
    }
    await reading
  } catch (error) {
    throw new UsageError(archive, 'an evidence pack of `doorbuster pack`', received(error))
  }
}

class Unfit extends Error {}

/** Everything lies in one folder, and nothing in it is anything but a file. */
function nameIn({ name, type }: Headers, tops: Set<string>): string {
  const shown = JSON.stringify(plainLine(name.slice(0, 80)))
  if (type !== 'file') throw new Unfit(`${shown}, a ${type ?? 'thing without a type'}`)
  const [top = '', file = '', ...deeper] = name.split('/')
  if (!isPlainName(top) || !isPlainName(file) || deeper.length > 0) throw new Unfit(`the name ${shown}`)
  tops.add(top)
  if (tops.size > 1) throw new Unfit('more than one folder')
  return file
}

function atMost(mostBytes: number, unplaced: Unplaced) {
  return async function* (pieces: AsyncIterable<Buffer>) {
    let bytes = 0
    for await (const piece of pieces) {
      bytes += piece.length
      unplaced.bytes += piece.length
      if (bytes > mostBytes) throw new Unfit(`more than ${mostBytes} bytes unpacked`)
      if (unplaced.bytes > mostUnplacedBytes) throw new Unfit(`more than ${mostUnplacedBytes} bytes that belong to no file`)
      yield piece
    }
  }
}

function placed(unplaced: Unplaced) {
  return async function* (pieces: AsyncIterable<Buffer>) {
    for await (const piece of pieces) {
      unplaced.bytes = 0
      yield piece
    }
  }
}

function received(error: unknown): string {
  if (error instanceof Unfit) return error.message
  const code = error instanceof Error && 'code' in error ? String(error.code) : null
  return code ?? 'something else'
}
