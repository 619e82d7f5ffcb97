// What GitHub Actions is told by the commands that gate and send nothing, and of mistakes.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { TestFolder } from './support/folders.ts'
import { testFolder } from './support/folders.ts'
import { readOutputs } from './support/github.ts'
import { runInProcess } from './support/in-process.ts'
import { writeRun } from './support/written-run.ts'

async function inActions(folder: TestFolder, ...given: readonly string[]) {
  for (const file of ['output', 'summary']) folder.write(file, '')
  const env = { GITHUB_ACTIONS: 'true', GITHUB_OUTPUT: join(folder.path, 'output'), GITHUB_STEP_SUMMARY: join(folder.path, 'summary') }
  const said = await runInProcess(given, folder.path, env)
  return { ...said, outputs: readOutputs(folder.read('output')), summary: folder.read('summary') }
}

/** What the runner takes for a command: lines between `::stop-commands::` and its token are none. */
function commandsIn(text: string): readonly string[] {
  const heard = text.replace(/^::stop-commands::(.+)\n[\s\S]*?^::\1::\n/gm, '')
  return heard.split('\n').filter((line) => line.startsWith('::'))
}

test('compare, history and verify leave outputs, annotations and their own summaries', async () => {
  using folder = testFolder()
  const hostile = '\n::error title=made up::x'
  await writeRun(join(folder.path, 'runs/base'), { answerMs: 100, seconds: 8 })
  await writeRun(join(folder.path, 'runs/slow'), { answerMs: 200, seconds: 8, start: { name: `slow${hostile}` } })

  const compared = await inActions(folder, 'compare', 'runs/base', 'runs/slow', '--fail-as-one', '--json')
  expect(compared).toMatchObject({ exitCode: 1, outputs: { answer: 'worse', 'exit-code': '1', base: 'spring-drop' } })
  expect(JSON.parse(compared.stdout)).toMatchObject({ answer: 'worse' })
  expect(commandsIn(compared.stderr)).toEqual([expect.stringMatching(/^::error title=slow .*WORSE::/)])
  expect(compared.summary).toContain('## WORSE')

  const past = await inActions(folder, 'history', '--max-age', '1ms', '--fail-as-one')
  expect(past).toMatchObject({ exitCode: 1, outputs: { ready: 'false', runs: '2', 'exit-code': '1' } })
  expect(commandsIn(past.stdout)).toEqual([expect.stringMatching(/^::error title=rehearsals::NOT READY/)])
  expect(past.summary).toContain('## Rehearsals')
  expect((await inActions(folder, 'history', '--max-age', '1ms')).exitCode).toBe(99)

  const verified = await inActions(folder, 'verify', 'runs/base', '--fail-as-one')
  expect(verified).toMatchObject({ exitCode: 1, summary: '', outputs: { verified: 'false', 'exit-code': '1' } })
  expect(verified.outputs.problems).toContain('nobody has signed this run')
  expect(commandsIn(verified.stdout)).toHaveLength((verified.outputs.problems ?? '').split('\n').length)
})

test.each([
  [['run', 'plan.json'], 104, 3, '::error title=doorbuster%3A a mistake in the plan%2C a flag or a file::PLAN_INVALID '],
  [['run', 'http://203.0.113.7/', '-R', '5/s'], 94, 1, '::error title=doorbuster%3A the guard refused the target%2C or'],
  [['history', '--fail'], 104, 1, '::error title=doorbuster%3A a mistake in the plan%2C a flag or a file::error: unknown option'],
  [['check', 'nowhere', '--fail-as-one'], 104, 1, '::error title=doorbuster%3A a mistake in the plan%2C a flag or a file::USAGE_INVALID '],
])('%j came to nothing: an error for each of its mistakes, no outputs and no summary', async (given, code, mistakes, first) => {
  using folder = testFolder()
  mkdirSync(join(folder.path, 'runs'))
  const name = '::error::x'
  folder.write(
    'plan.json',
    JSON.stringify({ name: `a\n${name}`, target: 'http://127.0.0.1:1', traffic: 'hold 5', objectives: ['p(101) < 5%'] }),
  )
  const { exitCode, stderr, outputs, summary } = await inActions(folder, ...given)
  expect({ exitCode, outputs, summary }).toEqual({ exitCode: code, outputs: {}, summary: '' })
  expect(commandsIn(stderr).map((line) => line.slice(0, first.length))).toEqual(Array.from({ length: mistakes }, () => first))
  const elsewhere = await runInProcess(given, folder.path)
  expect(elsewhere.stderr).not.toMatch(/^::/m)
})
