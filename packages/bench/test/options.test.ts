import { expect, test } from 'vitest'
import { chosen, readOptions } from '../src/options.ts'

test('without flags it is three rounds of two seconds of everything', () => {
  expect(readOptions([])).toEqual({ rounds: 3, seconds: 2, only: [], json: null })
})

test('flags are taken at their word', () => {
  expect(readOptions(['--rounds', '11', '--seconds=5', '--only', 'wrk', '--only', 'ab', '--json', 'a.json'])).toEqual({
    rounds: 11,
    seconds: 5,
    only: ['wrk', 'ab'],
    json: 'a.json',
  })
})

test.each([
  ['no rounds', ['--rounds', '0']],
  ['half seconds, which ab does not know', ['--seconds', '1.5']],
  ['an unknown flag', ['--peers']],
  ['a stray word', ['wrk']],
])('%s are refused', (_, argv) => expect(() => readOptions(argv)).toThrow())

test('a part of a name chooses every name with it, in their own order', () => {
  const all = [{ name: 'doorbuster -c 50' }, { name: 'wrk' }, { name: 'doorbuster -R 2000/s' }]
  expect(chosen(all, ['wrk', 'doorbuster'])).toEqual(all)
  expect(chosen(all, ['-R'])).toEqual([all[2]])
  expect(chosen(all, [])).toEqual(all)
})

test('a part that fits no name is refused, and the names are told', () => {
  expect(() => chosen([{ name: 'wrk' }], ['wkr'])).toThrow('expected a part of "wrk", received "wkr"')
})
