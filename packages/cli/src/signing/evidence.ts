// What a sign-off is bound to: the inputs of a run, and the hash of each file that holds evidence. Decides nothing.
import { createHash } from 'node:crypto'
import { closeSync, lstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { RunStart, SignedInputs } from '@doorbuster/measurements'
import { evidenceFiles } from '@doorbuster/measurements'
import type { Summary } from '@doorbuster/verdict'

export function inputsOf({ planHash, seed, arrivalsHash, target, shape, versions }: RunStart): SignedInputs {
  return { planHash, seed, arrivalsHash, target, shape, doorbuster: versions.doorbuster }
}

/** sha256 by name, of the files that are there. */
export function evidenceOf(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    evidenceFiles.flatMap((name) => {
      const hash = sha256OfFile(join(folder, name))
      return hash === null ? [] : [[name, hash]]
    }),
  )
}

/** summary.json. */
export function summaryText(summary: Summary): string {
  return `${JSON.stringify(summary, null, 2)}\n`
}

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** In hex, read in pieces; null for what is no plain file: a link may lead anywhere. */
export function sha256OfFile(path: string): string | null {
  if (lstatSync(path, { throwIfNoEntry: false })?.isFile() !== true) return null
  const file = openSync(path, 'r')
  try {
    const hash = createHash('sha256')
    const piece = Buffer.alloc(1 << 16)
    for (let length = readSync(file, piece); length > 0; length = readSync(file, piece)) hash.update(piece.subarray(0, length))
    return hash.digest('hex')
  } finally {
    closeSync(file)
  }
}
