import { expect, test } from 'vitest'
import { listed, nearest, suggestion } from '../src/nearest.ts'

test.each([
  ['trafic', 'traffic'],
  ['traffci', 'traffic'],
  ['Target', 'target'],
  ['objective', 'objectives'],
  ['seeed', 'seed'],
  ['colour', undefined],
  ['', undefined],
])('%s was probably meant to be %s', (word, meant) => {
  expect(nearest(word, ['name', 'target', 'traffic', 'objectives', 'seed'])).toBe(meant)
})

test('of several near words the nearest is meant', () => {
  expect(nearest('step', ['stop', 'steps', 'step2x', 'steps2'])).toBe('stop')
  expect(nearest('stesp', ['stop', 'steps'])).toBe('steps')
})

test('nothing near is no suggestion at all', () => {
  expect(suggestion('zzz', ['name'])).toBe('')
  expect(suggestion('nme', ['name'])).toBe(' (did you mean "name"?)')
})

test('words are listed as one would say them', () => {
  expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])]).toEqual(['', '"a"', '"a" or "b"', '"a", "b" or "c"'])
})
