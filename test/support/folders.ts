// Temporary folders that are gone when the test is. Knows nothing of what is written into them.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type TestFolder = Disposable & {
  readonly path: string
  readonly names: (below?: string) => readonly string[]
  readonly read: (name: string) => string
  readonly write: (name: string, text: string) => void
}

export function testFolder(): TestFolder {
  const path = mkdtempSync(join(tmpdir(), 'doorbuster-test-'))
  return {
    path,
    names: (below = '') => readdirSync(join(path, below)).sort(),
    read: (name) => readFileSync(join(path, name), 'utf8'),
    write: (name, text) => writeFileSync(join(path, name), text),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  }
}
