import { describe, expect, test } from 'vitest'
import { headersSchema, overlaid } from '../src/headers.ts'
import type { PlanError } from '../src/problems.ts'
import { raise } from '../src/problems.ts'
import { read } from '../src/schema-problems.ts'
import { problemsOf } from './problems-of.ts'

function headersOf(given: unknown): unknown {
  const problems: PlanError['problems'][number][] = []
  const found = read(problems, 'headers', headersSchema, given)
  raise('PLAN_INVALID', problems)
  return found
}

const valueWords = 'a header value: one line of Latin-1 without control characters'

describe('headers', () => {
  test('are kept by name in lower case, with values as text', () => {
    expect(headersOf({ Accept: 'text/html', 'X-Count': 3, host: 'shop.example', 'x-name': 'Zoë', 'x-empty': '' })).toEqual({
      accept: 'text/html',
      'x-count': '3',
      host: 'shop.example',
      'x-name': 'Zoë',
      'x-empty': '',
    })
  })

  test.each(['Transfer-Encoding', 'connection', 'Content-Length', 'expect', 'Upgrade', 'keep-alive', 'TE', 'trailer'])(
    'never hold %s, which is the transport to say',
    (name) => {
      expect(problemsOf(() => headersOf({ [name]: 'x' }))).toEqual([
        expect.stringContaining(`: no "${name.toLowerCase()}" header: the transport says it itself | "${name}"`),
      ])
    },
  )

  test.each<[unknown, string]>([
    ['hunter2\r\nx: y', 'several lines'],
    ['hunter2\0', 'a control character'],
    ['hunter2\t', 'a control character'],
    ['hunter2\u0085', 'a control character'],
    ['hunter2 €', 'a character beyond Latin-1 (percent-encode it)'],
    [['hunter2'], 'a list'],
    [{ value: 'hunter2' }, 'an object'],
    [true, 'a boolean'],
    [null, 'nothing'],
    [Number.NaN, 'a number'],
  ])('with the value %j say which header, but never the value', (value, received) => {
    expect(problemsOf(() => headersOf({ authorization: value }))).toEqual([`headers.authorization: ${valueWords} | ${received}`])
  })

  test('that are there twice, however written, are a mistake', () => {
    expect(problemsOf(() => headersOf({ 'X-A': '1', 'x-a': '2' }))).toEqual([
      'headers["x-a"]: each header once, in upper or lower case | "x-a"',
    ])
  })

  test('tell all of their mistakes at once', () => {
    expect(problemsOf(() => headersOf({ 'x y': '', te: 'a\nb', good: '1', Good: '2' }))).toHaveLength(4)
  })

  test.each<[string, unknown]>([
    ['a text', 'accept: text/html'],
    ['a list', [['accept', 'text/html']]],
    ['a Map', new Map([['accept', 'text/html']])],
    ["fetch's Headers", new Headers({ accept: 'text/html' })],
  ])('are no %s', (_, given) => {
    expect(problemsOf(() => headersOf(given))).toEqual([
      expect.stringContaining('headers: headers by name, such as { accept: "text/html" }'),
    ])
  })
})

test('of headers put over others, the last of a name stays, in any case', () => {
  expect(overlaid({ accept: 'a', 'x-a': '1' }, { 'X-A': '2', 'x-A': '3' })).toEqual({ accept: 'a', 'x-a': '3' })
})
