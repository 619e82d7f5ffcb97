// Every block of the pages that is a plan or a command: plans are loaded and their types checked, commands that send nothing are run, and
// the others are read by what would run them. A plan's block carries its file's name behind the fence.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { forecast, parseAllowList, parseObjective } from '@doorbuster/plan'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createProgram } from '../packages/cli/src/main.ts'
import type { RunFlags } from '../packages/cli/src/plan-of-run.ts'
import { planOfRun } from '../packages/cli/src/plan-of-run.ts'
import { testFolder } from './support/folders.ts'
import type { Said } from './support/many-commands.ts'
import { blocksOf, proseOf, shownIn, tableBelow, wordsOf } from './support/markdown.ts'
import { ROOT_FOLDER } from './support/modules.ts'
import { start } from './support/processes.ts'
import { silentWorld } from './support/silent-world.ts'

const fileText = (path: string): string => readFileSync(join(ROOT_FOLDER, path), 'utf8')
const readme = fileText('README.md')
const pages = [readme, fileText('packages/cli/README.md'), fileText('.github/CONTRIBUTING.md')]
const blocks = pages.flatMap(blocksOf)
const files = blocks.filter(({ file }) => file !== undefined)
const plans = files.flatMap(({ file = '' }) => (file.startsWith('broken') || file.endsWith('.allow.json') ? [] : [file]))
const modules = files.flatMap(({ file = '' }) => (file.endsWith('.ts') ? [file] : []))

const shown = blocks.filter(({ language }) => language === 'console').flatMap(shownIn)
const shellLines = blocks.filter(({ language }) => language === 'sh').flatMap(({ text }) => text.trim().split('\n'))
/** Arguments of each shell line that starts doorbuster, whichever way. */
const commandLines = shellLines.flatMap((line) => {
  const [, rest] = /^(?:npx -y pnpm@12 -s |npx )?doorbuster (.*)$/.exec(line) ?? []
  return rest === undefined ? [] : [[line, wordsOf(rest)] as const]
})

const folder = testFolder()
let said: readonly Said[] = []
let loaded: readonly Said[] = []
let written = ''
let types = { exitCode: null as number | null, stdout: 'not checked' }

beforeAll(async () => {
  for (const { file = '', text } of files) if (file !== 'launch.plan.ts') folder.write(file, text)
  said = await sayAll(shown.map(({ command }) => wordsOf(command).slice(1)))
  written = folder.read('launch.plan.ts')
  // `init` has shown how it writes this file; from here on it is the one of the npm page.
  for (const { file = '', text } of files) folder.write(file, text)
  const [ofPlans, ofTypes] = await Promise.all([sayAll(plans.map((plan) => ['shape', plan, '--json'])), typesOf(modules)])
  loaded = ofPlans
  types = ofTypes
})
afterAll(() => folder[Symbol.dispose]())

test.each(shown.map(({ command, output }, index) => [command, output, index] as const))(
  '%s prints what the page shows',
  (_, output, index) => {
    expect(evenLines(said[index]?.output ?? '')).toBe(evenLines(output))
  },
)

test('every code in the table of mistakes is shown with a message, and ends as it says', () => {
  const codes = tableBelow(readme, '## Mistakes').map(([cell = '']) => cell.replaceAll('`', ''))
  const seen = said.flatMap(({ output, exitCode }) => {
    const code = /^[A-Z]+_[A-Z]+/.exec(output)?.[0]
    return code === undefined ? [] : [[code, exitCode] as const]
  })
  expect([...new Set(seen.map(([code]) => code))].sort()).toEqual(codes.sort())
  for (const [code, exitCode] of seen) expect([code, exitCode]).toEqual([code, code === 'GUARD_REFUSED' ? 94 : 104])
})

test.each(plans.map((plan, index) => [plan, index] as const))('the block %s is a plan that loads', (_, index) => {
  expect(loaded[index]).toMatchObject({ exitCode: 0, output: expect.stringContaining('"arrivals"') })
})

test('init writes the plan that the tutorial shows, and examples/sale.ts is the same sale', () => {
  const [shownPlan] = files.filter(({ file }) => file === 'sale.ts')
  expect(shownPlan?.text.trimEnd()).toBe(written.trimEnd())
  const codeOf = (text: string) => text.slice(text.indexOf('import {')).replace(/^ {2}(?:name|target): .*\n/gm, '')
  expect(codeOf(fileText('examples/sale.ts'))).toBe(codeOf(written))
})

test('the allow file is one', () => {
  const [allow] = files.filter(({ file }) => file === 'doorbuster.allow.json')
  expect(parseAllowList(JSON.parse(allow?.text ?? ''))).toHaveLength(1)
})

test('the types of every block in TypeScript hold', () => {
  expect(modules.length).toBeGreaterThan(3)
  expect(types).toMatchObject({ exitCode: 0, stdout: '' })
})

test('the forecast says of itself what the README quotes', () => {
  const { line } = forecast({ shoppers: '1M', over: '24h', law: 'lognormal', median: '45s', sigma: 1, lasting: '5m' })
  expect(proseOf(readme)).toContain(`> ${line}\n`)
})

describe('commands of the pages', () => {
  test.each(commandLines)('%s has only flags that there are, with values that they take', async (_, [name = '', ...argv]) => {
    if (name.startsWith('-')) return expect(['--version', '--help']).toContain(name)
    const command = createProgram(silentWorld(), () => {}).commands.find((each) => each.name() === name)
    if (command === undefined) throw new Error(`there is no command ${name}`)
    const { operands, unknown } = command.parseOptions(argv)
    expect(unknown).toEqual([])
    const required = command.registeredArguments.filter((argument) => argument.required).length
    expect(operands.length).toBeGreaterThanOrEqual(required)
    expect(operands.length).toBeLessThanOrEqual(command.registeredArguments.length)
    const flags = command.opts<RunFlags>()
    const [operand = ''] = operands
    if (operand.startsWith('http')) expect((await planOfRun(operand, flags, folder.path)).target).toContain('127.0.0.1')
    else if (name === 'run' || name === 'shape') expect(isPlanOf(operand)).toBe(true)
  })

  test('that a shell line starts are doorbuster, scripts of this repository, or everyday words', () => {
    const { scripts } = JSON.parse(fileText('package.json')) as { readonly scripts: Readonly<Record<string, string>> }
    const strange = shellLines.filter((line) => {
      const [, script] = /^npx -y pnpm@12 (?:-s )?(\S+)/.exec(line) ?? []
      if (script !== undefined)
        return !(script in scripts || script === 'install' || (script === '-C' && line.includes(' packages/cli pack ')))
      return !/^(?:(?:npx )?doorbuster|npm install|mkdir|cd|alias) /.test(line)
    })
    expect(strange).toEqual([])
  })

  test('and the alias starts what the script of the same name starts', () => {
    const { scripts } = JSON.parse(fileText('package.json')) as { readonly scripts: Readonly<Record<string, string>> }
    const [, aliased = ''] = /^alias doorbuster="(.*)"$/m.exec(readme) ?? []
    expect(aliased.replaceAll('$PWD/', '').replace('node_modules/.bin/', '')).toBe(scripts.doorbuster)
  })
})

test('objectives that a page gives to check are objectives', () => {
  const given = commandLines.filter(([line]) => line.includes(' check ')).flatMap(([, argv]) => argv.slice(-1))
  expect(given.length).toBeGreaterThan(0)
  for (const text of given) expect(parseObjective(text).text).toBe(text)
})

function isPlanOf(path: string): boolean {
  return files.some(({ file }) => file === path) || existsSync(join(ROOT_FOLDER, path))
}

function evenLines(text: string): string {
  return text.trimEnd().replace(/[ \t]+$/gm, '')
}

async function sayAll(commands: readonly (readonly string[])[]): Promise<readonly Said[]> {
  const script = fileURLToPath(new URL('./support/many-commands.ts', import.meta.url))
  const { stdout, stderr } = await start(process.execPath, ['--conditions=source', script, JSON.stringify(commands)], { cwd: folder.path })
    .finished
  if (!stdout.startsWith('[')) throw new Error(`the commands said nothing: ${stderr}`)
  return JSON.parse(stdout) as readonly Said[]
}

/** In a project of its own, in which `doorbuster` is this one. */
function typesOf(names: readonly string[]) {
  const compilerOptions = {
    noEmit: true,
    paths: { doorbuster: [join(ROOT_FOLDER, 'packages/cli/src/index.ts')] },
    typeRoots: [join(ROOT_FOLDER, 'node_modules/@types')],
  }
  const project = { extends: join(ROOT_FOLDER, 'tsconfig.base.json'), compilerOptions, files: names }
  folder.write('package.json', JSON.stringify({ type: 'module' }))
  folder.write('tsconfig.json', JSON.stringify(project))
  const tsc = fileURLToPath(new URL('bin/tsc', import.meta.resolve('typescript/package.json')))
  return start(process.execPath, [tsc, '-p', folder.path]).finished
}
