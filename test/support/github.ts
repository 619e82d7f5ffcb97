// The steps of a composite action or a job, run by bash as GitHub's runner does: variables of the environment, and the files in GITHUB_OUTPUT,
// GITHUB_STEP_SUMMARY and GITHUB_PATH between them. Reads only the expressions that the examples use.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finished } from './processes.ts'
import { start } from './processes.ts'

export type Step = {
  readonly id?: string
  readonly run?: string
  readonly uses?: string
  readonly env?: Readonly<Record<string, string>>
  readonly if?: string
}

type Values = Readonly<Record<string, string>>
export type Ran = Finished & { readonly outputs: Values; readonly summary: string }

/** Runs each step that has a script, in order; one that fails keeps all others from running but those that are for `always()`. */
export async function runSteps(
  steps: readonly Step[],
  { cwd, inputs, known = {} }: { readonly cwd: string; readonly inputs: Values; readonly known?: Readonly<Record<string, Values>> },
): Promise<Readonly<Record<string, Ran>>> {
  const ran: Record<string, Ran> = {}
  let path = process.env.PATH ?? ''
  let hasFailed = false
  for (const { id = 'nameless', run, env = {}, if: when } of steps) {
    if (run === undefined || (hasFailed && when !== 'always()')) continue
    const outputs = { ...known, ...Object.fromEntries(Object.entries(ran).map(([name, { outputs: each }]) => [name, each])) }
    const set = Object.entries(env).map(([name, text]) => [name, evaluated(text, inputs, outputs)] as const)
    const ended = await runStep(run, cwd, { PATH: path, ...Object.fromEntries(set) })
    ran[id] = ended
    path = [...readFileSync(join(cwd, 'path'), 'utf8').trim().split('\n'), path].filter((each) => each !== '').join(':')
    hasFailed ||= ended.exitCode !== 0
  }
  return ran
}

async function runStep(script: string, cwd: string, env: Values): Promise<Ran> {
  for (const name of ['output', 'summary', 'path']) writeFileSync(join(cwd, name), '')
  const files = { GITHUB_OUTPUT: join(cwd, 'output'), GITHUB_STEP_SUMMARY: join(cwd, 'summary'), GITHUB_PATH: join(cwd, 'path') }
  const all = { ...process.env, FORCE_COLOR: undefined, CI: 'true', GITHUB_ACTIONS: 'true', ...files, ...env }
  await using running = start('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], { cwd, env: all })
  const finished = await running.finished
  return {
    ...finished,
    outputs: readOutputs(readFileSync(files.GITHUB_OUTPUT, 'utf8')),
    summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
  }
}

/** `${{ inputs.plan }}` and `${{ steps.launch.outputs.verdict }}`. */
export function evaluated(text: string, inputs: Values, outputs: Readonly<Record<string, Values>>): string {
  return text.replace(/\$\{\{ (?:inputs\.([\w-]+)|steps\.([\w-]+)\.outputs\.([\w-]+)) \}\}/g, (_, input, step, name) => {
    const value = input === undefined ? outputs[step]?.[name] : inputs[input]
    if (value === undefined) throw new Error(`nothing is known of ${_}`)
    return value
  })
}

/** As documented: `name=value`, or `name<<delimiter` and all lines up to the delimiter. */
export function readOutputs(text: string): Values {
  const lines = text.split('\n')
  const found: Record<string, string> = {}
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    if (line === '') continue
    const [, name = '', sign, rest = ''] = /^([\w-]+)(=|<<)(.*)$/.exec(line) ?? []
    if (name === '') throw new Error(`no output: ${line}`)
    if (sign === '=') found[name] = rest
    else
      found[name] = lines
        .splice(0, lines.indexOf(rest) + 1)
        .slice(0, -1)
        .join('\n')
  }
  return found
}
