// SHA256SUMS as the program sha256sum writes and reads it, for names that need no escaping.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sha256OfFile } from '../signing/evidence.ts'

export const sumsFile = 'SHA256SUMS'
const mostBytes = 64 * 1024

/** One line a file: the hash, two spaces, the name. */
export function sumsText(sums: Readonly<Record<string, string>>): string {
  return Object.entries(sums)
    .map(([name, hash]) => `${hash}  ${name}\n`)
    .join('')
}

/** A name without folders, dots in front, or anything that a shell, a terminal or sha256sum would read as more than a name. */
export function isPlainName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name)
}

/** What the folder's own SHA256SUMS does not agree with. One that was never packed has none, and one that was unpacked may have got more files. */
export function wrongSums(folder: string, { isPack }: { readonly isPack: boolean }): readonly string[] {
  const path = join(folder, sumsFile)
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return isPack ? [`${sumsFile} is missing: the pack has no hashes of its files`] : []
  if (!found.isFile() || found.size > mostBytes) return [`${sumsFile} is no list of hashes`]
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  return [...lines.flatMap((line) => wrongLine(folder, line)), ...(isPack ? unlisted(folder, lines) : [])]
}

const hashAndName = /^([0-9a-f]{64}) [ *](.+)$/

function unlisted(folder: string, lines: readonly string[]): readonly string[] {
  const listed = new Set(lines.map((line) => hashAndName.exec(line)?.[2]))
  const others = readdirSync(folder).filter((name) => name !== sumsFile && !listed.has(name))
  return others.map((name) => `${name} is in the pack and not in ${sumsFile}`)
}

function wrongLine(folder: string, line: string): readonly string[] {
  const [, hash, name = ''] = hashAndName.exec(line) ?? []
  if (hash === undefined || !isPlainName(name)) return [`${sumsFile} has a line that is no hash and name`]
  const there = sha256OfFile(join(folder, name))
  if (there === null) return [`${name} is in ${sumsFile} and not in the folder`]
  return there === hash ? [] : [`${name} does not have the hash in ${sumsFile}`]
}
