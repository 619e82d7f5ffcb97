import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ROOT_FOLDER } from './support/modules.ts'

const AT_THE_ROOT = [
  '.ci',
  '.config',
  '.github',
  '.gitignore',
  'LICENSE',
  'README.md',
  'examples',
  'package.json',
  'packages',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'test',
  'tsconfig.base.json',
]

/** Tracked files, and new ones that git does not ignore. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: ROOT_FOLDER, encoding: 'utf8' })
  .split('\0')
  .filter((path) => path !== '')

function linesOf(path: string): readonly string[] {
  return readFileSync(ROOT_FOLDER + path, 'utf8')
    .trimEnd()
    .split('\n')
}

test('the root holds what the house needs, and nothing else', () => {
  expect([...new Set(files.map((path) => path.replace(/\/.*/, '')))].sort()).toEqual(AT_THE_ROOT.sort())
})

test("no file names a path of its author's machine", () => {
  const texts = files.filter((path) => /\.(?:ts|js|json|ya?ml|md|html|css|svg)$|\.ci\/|^LICENSE$/.test(path))
  const naming = texts.filter((path) => /(?<![\w.@-])\/(?:root|work|home\/\w+|Users\/\w+)\//.test(linesOf(path).join('\n')))
  expect(texts.length).toBeGreaterThan(50)
  expect(naming).toEqual([])
})

test('decisions are numbered from 001 without a gap, and each fits a screen', () => {
  const decisions = files.filter((path) => path.startsWith('.github/decisions/')).sort()
  const numbers = decisions.map((path) => /^\.github\/decisions\/(\d{3})-[a-z0-9-]+\.md$/.exec(path)?.[1])
  expect(numbers).toEqual(decisions.map((_, index) => String(index + 1).padStart(3, '0')))
  expect(decisions.length).toBeGreaterThan(0)
  expect(decisions.filter((path) => linesOf(path).length >= 40)).toEqual([])
})

test('the contributor page stays under 100 lines', () => {
  expect(linesOf('.github/CONTRIBUTING.md').length).toBeLessThan(100)
})
