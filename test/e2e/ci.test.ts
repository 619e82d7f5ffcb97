// The examples of examples/ci, run with the files that they produce, read as GitHub, GitLab and others read them.
import { chmodSync, cpSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Summary } from '@doorbuster/verdict'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { TestFolder } from '../support/folders.ts'
import { testFolder } from '../support/folders.ts'
import type { Step } from '../support/github.ts'
import { evaluated, runSteps } from '../support/github.ts'
import { runInProcess } from '../support/in-process.ts'
import { ROOT_FOLDER } from '../support/modules.ts'
import { start } from '../support/processes.ts'
import type { TestServer } from '../support/servers.ts'
import { answering } from '../support/servers.ts'

let shop: TestServer
beforeAll(async () => {
  shop = await answering()
})
afterAll(() => shop[Symbol.asyncDispose]())

const example = (name: string): string => join(ROOT_FOLDER, 'examples/ci', name)
const yaml = (name: string) => parse(readFileSync(example(name), 'utf8'))

/** A repository with a plan, in which `npm install` has put doorbuster where npm puts it. */
function repository(): TestFolder {
  const folder = testFolder()
  const traffic = 'hold 30/s for 1s'
  const objectives = ['p(95) < 5s', 'errors < 50%', 'p(50) < 0.001ms, warn']
  folder.write('launch.plan.json', JSON.stringify({ name: 'ci-launch', target: shop.url.slice(0, -1), traffic, objectives }))
  mkdirSync(join(folder.path, 'node_modules/.bin'), { recursive: true })
  mkdirSync(join(folder.path, 'bin'))
  script(
    folder,
    'node_modules/.bin/doorbuster',
    `exec "${process.execPath}" --conditions=source "${ROOT_FOLDER}packages/cli/src/bin.ts" "$@"`,
  )
  script(folder, 'bin/npm', `echo "npm $*" >> "${join(folder.path, 'npm.log')}"`)
  return folder
}

function script(folder: TestFolder, name: string, text: string): void {
  folder.write(name, `#!/bin/sh\n${text}\n`)
  chmodSync(join(folder.path, name), 0o755)
}

/** Our own npm in the step that installs. */
function withNpm(step: Step): Step {
  return step.run?.includes('npm ') === true ? { ...step, run: `PATH="$PWD/bin:$PATH"\n${step.run}` } : step
}

/** Steps behind one that has put doorbuster on the path. */
function installed(step: Step): Step {
  return step.run === undefined ? step : { ...step, run: `PATH="$PWD/node_modules/.bin:$PATH"\n${step.run}` }
}

/** As the owner of the release does once the rehearsal is over. */
async function signAndPack(folder: TestFolder): Promise<void> {
  const sign = ['sign', 'doorbuster-run', '--as', 'release owner', '--until', '+14d', '--accept-risk', 'whatever this machine made of it']
  expect((await runInProcess(sign, folder.path)).exitCode).toBe(0)
  expect((await runInProcess(['pack', 'doorbuster-run', '--to', 'launch-evidence.tar.gz'], folder.path)).exitCode).toBe(0)
}

const summaryIn = (folder: TestFolder): Summary => JSON.parse(folder.read('doorbuster-run/summary.json')) as Summary
const isXml = async (path: string): Promise<boolean> => (await start('xmllint', ['--noout', path]).finished).exitCode === 0

test.concurrent('the action for GitHub gates, and leaves a summary, outputs and annotations', async ({ expect }) => {
  using folder = repository()
  const { jobs } = yaml('github/workflow.yml')
  const jobSteps = jobs.rehearse.steps as readonly (Step & { readonly with?: Readonly<Record<string, string>> })[]
  const { with: inputs = {} } = jobSteps.find(({ id }) => id === 'launch') ?? {}
  const action = yaml('github/action.yml')
  const { rehearse } = await runSteps(action.runs.steps.map(withNpm), { cwd: folder.path, inputs })
  if (rehearse === undefined) throw new Error('the action has no step rehearse')
  const summary = summaryIn(folder)
  expect(folder.read('npm.log')).toBe(`npm install --no-save ${inputs.package}\n`)
  expect(rehearse.exitCode, rehearse.stderr).toBe(summary.verdict === 'go' ? 0 : 1)
  expect(rehearse.outputs).toMatchObject({
    verdict: summary.verdict,
    'exit-code': String(rehearse.exitCode),
    'p95-ms': String(summary.responseMs.p95),
    'p99-ms': String(summary.responseMs.p99),
    'errors-ratio': '0',
    reasons: summary.reasons.join('\n'),
    report: join(folder.path, 'doorbuster-run/report.html'),
  })
  expect(rehearse.summary).toContain('ci-launch')
  expect(rehearse.summary).toContain(folder.read('doorbuster-run/report.md'))
  expect(Buffer.byteLength(rehearse.summary)).toBeLessThan(1024 * 1024)
  const [, token] = /^::stop-commands::(.+)$/m.exec(rehearse.stdout) ?? []
  expect(token).toMatch(/^[0-9a-f-]{36}$/)
  const heard = rehearse.stdout.slice(rehearse.stdout.indexOf(`::${token}::`))
  expect(heard).toMatch(/^::warning title=p\(50\) < 0\.001ms%2C warn::/m)
  expect(await isXml(join(folder.path, 'doorbuster-junit.xml'))).toBe(true)

  const outputs: Readonly<Record<string, { readonly value: string }>> = action.outputs
  const launch = Object.fromEntries(
    Object.entries(outputs).map(([name, { value }]) => [name, evaluated(value, inputs, { rehearse: rehearse.outputs })]),
  )
  // What an hour ago was as good as this.
  cpSync(join(folder.path, 'doorbuster-run'), join(folder.path, 'baseline'), { recursive: true })
  const last = await runSteps(jobSteps.map(installed), { cwd: folder.path, inputs: {}, known: { launch } })
  // Nobody can tell from 30 requests, and nothing is told of a generator that fell behind.
  expect(last.compared?.exitCode, last.compared?.stderr).toBe(summary.verdict === 'invalid' ? 1 : 0)
  if (last.compared?.exitCode === 0) expect(['not-worse', 'cannot-tell']).toContain(last.compared.outputs.answer)
  expect(last.nameless?.stdout).toBe(`The answer was ${summary.verdict}, with a p95 of ${summary.responseMs.p95} ms\n`)

  await signAndPack(folder)
  const gate = await runSteps(yaml('github/release.yml').jobs.gate.steps.map(withNpm), { cwd: folder.path, inputs: {} })
  expect(gate.signed, gate.signed?.stdout).toMatchObject({ exitCode: 0, outputs: { verified: 'true', problems: '' } })
})

test.concurrent('the job for GitLab leaves its test report and what the load performance widget reads', async ({ expect }) => {
  using folder = repository()
  const { rehearsal, release } = yaml('gitlab-ci.yml')
  const lines = [...rehearsal.before_script, ...rehearsal.script].join('\n')
  const env = { ...process.env, ...rehearsal.variables, PATH: `${join(folder.path, 'bin')}:${process.env.PATH}`, GITHUB_ACTIONS: undefined }
  const { exitCode, stderr } = await start('bash', ['-e', '-c', lines], { cwd: folder.path, env }).finished
  const { verdict, totals, serviceMs, durationMs } = summaryIn(folder)
  expect({ go: 0, 'no-go': 99, inconclusive: 96, invalid: 95 }[verdict], stderr).toBe(exitCode)
  expect(await isXml(join(folder.path, rehearsal.artifacts.reports.junit))).toBe(true)
  for (const path of rehearsal.artifacts.paths) expect(folder.read(path)).not.toBe('')
  const { metrics } = JSON.parse(folder.read(rehearsal.artifacts.reports.load_performance))
  expect([metrics.http_reqs.rate, metrics.http_req_waiting['p(90)'], metrics.http_req_waiting['p(95)']]).toEqual([
    (totals.sent * 1e3) / durationMs,
    serviceMs.p90,
    serviceMs.p95,
  ])

  const gate = [...release.before_script, ...release.script].join('\n')
  expect((await start('bash', ['-e', '-c', gate], { cwd: folder.path, env }).finished).exitCode).toBe(104)
  await signAndPack(folder)
  const { stdout, exitCode: opened } = await start('bash', ['-e', '-c', gate], { cwd: folder.path, env }).finished
  expect([opened, stdout]).toEqual([0, expect.stringContaining('signed as release owner')])
})

test.concurrent('the shell script ends with the verdict and says it in words', async ({ expect }) => {
  using folder = repository()
  const env = { ...process.env, PATH: `${join(folder.path, 'node_modules/.bin')}:${process.env.PATH}`, GITHUB_ACTIONS: undefined }
  const { exitCode, stdout } = await start('sh', [example('rehearse.sh'), 'launch.plan.json'], { cwd: folder.path, env }).finished
  const words = { 0: 'Open the doors.', 95: 'too busy', 96: 'Nobody can tell', 99: 'Do not open' }
  expect(Object.keys(words)).toContain(String(exitCode))
  expect(stdout).toContain(words[exitCode as keyof typeof words])
})
