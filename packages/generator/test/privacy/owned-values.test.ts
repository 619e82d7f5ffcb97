// Values that the shop gave: whose they are, in all threads that share the memory, and how they are found again among anything.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FieldNames } from '../../src/privacy/field-names.ts'
import { OwnedValues } from '../../src/privacy/owned-values.ts'
import { OwnerTable } from '../../src/privacy/owner-table.ts'
import { privacyGround, viewPrivacyMemory } from '../../src/privacy/privacy-memory.ts'

function opened(memory = privacyGround().memory) {
  const view = viewPrivacyMemory(memory)
  return { owned: new OwnedValues(new OwnerTable(view.owners, view.flags), view), names: new FieldNames(view.names) }
}

describe('a value of the shop', () => {
  const token = fc.stringMatching(/^[A-Za-z0-9_-]{8,60}$/)
  const between = fc.stringMatching(/^[ "<>/=.,:;\n]{1,12}$/)

  test('is found wherever it stands, and nothing else is', () => {
    const words = fc.uniqueArray(token, { minLength: 2, maxLength: 12 })
    fc.assert(
      fc.property(words, fc.array(between, { minLength: 13, maxLength: 13 }), (all, gaps) => {
        const { owned } = opened()
        // Every second one is somebody's.
        const mine = all.filter((_, index) => index % 2 === 0)
        for (const [index, value] of mine.entries()) expect(owned.add(index + 1, 5, value)).toBe('kept')
        const text = all.map((value, index) => `${gaps[index]}${value}`).join('') + (gaps[12] ?? '')
        const bytes = Buffer.from(text)
        const found = owned.find(bytes).map(({ at, end, owner }) => [bytes.toString('latin1', at, end), owner])
        expect(found).toEqual(mine.map((value, index) => [value, index + 1]))
      }),
      { numRuns: 30 },
    )
  })

  test('of fewer than eight characters in a row is not looked for', () => {
    const { owned } = opened()
    expect(owned.add(1, 5, '1042')).toBe('short')
    expect(owned.add(1, 5, 'ab/cd/ef/gh')).toBe('short')
    expect(owned.isEmpty).toBe(true)
  })

  test('of another is found behind two thousand of the viewer’s own', () => {
    const { owned } = opened()
    owned.add(1, 5, 'order-of-mine')
    owned.add(2, 5, 'order-of-hers')
    const page = Buffer.from(`${'order-of-mine '.repeat(2_000)}order-of-hers`)
    expect(owned.find(page, 1).map(({ owner }) => owner)).toEqual([2])
  })

  test('that was given to two shoppers names nobody', () => {
    const { owned } = opened()
    owned.add(1, 5, 'standard-basket')
    expect(owned.find(Buffer.from('"standard-basket"'))).toHaveLength(1)
    owned.add(2, 5, 'standard-basket')
    owned.add(1, 5, 'standard-basket')
    expect(owned.find(Buffer.from('"standard-basket"'))).toEqual([])
  })

  test('of a signed token is its longest part, so that what all of them begin with is nobody’s', () => {
    const { owned } = opened()
    const head = 'eyJhbGciOiJIUzI1NiJ9'
    owned.add(1, 5, `${head}.eyJzdWIiOiIxIiwibmFtZSI6IkEifQ.c2lnbmF0dXJlLW9mLW9uZQ`)
    expect(owned.find(Buffer.from(head))).toEqual([])
    expect(owned.find(Buffer.from('x eyJzdWIiOiIxIiwibmFtZSI6IkEifQ x'))).toMatchObject([{ owner: 1 }])
  })

  test('that one thread was given is known in every other', () => {
    const { memory } = privacyGround()
    opened(memory).owned.add(3, 5, 'order-000123')
    expect(opened(memory).owned.find(Buffer.from('/orders/order-000123'))).toMatchObject([{ owner: 3, field: 5 }])
  })
})

describe('names of fields', () => {
  test('have one number in all threads, whoever used them first', () => {
    const { memory } = privacyGround()
    const [one, other] = [opened(memory).names, opened(memory).names]
    const numbers = [one.numberOf('vat-id'), other.numberOf('pin'), one.numberOf('pin'), other.numberOf('vat-id')]
    expect(numbers).toEqual([5, 6, 6, 5])
    expect([other.nameOf(5), one.nameOf(6), one.nameOf(1), one.nameOf(25)]).toEqual(['vat-id', 'pin', 'email', 'canary'])
  })

  test('are at most fifteen, of at most twenty letters', () => {
    const { names } = opened()
    const letters = [...'abcdefghijklmno']
    expect(letters.map((letter) => names.numberOf(letter.repeat(20)))).toEqual(letters.map((_, index) => 5 + index))
    expect(() => names.numberOf('p')).toThrow('at most 15 fields')
    expect(names.nameOf(19)).toBe('o'.repeat(20))
    for (const bad of ['', 'Name', 'a b', 'x'.repeat(21)]) expect(() => opened().names.numberOf(bad)).toThrow('small letters')
  })
})
