// The README and the program, held to each other both ways: what one names, the other has. Its blocks are run in docs-blocks.test.ts.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseObjective, parseShape, planJsonSchema, presetList } from '@doorbuster/plan'
import { describe, expect, test } from 'vitest'
import { exitCodes, exitMeanings } from '../packages/cli/src/exit-codes.ts'
import { createProgram } from '../packages/cli/src/main.ts'
import { outputTypes } from '../packages/cli/src/output-types.ts'
import { verbs } from '../packages/plan/src/shape-verbs.ts'
import { anchorsOf, blocksOf, codeIn, linksOf, proseOf, tableBelow } from './support/markdown.ts'
import { ROOT_FOLDER } from './support/modules.ts'
import { silentWorld } from './support/silent-world.ts'

const fileText = (path: string): string => readFileSync(join(ROOT_FOLDER, path), 'utf8')
const readme = fileText('README.md')
const table = (line: string) => tableBelow(readme, line)
/** Names in the first column: the first word of each piece of code. */
const namesIn = (line: string) => table(line).flatMap(([cell = '']) => codeIn(cell).map((code) => /^[$\w]+/.exec(code)?.[0] ?? code))
const sorted = (names: Iterable<string>) => [...new Set(names)].sort()

describe('commands', () => {
  const { commands } = createProgram(silentWorld(), () => {})

  test('have a heading each, with their arguments', () => {
    const headings = [...readme.matchAll(/^### `doorbuster (.+)`$/gm)].map(([, heading]) => heading)
    const usages = commands.map((command) =>
      [
        command.name(),
        ...command.registeredArguments.map((argument) => {
          const name = `${argument.name()}${argument.variadic ? '…' : ''}`
          return argument.required ? `<${name}>` : `[${name}]`
        }),
      ].join(' '),
    )
    expect(headings).toEqual(usages)
  })

  test.each(commands.map((command) => [command.name(), command] as const))(
    '%s has its flags in a table, with their defaults',
    (name, command) => {
      const rows = table(`### \`doorbuster ${name}`)
      expect(rows.map(([flag = '']) => codeIn(flag)[0])).toEqual(command.options.map(({ flags }) => flags))
      for (const [index, { defaultValue, argChoices = [] }] of command.options.entries()) {
        const [, whenNotGiven, meaning] = rows[index] ?? []
        if (typeof defaultValue === 'string' || typeof defaultValue === 'number') expect(whenNotGiven).toContain(String(defaultValue))
        expect(codeIn(meaning ?? '')).toEqual(expect.arrayContaining([...argChoices]))
      }
    },
  )

  test('are on the page that npm shows', () => {
    const shown = tableBelow(fileText('packages/cli/README.md'), '| command').map(([cell = '']) => codeIn(cell)[0]?.split(' ')[0])
    expect(shown).toEqual(commands.map((command) => command.name()))
  })

  test('have every flag that the README speaks of', () => {
    const known = commands.flatMap((command) => command.options.flatMap(({ long }) => long ?? []))
    const ofOthers = ['--conditions', '--save-dev', '--out']
    const named = sorted(readme.match(/(?<![\w-])--[a-z][a-z-]*/g) ?? [])
    expect(named.filter((flag) => ![...known, ...ofOthers, '--help', '--version'].includes(flag))).toEqual([])
  })

  test('write every kind of output that is named', () => {
    const [row = []] = table('### `doorbuster run').filter(([flag]) => flag?.includes('--output'))
    expect(sorted(codeIn(row[2] ?? ''))).toEqual(sorted(outputTypes))
  })
})

test('exit codes and their meanings are those of the program', () => {
  const codes = Object.entries(exitCodes).map(([name, code]) => [String(code), exitMeanings[name as keyof typeof exitCodes]])
  expect(table('## Exit codes')).toEqual(codes)
})

test('every code of a mistake has its row, and every row its code', () => {
  const union = /type ProblemCode =([^\n]*)/.exec(fileText('packages/plan/src/problems.ts'))?.[1] ?? ''
  const codes = [...union.matchAll(/'([A-Z_]+)'/g)].map(([, code]) => code ?? '')
  expect(codes.length).toBeGreaterThan(3)
  expect(sorted(namesIn('## Mistakes'))).toEqual(sorted([...codes, 'GUARD_REFUSED']))
})

test('every name that a plan can import is in the README', () => {
  const exported = [...fileText('packages/cli/src/index.ts').matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, names = '']) =>
    names.split(',').map((name) => name.trim()),
  )
  const code = codeIn(proseOf(readme)).join(' ')
  expect(exported).toContain('launch')
  expect(exported.filter((name) => name !== '' && !new RegExp(`\\b${name}\\b`).test(code))).toEqual([])
})

test('every key of a plan has its row, and every row its key', () => {
  const { properties } = planJsonSchema() as { readonly properties: Readonly<Record<string, unknown>> }
  expect(sorted(namesIn('## The whole plan'))).toEqual(sorted(Object.keys(properties)))
})

test.each([
  ['Session', 'session'],
  ['RequestOptions', 'session'],
  ['Answer', 'answer'],
])('every member of a %s has its row, and every row its member', (type, file) => {
  const body =
    new RegExp(`export (?:interface|type) ${type}(?:<.*?>)? [={ ]*\\n(.*?)^}`, 'ms').exec(fileText(`packages/plan/src/${file}.ts`))?.[1] ??
    ''
  const members = [...body.matchAll(/^ {2}(?:readonly )?(\w+)\??[(<:]/gm)].map(([, member]) => member ?? '')
  expect(members.length).toBeGreaterThan(5)
  expect(sorted(namesIn(`| \`${type}\``))).toEqual(sorted(members))
})

test('every verb of a shape has its row, and its example is a shape', () => {
  expect(sorted(namesIn('## The shape of a crowd'))).toEqual(sorted(Object.keys(verbs)))
  for (const [, example = ''] of table('## The shape of a crowd')) expect(parseShape(codeIn(example)[0] ?? '').length).toBeGreaterThan(0)
})

test('every shape in a block is one', () => {
  const shapes = blocksOf(readme).filter(({ language }) => language === 'shape')
  expect(shapes.length).toBeGreaterThan(0)
  for (const { text } of shapes) expect(parseShape(text).length).toBeGreaterThan(0)
})

test('every preset has its row, and every row its preset', () => {
  const presets = presetList().map(({ name, peakTimesForecast, event }) => [`\`${name}\``, String(peakTimesForecast), event])
  expect(table('| preset')).toEqual(presets)
})

describe('objectives', () => {
  const examples = [...table('| metric'), ...table('| ending')].map(([, example = '']) => codeIn(example)[0] ?? '')

  test.each(examples)('%s is one', (text) => expect(parseObjective(text).text).toBe(text))

  test('have a row for every metric', () => {
    const listed = /expected a metric: (.*), received/.exec(refusal(() => parseObjective('nonsense < 1')))?.[1] ?? ''
    const words = listed.split(/, | or /).map((word) => /^[a-z]+/.exec(word)?.[0] ?? word)
    expect(words).toContain('recovery')
    const metrics = table('| metric').flat().flatMap(codeIn)
    expect(words.filter((word) => !metrics.some((code) => code.startsWith(word)))).toEqual([])
  })

  test.each(table('| k6').map((cells) => cells.map((cell) => codeIn(cell)[0] ?? '')))('%s of k6 is %s', (ofK6, ours) => {
    expect(parseObjective(ofK6 ?? '').text).toBe(ours)
  })
})

test('every check of the instrument has its row, and every row its check', () => {
  const union = /type TrustCheck = \{\s+readonly name: ([^\n]*)/.exec(fileText('packages/verdict/src/judgement.ts'))?.[1] ?? ''
  const checks = [...union.matchAll(/'([a-z-]+)'/g)].map(([, name]) => name ?? '')
  expect(checks).toContain('lateness')
  expect(table('| check').map(([cell = '']) => codeIn(cell)[0])).toEqual(checks)
})

test('every cause that the wire knows is told', () => {
  const known = [...fileText('packages/wire/src/causes.ts').matchAll(/^ {2}[A-Z_]+: '([a-z-]+)'/gm)].map(([, cause]) => cause ?? '')
  expect(known).toContain('refused')
  for (const page of ['README.md', 'packages/wire/README.md']) {
    const told = codeIn(proseOf(fileText(page)))
    expect(known.filter((cause) => !told.includes(cause))).toEqual([])
  }
})

test('every variable of the environment has its row, and every row its variable', () => {
  const sources = globSync('packages/cli/src/**/*.ts', { cwd: ROOT_FOLDER }).map(fileText).join('\n')
  const read = [...sources.matchAll(/\benv\.([A-Z_]+)/g)].map(([, name]) => name ?? '')
  expect(sorted(namesIn('## Environment'))).toEqual(sorted(read))
})

const pages = globSync(['*.md', '.github/**/*.md', 'packages/*/*.md', 'examples/**/*.md'], { cwd: ROOT_FOLDER }).filter(
  (path) => !path.includes('node_modules'),
)

test.each(pages)('every link of %s leads to a file, a heading, or out of the repository', (page) => {
  const markdown = fileText(page)
  const lost = linksOf(markdown).filter((target) => {
    if (target.startsWith('#')) return !anchorsOf(markdown).includes(target.slice(1))
    return !/^https?:/.test(target) && !existsSync(join(ROOT_FOLDER, dirname(page), target))
  })
  expect(lost).toEqual([])
})

function refusal(work: () => unknown): string {
  try {
    work()
    return ''
  } catch (error) {
    return (error as Error).message
  }
}
