import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { canonicalPlan, planHash } from '../src/canonical.ts'
import { curve } from '../src/curve.ts'
import { planFromData, planJsonSchema, withCurves, withFiles } from '../src/declared.ts'
import { launch } from '../src/launch.ts'
import { PlanError } from '../src/problems.ts'
import { hold } from '../src/stages.ts'

const target = 'http://127.0.0.1:4000'
const data = {
  $schema: './plan.schema.json',
  name: 'drop',
  target,
  traffic: ['baseline: hold 20/s for 1m', 'doors: burst 100'],
  steps: [
    { step: 'landing', get: '/', headers: { accept: 'text/html', 'x-count': 3 }, think: 'exp 3s' },
    { step: 'order', post: '/orders', json: { sku: 'tv-55', qty: 1 }, expect: [201, 409] },
  ],
  objectives: ['p(95) of order < 500ms in doors'],
}

function problemsOf(value: unknown): string[] {
  try {
    planFromData(value)
    return []
  } catch (error) {
    if (error instanceof PlanError) return error.message.split('\n')
    throw error
  }
}

describe('a plan as data', () => {
  test('declares the requests of its visitor', () => {
    const [visitor] = planFromData(data).shoppers
    expect(visitor).toEqual({
      kind: 'steps',
      name: 'visitor',
      weight: 1,
      steps: ['landing', 'order'],
      requests: [
        { step: 'landing', method: 'GET', path: '/', headers: { accept: 'text/html', 'x-count': '3' }, think: 'exp 3s' },
        {
          step: 'order',
          method: 'POST',
          path: '/orders',
          headers: { 'content-type': 'application/json' },
          body: '{"sku":"tv-55","qty":1}',
          expect: [201, 409],
        },
      ],
    })
  })

  test('keeps a content type that is given beside a JSON body', () => {
    const steps = [{ post: '/', json: 1, headers: { 'Content-Type': 'application/vnd.shop+json' } }]
    expect(planFromData({ ...data, objectives: [], steps }).shoppers[0]).toMatchObject({
      requests: [{ headers: { 'content-type': 'application/vnd.shop+json' } }],
    })
  })

  test('may have several classes of shoppers instead', () => {
    const shoppers = [
      { name: 'looker', weight: 80, steps: [{ get: '/' }] },
      { name: 'buyer', weight: 20, steps: [{ step: 'order', post: '/orders', think: 250 }] },
    ]
    const plan = planFromData({ ...data, steps: undefined, shoppers })
    expect(plan.shoppers.map(({ name, weight, steps }) => [name, weight, steps])).toEqual([
      ['looker', 80, ['GET /']],
      ['buyer', 20, ['order']],
    ])
    expect(plan.shoppers[1]).toMatchObject({ requests: [{ think: '250ms' }] })
  })

  test('says the same as the launch in code', () => {
    const { $schema: _, ...same } = data
    expect(planFromData(data)).toEqual(launch(same))
  })

  test.each([
    [{ step: 'x' }, 'steps[0]: expected exactly one of get, post, put, patch, delete, head, received nothing'],
    [{ get: '/', post: '/' }, 'steps[0]: expected exactly one of get, post, put, patch, delete, head, received "get and post"'],
    [{ get: 'p' }, 'steps[0].get: expected a path that begins with one "/"'],
    [{ get: '//elsewhere.example/' }, 'steps[0].get: expected a path that begins with one "/"'],
    [{ get: 'http://elsewhere.example/' }, 'steps[0].get: expected a path that begins with one "/"'],
    [{ get: '/ HTTP/1.1\r\nx: y' }, 'steps[0].get: expected a path'],
    [{ get: '/', expect: 99 }, 'steps[0].expect: expected an HTTP status, received 99'],
    [{ get: '/', expect: [200, 'ok'] }, 'steps[0].expect[1]: expected an HTTP status, received "ok"'],
    [{ get: '/', think: 'a while' }, 'steps[0].think: expected a time such as "3s"'],
    [{ post: '/', body: 'a', json: 'a' }, 'steps[0].body: expected one body: "body", "json", "form" or "file", received "body and json"'],
    [{ post: '/', json: 1, form: { a: 1 }, file: 'x' }, 'steps[0].json: expected one body'],
    [{ post: '/', form: { a: [1] } }, 'steps[0].form.a: expected fields by name'],
    [{ post: '/', file: '' }, 'steps[0].file: expected the path of a file'],
    [{ gett: '/', get: '/' }, 'steps[0].gett: expected no such key (did you mean "get"?), received "/"'],
    [{ get: '/', headers: { accept: true } }, 'steps[0].headers.accept: expected a header value: one line of Latin-1'],
    [{ get: '/', think: '25d' }, 'steps[0].think: expected at most 24 days, the longest that a timer can wait, received "25d"'],
    ['/', "steps[0]: expected a request such as { step: 'landing', get: '/' }, received \"/\""],
  ])('with the request %j has just that problem', (step, message) => {
    const problems = problemsOf({ ...data, objectives: [], steps: [step] })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(`PLAN_INVALID ${message}`)
  })

  test('sends the fields of a form with their content type, which a header of its own replaces', () => {
    const steps = [
      { post: '/', form: { 'a b': 'ü&', n: 1, yes: true } },
      { post: '/', form: { a: 1 }, headers: { 'content-type': 'x/y' } },
    ]
    const [shopper] = planFromData({ ...data, objectives: [], steps }).shoppers
    expect(shopper?.kind === 'steps' && shopper.requests.map(({ headers, body }) => [headers['content-type'], body])).toEqual([
      ['application/x-www-form-urlencoded', 'a+b=%C3%BC%26&n=1&yes=true'],
      ['x/y', 'a=1'],
    ])
  })

  test('finds the files of its requests, and its hash knows them by name alone', () => {
    const plan = planFromData({ ...data, objectives: [], steps: [{ put: '/a', file: 'bodies/a.bin' }, { get: '/' }] })
    const found = withFiles(plan, (file) => `/elsewhere/${file}`)
    expect(found.shoppers).toMatchObject([{ requests: [{ file: '/elsewhere/bodies/a.bin' }, { method: 'GET' }] }])
    expect(JSON.stringify(canonicalPlan(found))).not.toContain('elsewhere')
    expect(planHash(found)).toBe(planHash(plan))
  })

  test('percent-encodes what a request line cannot hold, and keeps the name readable and without the query', () => {
    const steps = [{ get: '/käse/\u{1f9c0}?süß=1&token=hunter2' }, { get: '/a%C3%A4/../\u0001b' }]
    const [visitor] = planFromData({ ...data, objectives: [], steps }).shoppers
    expect(visitor).toMatchObject({
      requests: [
        { step: 'GET /käse/\u{1f9c0}', path: '/k%C3%A4se/%F0%9F%A7%80?s%C3%BC%C3%9F=1&token=hunter2' },
        { step: 'GET /a%C3%A4/../\u0001b', path: '/a%C3%A4/../%01b' },
      ],
    })
  })

  test('tells mistakes of form, of grammar and between the parts at once', () => {
    const problems = problemsOf({ ...data, seed: 'one', headers: [], objectives: ['p(95) of order <', 'errors < 1% in dors'], extra: 1 })
    expect(problems.map((line) => line.split(/[:,]/)[0]?.replace('PLAN_INVALID ', ''))).toEqual([
      'extra',
      'seed',
      'headers',
      'objectives[0]',
      'objectives[1]',
    ])
  })
})

describe('curves in files', () => {
  const drawn = { name: 'drop', target, traffic: 'curve "peak.csv" times 2' }

  test('are read through the function that is given', () => {
    const { model } = planFromData(drawn, { readText: (file) => (file === 'peak.csv' ? '0,10\n60,30\n' : '') })
    expect(model).toMatchObject({
      traffic: [
        {
          kind: 'curve',
          lastingMs: 60_000,
          points: [
            { atMs: 0, ratePerSec: 20 },
            { atMs: 60_000, ratePerSec: 60 },
          ],
        },
      ],
    })
  })

  test('are checked once they are read: a curve that owes nobody is a mistake', () => {
    expect(() => planFromData(drawn, { readText: () => '0,0\n60,0\n' })).toThrow('traffic: expected a shape that owes at least one arrival')
  })

  test('with a recovery are judged by the samples, not before', () => {
    const traffic = [hold('20/s', '1m', { phase: 'baseline' }), curve('peak.csv')]
    const plan = launch({ name: 'drop', target, traffic, objectives: ['recovery < 30s'] })
    expect(() => withCurves(plan, () => '0,20\n30,90\n60,20\n')).toThrow(
      'objectives[0]: expected for a recovery, arrivals after the highest stage',
    )
  })
})

test('the published JSON schema is the one that this code makes', () => {
  const published: unknown = JSON.parse(readFileSync(new URL('../../cli/schema/plan.schema.json', import.meta.url), 'utf8'))
  expect(published).toEqual(planJsonSchema())
})

test('the JSON schema knows every key of a plan and says what it means', () => {
  const { $schema, title, properties } = planJsonSchema()
  expect({ $schema, title }).toEqual({ $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'doorbuster plan' })
  expect(Object.keys(Object(properties))).toEqual(expect.arrayContaining(Object.keys(data)))
  for (const property of Object.values(Object(properties)))
    expect(property).toMatchObject({ description: expect.stringMatching(/^[A-Z].*\.$/) })
})
