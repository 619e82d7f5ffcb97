import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { ROOT_FOLDER } from './support/modules.ts'
import { runDoorbuster } from './support/program.ts'

test('doorbuster from source says the version of its package.json', async () => {
  const { version } = JSON.parse(readFileSync(`${ROOT_FOLDER}packages/cli/package.json`, 'utf8'))
  const { exitCode, stdout } = await runDoorbuster(['--version'], { cwd: tmpdir() })
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `${version}\n` })
})
