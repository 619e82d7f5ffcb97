import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasLuhnDigit, personalDataIn } from '../../src/privacy/personal-data.ts'
import { shownAround } from '../../src/privacy/shown-text.ts'

const fieldsIn = (text: string, ignored: readonly string[] = []): readonly string[] =>
  personalDataIn(text, (value) => ignored.includes(value)).map(({ field }) => field)

describe('personal data by its form', () => {
  test.each([
    ['an e-mail address', 'mail ada@shop-mail.co.uk, please', ['email']],
    ['one in a link', 'mailto:ada@shop-mail.co', ['email']],
    ['a Visa number in groups', 'paid by 4539 1488 0343 6467.', ['card']],
    ['a Mastercard number', '"5555555555554444"', ['card']],
    ['a number of the second series of Mastercard', '2223003122003222', ['card']],
    ['an American Express number', '3782-822463-10005', ['card']],
    ['a phone number', 'call +44 (20) 7123 4567 today', ['phone']],
  ])('%s is found', (_what, text, fields) => {
    expect(fieldsIn(text)).toEqual(fields)
  })

  test.each([
    ['an address of nobody’s domain', 'ada@example.com, bob@shop.test, eve@sub.example.org'],
    ['a file for large screens', '<img src="logo@2x.png">'],
    ['a version of a package', 'react@19.2.0'],
    ['the user of a URL', 'https://key9@sentry-mail.co/1 and https://ada:word@shop-mail.co/'],
    ['a card number whose last digit does not fit', '4539148803436468'],
    ['a long number that begins as no card does', '9539148803436467'],
    ['a longer number', '45391488034364671234'],
    ['a part of a code', 'order-4539148803436467-x'],
    ['a number of fiction', '+1 212 555 0123, +447700900123'],
    ['a number of ours', '+999120000001234'],
    ['a time zone and a sum', 'at 10:00+01:00, 1+23456789'],
  ])('%s is none', (_what, text) => {
    expect(fieldsIn(text)).toEqual([])
  })

  test('a page made of at signs is given up after 2,000 of them', () => {
    expect(fieldsIn(`${'@ '.repeat(1_999)}ada@shop-mail.co`)).toEqual(['email'])
    expect(fieldsIn(`${'@ '.repeat(2_000)}ada@shop-mail.co`)).toEqual([])
  })

  test('what is meant to be seen is passed over, in whatever form it is given', () => {
    expect(fieldsIn('Ada@Shop-Mail.co', ['ada@shop-mail.co'])).toEqual([])
    expect(fieldsIn('+44 20 7123 4567', ['+442071234567'])).toEqual([])
    expect(fieldsIn('4539 1488 0343 6467', ['4539148803436467'])).toEqual([])
  })

  test('of any digits exactly one last digit fits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{13,18}$/), (digits) => {
        expect([...'0123456789'].filter((last) => hasLuhnDigit(digits + last))).toHaveLength(1)
      }),
    )
  })

  test('text of one letter a hundred thousand times is read in its own length', () => {
    for (const letter of ['a', '@', '1', '+', '.', 'a@', '1 ', '+1']) expect(fieldsIn(letter.repeat(100_000))).toEqual([])
  })
})

describe('the surroundings of a find', () => {
  test('are at most 120 characters, with the name of the field in place of the find', () => {
    const bytes = Buffer.from(`${'word '.repeat(50)}SECRET${' word'.repeat(50)}`)
    const at = bytes.indexOf('SECRET')
    const shown = shownAround(bytes, at, at + 6, 'email')
    expect(shown).toContain('word [email] word')
    expect(shown.length).toBeLessThanOrEqual(120)
    expect(shown).not.toContain('SECRET')
  })

  test('cover addresses, tokens and numbers, wherever they are cut', () => {
    fc.assert(
      fc.property(fc.nat({ max: 70 }), (gap) => {
        const bytes = Buffer.from(`ada.lovelace@shop-mail.co token=abcdef0123456789abcdef 4539148803436467${' '.repeat(gap)}X`)
        expect(shownAround(bytes, bytes.length - 1, bytes.length, 'name')).not.toMatch(/lovelace|shop-mail|abcdef0|4539148|0343646/)
      }),
    )
  })
})
