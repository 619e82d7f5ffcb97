// Builds the published package: tsc mirrors the repository into dist (dist/packages/<name>/src, dist/examples/shop), then the private
// siblings' names become relative paths, so that one package carries them all. Knows nothing of what the modules do.
import { execFile } from 'node:child_process'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { selfContained } from './self-contained.ts'

const cliFolder = fileURLToPath(new URL('.', import.meta.url))
const distFolder = join(cliFolder, 'dist')

async function compile(): Promise<void> {
  const tsc = fileURLToPath(new URL('bin/tsc', import.meta.resolve('typescript/package.json')))
  const running = promisify(execFile)(process.execPath, [tsc, '-p', join(cliFolder, 'tsconfig.build.json')], { maxBuffer: 2 ** 26 })
  await running.catch((failure: { readonly stdout: string; readonly stderr: string }) => {
    throw new Error(`tsc found errors\n${failure.stdout}${failure.stderr}`)
  })
}

async function rewriteModules(): Promise<void> {
  for (const entry of await readdir(distFolder, { recursive: true })) {
    if (!/\.(?:js|d\.ts)$/.test(entry)) continue
    const file = join(distFolder, entry)
    const compiled = await readFile(file, 'utf8')
    const rewritten = selfContained(compiled, entry.replaceAll(sep, '/'))
    if (rewritten !== compiled) await writeFile(file, rewritten)
  }
}

// An old file that no source stands for any more must not reach the tarball.
await rm(distFolder, { recursive: true, force: true })
await compile()
await rewriteModules()
