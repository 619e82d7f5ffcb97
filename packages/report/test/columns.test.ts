import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columnsOf, cutTo, pad, wrap } from '../src/columns.ts'
import { plainLine } from '../src/escape.ts'
import { anyText } from './support/hostile.ts'

test('wide letters take two columns and marks none', () =>
  expect([columnsOf('abc'), columnsOf('限定'), columnsOf('e\u0301'), columnsOf('🎫')]).toEqual([3, 4, 1, 2]))
test('a text that fits is left alone', () => expect(cutTo('doors', 5)).toBe('doors'))
test('a text that does not fit ends in an ellipsis', () =>
  expect([cutTo('aftershock', 6), cutTo('限定販売', 6)]).toEqual(['after…', '限定…']))

test('cut or filled, a text takes exactly the columns asked for', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 40 }), (text, columns) => {
      expect(columnsOf(pad(plainLine(text), columns))).toBe(columns)
    }),
  )
})

test('wrapped lines fit and lose no short word', () => {
  expect(wrap('7.2 % of requests failed', 12)).toEqual(['7.2 % of', 'requests', 'failed'])
  fc.assert(
    fc.property(
      fc.array(
        fc.string({ minLength: 1, maxLength: 8 }).map((word) => plainLine(word).replaceAll(' ', 'x')),
        { minLength: 1 },
      ),
      (words) => {
        const lines = wrap(words.join(' '), 12)
        expect(lines.join(' ')).toBe(words.join(' '))
        expect(lines.every((line) => columnsOf(line) <= 12)).toBe(true)
      },
    ),
  )
})
