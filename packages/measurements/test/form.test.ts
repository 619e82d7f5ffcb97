import { describe, expect, test } from 'vitest'
import { amount, listOf, moment, named, objectWith, oneOf, optional, orNull, text, whole } from '../src/form.ts'

const form = objectWith<{ name: string; sizes: readonly number[]; note?: string }>({
  name: text,
  sizes: listOf(amount),
  note: optional(text),
})

describe('a form', () => {
  test('is silent about a value that has it, with whatever else is in there', () => {
    expect(form({ name: '', sizes: [0, 1.5], more: true })).toBeNull()
  })

  test.each([
    [null, { path: '', expected: 'an object', received: 'null' }],
    [[], { path: '', expected: 'an object', received: '[]' }],
    [{ sizes: [] }, { path: 'name', expected: 'a text', received: 'nothing' }],
    [
      { name: 'a', sizes: {} },
      { path: 'sizes', expected: 'a list', received: '{}' },
    ],
    [
      { name: 'a', sizes: [1, -1] },
      { path: 'sizes[1]', expected: 'a number, zero or above', received: '-1' },
    ],
    [
      { name: 'a', sizes: [], note: 1 },
      { path: 'note', expected: 'a text', received: '1' },
    ],
  ])('names the first part of %j that is wrong', (value, mistake) => expect(form(value)).toEqual(mistake))

  test('asks for members of its own, not for what every object inherits', () => {
    expect(objectWith<{ constructor: unknown }>({ constructor: amount })({})).toMatchObject({ path: 'constructor', received: 'nothing' })
    expect(form(JSON.parse('{"__proto__":{"name":"a","sizes":[]}}'))).toMatchObject({ path: 'name', received: 'nothing' })
    expect(oneOf({ open: true })('toString')).toMatchObject({ expected: '"open"' })
  })

  test('looks at every value of an object with outside names, `__proto__` among them', () => {
    expect(named(whole)(JSON.parse('{"a":1,"__proto__":{}}'))).toMatchObject({ path: '__proto__', received: '{}' })
  })

  test('takes infinity, which JSON may say as 1e999, for no number', () => {
    expect(amount(JSON.parse('1e999'))).not.toBeNull()
    expect(whole(2 ** 60)).not.toBeNull()
  })

  test('knows moments, lists of a length, and null where it is allowed', () => {
    expect([moment('2026-11-20T08:00:00.000Z'), orNull(text)(null), listOf(whole, 2)([1, 2])]).toEqual([null, null, null])
    for (const mistake of [moment('soon'), moment(null), text(null), listOf(whole, 2)([1])]) expect(mistake).not.toBeNull()
  })

  test('shows no more than the beginning of what it found', () => {
    expect(amount('x'.repeat(1_000))?.received).toHaveLength(81)
  })
})
