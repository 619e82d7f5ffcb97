import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, canonicalPlan, planHash } from '../src/canonical.ts'
import type { Launch } from '../src/launch.ts'
import { launch } from '../src/launch.ts'
import { readPlan } from '../src/read-plan.ts'
import type { Journey } from '../src/session.ts'
import { shopper } from '../src/shoppers.ts'

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, reversed(each)]),
  )
}

describe('canonical JSON', () => {
  test('sorts keys by UTF-16 code units and leaves no space (the example of RFC 8785)', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew',
      '1': 'One',
      '\ud83d\ude00': 'Smiley',
      '\u0080': 'Control',
      '\u00f6': 'O',
    }
    expect(Object.keys(JSON.parse(canonicalJson(value)) as object).filter((key) => key !== '1')).toEqual([
      '\r',
      '\u0080',
      '\u00f6',
      '\u20ac',
      '\ud83d\ude00',
      '\ufb33',
    ])
    expect(canonicalJson({ b: [1, { d: null, c: true }], a: 'x' })).toBe('{"a":"x","b":[1,{"c":true,"d":null}]}')
  })

  test('writes numbers as ECMAScript does', () => {
    expect(canonicalJson([Number('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27, -0])).toBe('[333333333.3333333,1e+30,4.5,0.002,1e-27,0]')
  })

  test('leaves out keys without a value, and refuses what JSON cannot hold', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}')
    expect(() => canonicalJson({ a: Number.NaN })).toThrow('NaN')
    expect(() => canonicalJson([() => 1])).toThrow('function')
  })

  test('is the same for any order of keys, and reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value))
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})

const journey: Journey = async (s) => {
  await s.get('/', { step: 'landing' })
}
const given: Launch = {
  name: 'drop',
  target: 'http://127.0.0.1:4000',
  traffic: 'hold 20/s for 1m',
  headers: { accept: 'text/html', Authorization: 'Bearer hunter2' },
  shoppers: [shopper('buyer', journey), shopper('looker', {}, [{ get: '/', headers: { cookie: 'sid=hunter2', 'x-api-key': 'hunter2' } }])],
  objectives: ['p(95) < 500ms'],
}

describe('a canonical plan', () => {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

  test('holds the hash of its code, and no secret, neither as it is nor as a hash', () => {
    const text = JSON.stringify(canonicalPlan(launch(given)))
    expect(text).toContain('"accept":"text/html"')
    expect(text).toContain('"authorization":{"secret":true}')
    expect(text).toContain(sha256(String(journey)))
    for (const secret of ['Bearer hunter2', 'sid=hunter2', 'hunter2']) {
      expect(text).not.toContain(secret)
      expect(text).not.toContain(sha256(secret))
    }
  })

  const planted = (secret: string): Launch => ({
    name: 'drop',
    target: 'http://127.0.0.1:4000/shop',
    traffic: 'hold 20/s for 1m',
    headers: {
      Cookie: `sid=${secret}`,
      'Proxy-Authorization': secret,
      'x-client-key': secret,
      'x-forwarded-for': `Bearer ${secret}`,
      referer: `http://ada:${secret}@127.0.0.1/?access_token=${secret}`,
    },
    steps: [
      { get: `/p?sku=tv&token=${secret}&next=/login?sig=${secret}#`.replace('#', ''), headers: { 'X-Auth-Token': secret } },
      { get: `/p;jsessionid=${secret}?%74oken=${secret}` },
      { get: `/p?a=1;password=${secret}&url=http%3A%2F%2F127.0.0.1%2F%3Fapi_key%3D${secret}` },
      { step: 'login', post: '/login', body: `user=ada&password=${secret}` },
      {
        step: 'order',
        post: '/orders',
        json: { sku: 'tv', qty: 2, card: [{ cvv: secret }], session: { id: secret }, back: `/?token=${secret}` },
      },
      { step: 'raw', post: '/raw', body: secret },
    ],
  })

  test('holds no secret, wherever a request carries it', () => {
    const text = JSON.stringify(canonicalPlan(launch(planted('hunter2secret'))))
    expect(text).not.toContain('hunter2')
    for (const kept of ['/p?sku=tv&token=•••', '"qty":2', '"sku":"tv"', '"login"', 'GET /p']) expect(text).toContain(kept)
  })

  test('has the same hash with another secret: it is the same launch', () => {
    const withoutRaw = (secret: string) => ({ ...planted(secret), steps: planted(secret).steps?.slice(0, -1) })
    expect(planHash(launch(withoutRaw('another')))).toBe(planHash(launch(withoutRaw('hunter2'))))
  })

  test('shows a JSON body, and the hash of any other', () => {
    const bodyOf = (step: object) => {
      const { shoppers } = Object(canonicalPlan(launch({ ...planted('x'), steps: [{ post: '/', ...step }] })))
      return shoppers[0].requests[0].body
    }
    expect(bodyOf({ json: { sku: 'tv', pin: 1234 } })).toEqual({ json: { sku: 'tv', pin: '•••' } })
    expect(bodyOf({ body: '<order/>' })).toEqual({ sha256: sha256('<order/>') })
    expect(bodyOf({ json: 'hunter2' })).toEqual({ sha256: sha256('"hunter2"') })
    expect(bodyOf({ body: '{"big":1e999,"__proto__":{"token":"x"}}' })).toEqual({
      json: JSON.parse('{"big":"Infinity","__proto__":{"token":"•••"}}'),
    })
  })

  test('has a hash that does not depend on the order of keys', () => {
    expect(planHash(readPlan(reversed({ ...given })))).toBe(planHash(launch(given)))
    expect(planHash(launch(given))).toMatch(/^[0-9a-f]{64}$/)
  })

  test.each<[string, Partial<Launch>]>([
    ['traffic', { traffic: 'hold 21/s for 1m' }],
    ['seed', { seed: 2 }],
    ['objectives', { objectives: ['p(95) < 501ms'] }],
    ['header', { headers: { accept: 'text/plain', Authorization: 'Bearer hunter2' } }],
    [
      'journey',
      {
        shoppers: [
          shopper('buyer', async (s) => void (await s.get('/p', { step: 'landing' }))),
          given.shoppers?.[1] ?? shopper('x', [] as never),
        ],
      },
    ],
  ])('has another hash when its %s is another', (_, other) => {
    expect(planHash(launch({ ...given, ...other }))).not.toBe(planHash(launch(given)))
  })

  test('has the same hash with its traffic as text and as lines', () => {
    expect(planHash(launch({ ...given, traffic: ['hold 20/s for 1m'] }))).toBe(planHash(launch(given)))
  })
})

test('the page that watchers refresh holds no secret', () => {
  const plan = launch({
    name: 'x',
    target: 'http://127.0.0.1/',
    traffic: 'hold 1/s for 10s; doors: burst 1',
    shoppers: [{ name: 'a', watchers: { step: '/sale?token=s3cr3t' }, steps: [{ get: '/' }] }],
  })
  const text = canonicalJson(canonicalPlan(plan))
  expect(text).toContain('/sale?token=•••')
  expect(text).not.toContain('s3cr3t')
})
