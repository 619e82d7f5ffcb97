import { existsSync, globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ARROWS, CLOCK_READERS, LONG_MODULES, RULES } from './support/architecture-rules.ts'
import { importCycles, ROOT_FOLDER, readModules, toModule } from './support/modules.ts'

const modules = readModules()
const packages = globSync('packages/*', { cwd: ROOT_FOLDER }).map((path) => path.replace(/^packages./, ''))

type Manifest = { readonly dependencies?: Readonly<Record<string, string>>; readonly devDependencies?: Readonly<Record<string, string>> }

function manifestOf(name: string): Manifest {
  return JSON.parse(readFileSync(`${ROOT_FOLDER}packages/${name}/package.json`, 'utf8'))
}

test('the house has the rooms that the arrows name, and no other', () => {
  expect(packages.sort()).toEqual(Object.keys(ARROWS).sort())
  expect([...new Set(modules.map((module) => module.inPackage))].sort()).toEqual(Object.keys(ARROWS).sort())
})

test.each(RULES)('every module $says', ({ breaches }) => {
  const breachesByModule = modules.map((module) => [module.path, breaches(module)] as const).filter(([, found]) => found.length > 0)
  expect(Object.fromEntries(breachesByModule)).toEqual({})
})

test.each(RULES)('a module is caught that breaks: $says', ({ breaches, brokenBy }) => {
  expect(breaches(toModule(...brokenBy))).not.toEqual([])
})

test('no module imports itself through others, even by type', () => {
  expect(importCycles(modules)).toEqual([])
})

test('a circle of imports is found, whatever hangs on it', () => {
  const circle = [
    toModule('packages/plan/src/a.ts', "import type { B } from './b.ts'"),
    toModule('packages/plan/src/b.ts', "import { c } from '@doorbuster/wire'"),
    toModule('packages/wire/src/index.ts', "export const c = import('../../plan/src/a.ts')"),
    toModule('packages/plan/src/before.ts', "import './a.ts'\nimport './after.ts'"),
    toModule('packages/plan/src/after.ts', ''),
    toModule('packages/plan/src/alone.ts', "import './alone.ts'"),
  ]
  const groups = importCycles(circle).map((group) => [...group].sort())
  expect(groups).toEqual([
    ['packages/plan/src/a.ts', 'packages/plan/src/b.ts', 'packages/wire/src/index.ts'],
    ['packages/plan/src/alone.ts'],
  ])
})

test.each(Object.entries(ARROWS))('the package.json of %s follows the arrows', (name, allowed) => {
  const { dependencies = {}, devDependencies = {} } = manifestOf(name)
  const siblings = Object.keys({ ...dependencies, ...devDependencies }).filter((dependency) =>
    /^(?:@doorbuster\/|doorbuster$)/.test(dependency),
  )
  const folders = siblings.map((dependency) => (dependency === 'doorbuster' ? 'cli' : dependency.replace('@doorbuster/', '')))
  expect(folders.filter((folder) => !allowed.includes(folder))).toEqual([])
})

test("cli carries its siblings' dependencies, in the same versions", () => {
  const carried = Object.keys(ARROWS).filter((name) => name !== 'cli' && name !== 'bench')
  const needed = carried
    .flatMap((name) => Object.entries(manifestOf(name).dependencies ?? {}))
    .filter(([, version]) => !version.startsWith('workspace:'))
  const { dependencies = {} } = manifestOf('cli')
  expect(needed.length).toBeGreaterThan(0)
  expect(needed.filter(([dependency, version]) => dependencies[dependency] !== version)).toEqual([])
  const own = modules.filter((module) => module.inPackage === 'cli').flatMap((module) => module.imports)
  const unneeded = Object.keys(dependencies).filter(
    (dependency) => !needed.some(([name]) => name === dependency) && !own.includes(dependency),
  )
  expect(unneeded).toEqual([])
})

test('every package has a README', () => {
  expect(packages.filter((name) => !existsSync(`${ROOT_FOLDER}packages/${name}/README.md`))).toEqual([])
})

test('an exception is listed only for a module that is there', () => {
  const excepted = Object.keys({ ...CLOCK_READERS, ...LONG_MODULES })
  expect(excepted.filter((path) => !modules.some((module) => module.path === path))).toEqual([])
})
