import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Asked } from '../../src/ui/doorman.ts'
import { admit } from '../../src/ui/doorman.ts'

const token = 'Zm9yIHRlc3RzIG9ubHk'
const asked = (more: Partial<Asked> = {}): Asked => ({ method: 'GET', url: `/${token}/`, headers: { host: '127.0.0.1:4321' }, ...more })
const decided = (more: Partial<Asked> = {}) => admit(asked(more), token, 4_321)

describe('who knows the token', () => {
  test.each([
    ['GET', '', 'page'],
    ['GET', 'events', 'events'],
    ['POST', 'stop', 'stop'],
    ['GET', 'report.html', 'report'],
  ])('may %s %s', (method, place, wanted) => expect(decided({ method, url: `/${token}/${place}` })).toBe(wanted))

  test('may come by the name localhost', () => expect(decided({ headers: { host: 'localhost:4321' } })).toBe('page'))

  test.each(['HEAD', 'POST', 'OPTIONS', 'PUT'])('may not %s the page', (method) => expect(decided({ method })).toEqual({ refused: 405 }))

  test('finds nothing under another name', () => {
    for (const place of ['plan.json', 'constructor', '__proto__', 'toString']) {
      expect(decided({ url: `/${token}/${place}` })).toEqual({ refused: 404 })
    }
  })
})

test('nobody comes in without the whole token', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.constantFrom(token.slice(1), token.slice(0, -1), `${token}x`, token.toLowerCase(), '')),
      (other) => {
        fc.pre(other !== token)
        expect(decided({ url: `/${other}/` })).toEqual({ refused: 403 })
        expect(decided({ url: `/${other}/stop`, method: 'POST' })).toEqual({ refused: 403 })
      },
    ),
  )
})

test.each([undefined, 'evil.example:4321', '127.0.0.1:80', '127.0.0.1', '127.0.0.1:4321.evil.example', '0.0.0.0:4321'])(
  'the host %s is not ours, so a name that was made to lead here shows nothing',
  (host) => expect(decided({ headers: host === undefined ? {} : { host } })).toEqual({ refused: 403 }),
)

test('a page of another origin cannot press the button', () => {
  const pressed = (origin?: string) =>
    decided({ method: 'POST', url: `/${token}/stop`, headers: { host: '127.0.0.1:4321', ...(origin !== undefined && { origin }) } })
  expect(pressed('http://127.0.0.1:4321')).toBe('stop')
  expect(pressed()).toBe('stop')
  for (const origin of ['http://evil.example', 'null', 'https://127.0.0.1:4321', 'http://127.0.0.1:4322']) {
    expect(pressed(origin)).toEqual({ refused: 403 })
  }
})
