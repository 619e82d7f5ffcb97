import { expect, test } from 'vitest'
import { byName } from '../src/by-name.ts'

test('no name is there before it was set, and every name can be', () => {
  const counts = byName<number>()
  for (const name of ['__proto__', 'constructor', 'toString']) {
    expect(counts[name]).toBeUndefined()
    counts[name] = (counts[name] ?? 0) + 1
  }
  expect(Object.entries(counts)).toEqual([
    ['__proto__', 1],
    ['constructor', 1],
    ['toString', 1],
  ])
  expect(JSON.stringify(counts)).toBe('{"__proto__":1,"constructor":1,"toString":1}')
})
