import { expect, test } from 'vitest'
import { chosen, readOptions } from '../src/options.ts'
import { workloads } from '../src/workloads.ts'

test('without flags it is three rounds of two seconds of everything', () => {
  expect(readOptions([])).toEqual({ rounds: 3, seconds: 2, work: [], only: [], withArtillery: false, json: null })
})

test('flags are taken at their word', () => {
  const flags = ['--rounds', '11', '--seconds=5', '--work', 'a', '--work', 'spike', '--only', 'wrk', '--with-artillery', '--json', 'a.json']
  expect(readOptions(flags)).toEqual({ rounds: 11, seconds: 5, work: ['a', 'spike'], only: ['wrk'], withArtillery: true, json: 'a.json' })
})

test.each([
  ['no rounds', ['--rounds', '0']],
  ['half seconds, which ab does not know', ['--seconds', '1.5']],
  ['an unknown flag', ['--peers']],
  ['a stray word', ['wrk']],
])('%s are refused', (_, argv) => expect(() => readOptions(argv)).toThrow())

test('a letter is one letter, a longer word a part of a name', () => {
  const names = (...work: readonly string[]) => chosen(workloads, { work, only: [] }).map(({ name }) => name)
  expect(names('a')).toEqual(['one URL, closed loop'])
  expect(names('closed')).toEqual(['one URL, closed loop', 'HTTPS, closed loop'])
  expect(names('f')).toHaveLength(3)
  expect(names()).toEqual(workloads.map(({ name }) => name))
})

test('rows are chosen by a part of their name, and work without such a row is left out', () => {
  const some = chosen(workloads, { work: ['a', 'b', 'p'], only: ['wrk'] })
  expect(some.map(({ letter, entries }) => [letter, entries.map(({ name }) => name)])).toEqual([['a', ['wrk']]])
})

test('a goal goes with the rows that it needs', () => {
  const goals = (...only: readonly string[]) => chosen(workloads, { work: ['a'], only }).flatMap((one) => one.goals.map(({ over }) => over))
  expect(goals('doorbuster', 'hey')).toEqual(['hey'])
  expect(goals('wrk')).toEqual([])
})

test('a word that fits nothing is refused, and what there is is told', () => {
  expect(() => chosen(workloads, { work: ['z'], only: [] })).toThrow('a "one URL, closed loop"')
  expect(() => chosen(workloads, { work: ['a'], only: ['wkr'] })).toThrow('received "wkr"')
})
