import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { vectors } from './vectors/all.ts'

const folder = new URL('.', import.meta.url)
const readme = readFileSync(new URL('../README.md', folder), 'utf8')
const section = readme.slice(readme.indexOf('## What it chooses in HTTP/1.1'), readme.indexOf('## What it chooses in connecting'))
const rows = section
  .split('\n')
  .filter((line) => /^\| (?!-|about)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
const holders = rows.flatMap(([, , , held = '']) => [...held.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))
const causes = (text: string): readonly string[] => [...new Set(text.match(/malformed:[a-z-]+/g))].sort()

test('every choice in HTTP names tables or suites that are there, and every table of vectors is named', () => {
  expect(rows.length).toBeGreaterThan(20)
  expect(rows.filter(([, , , held = '']) => !held.includes('`'))).toEqual([])
  const isThere = (name: string): boolean =>
    name in vectors || ['ts', 'test.ts'].some((end) => existsSync(new URL(`${name}.${end}`, folder)))
  expect(holders.filter((name) => !isThere(name))).toEqual([])
  expect(Object.keys(vectors).filter((table) => !holders.includes(table))).toEqual([])
})

test('every way to be malformed that the readers know is a vector, and stands in the choices', () => {
  const known = causes(
    ['head-reader', 'chunk-reader', 'response-reader'].map((name) => readFileSync(new URL(`../src/${name}.ts`, folder), 'utf8')).join(),
  )
  const proven = causes(JSON.stringify(vectors))
  expect(proven).toEqual(known)
  expect(known.filter((cause) => !section.includes(cause))).toEqual([])
})
