import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalPlan, planHash } from '../src/canonical.ts'
import { parseRows } from '../src/data-rows.ts'
import { planFromData, withData } from '../src/declared.ts'
import { hold, launch, shopper } from '../src/index.ts'
import { selectJson } from '../src/selectors.ts'
import { filled, nameOf, templateOf } from '../src/template.ts'
import { problemsOf } from './problems-of.ts'

const base = { name: 'drop', target: 'http://127.0.0.1:4000', traffic: 'burst 3' }
const users = { rows: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] }

describe('a template', () => {
  test('gives back a text whose values it is told, whatever stands between them', () => {
    const literal = fc.string().filter((text) => !/[${}]/.test(text))
    fc.assert(
      fc.property(fc.array(fc.tuple(literal, fc.stringMatching(/^[a-z]\w{0,5}(\.[a-z]+)?$/))), literal, (pairs, end) => {
        const text = pairs.map(([before, name]) => `${before}\${${name}}`).join('') + end
        const template = templateOf(text)
        const put = template === null ? text : filled(template, nameOf, (name) => `<${name}>`)
        expect(put).toBe(pairs.map(([before, name]) => `${before}<${name}>`).join('') + end)
      }),
    )
  })

  test('has a way to write what would be a place', () => {
    const template = templateOf('$${a} and ${b}')
    expect(template && filled(template, nameOf, (name) => name)).toBe('${a} and b')
    expect(templateOf('$ {a}')).toBeNull()
  })
})

describe('rows', () => {
  test('are read from CSV with a line of names, and from a JSON list of objects', () => {
    expect(parseRows('u.csv', '\ufeffname,age\n"x, ""y""",1\n\nz,2\n')).toEqual([
      { name: 'x, "y"', age: '1' },
      { name: 'z', age: '2' },
    ])
    expect(parseRows('u.JSON', '[{"a":1}]')).toEqual([{ a: 1 }])
  })

  test.each([
    ['u.csv', 'a,b\n1,2\nhunter2,3,4\n', 'line 3: CSV with as many fields as there are columns | "CSV_RECORD_INCONSISTENT_COLUMNS"'],
    ['u.csv', 'a,a\n1,2\n', 'line 1: a name for each column, each once | "a"'],
    ['u.csv', 'a,b\n', ': at least one row | "none"'],
    ['u.json', '{"a":1}', ': a JSON list of objects | "object"'],
    ['u.json', '[{"a":1}, 2]', '[1]: an object | "number"'],
    ['u.json', 'hunter2', ': a JSON list of objects | "no JSON"'],
  ])('%s %j is refused by its place, and shows nothing of a row', (file, text, expected) => {
    expect(problemsOf(() => parseRows(file, text))).toEqual([expected])
  })

  test('of a file stay unread until somebody reads it, and are counted then', () => {
    const plan = launch({ ...base, data: { users: { file: 'u.csv' } } })
    expect(plan.data?.users).toEqual({ file: 'u.csv', rows: null, take: 'unique', atEnd: 'error' })
    expect(withData(plan, () => 'name\na\nb\nc\n').data?.users?.rows).toHaveLength(3)
    expect(problemsOf(() => withData(plan, () => 'name\na\nb\n'))).toEqual([
      'data.users: at least 3 rows, one for each arrival (or atEnd: "wrap") | 2',
    ])
    expect(problemsOf(() => withData(plan, () => ''))).toEqual(['data.users u.csv: at least one row | "none"'])
  })

  test.each([
    [{ ...users, take: 'unique', atEnd: 'wrap' }, 'burst 4', []],
    [{ ...users, take: 'random' }, 'burst 4', []],
    [{ ...users, take: 'round-robin' }, 'burst 4', []],
    [users, 'hold 3.9/s for 1s', []],
    [users, 'hold 4/s for 1s', ['data.users: at least 4 rows, one for each arrival (or atEnd: "wrap") | 3']],
  ] as const)('%j for %s', (set, traffic, expected) => {
    expect(problemsOf(() => launch({ ...base, traffic, data: { users: set } }))).toEqual(expected)
  })

  test.each([
    [{ take: 'unique' }, 'data.users: either "file" or "rows" | nothing'],
    [{ ...users, file: 'u.csv' }, 'data.users: either "file" or "rows" | "both"'],
    [{ file: 'u.txt' }, 'data.users.file: the path of a CSV or JSON file, ending in .csv or .json | "u.txt"'],
    [{ ...users, take: 'random', atEnd: 'wrap' }, 'data.users.atEnd: no "atEnd" beside take: "random", which has no end | "wrap"'],
    [{ rows: [] }, 'data.users.rows: a list of rows, at least one, each with its columns by name | []'],
  ])('%j is refused', (set, expected) => {
    expect(problemsOf(() => planFromData({ ...base, data: { users: set } }))).toEqual([expected])
  })
})

describe('places in declared steps', () => {
  const from = (steps: unknown, data: unknown = { users }) => problemsOf(() => planFromData({ ...base, data, steps }))

  test('need a column, or a variable that a step before extracts', () => {
    const token = { json: '$.token' }
    expect(from([{ get: '/${users.name}', extract: { token } }, { get: '/${token}' }])).toEqual([])
    expect(from([{ get: '/${users.nmae}' }])).toEqual([`steps[0]: one of the columns "name" of data.users | "\${users.nmae}"`])
    expect(from([{ get: '/', headers: { a: '${people.name}' } }])).toEqual([
      `steps[0]: one of the plan's data sets ("users") | "\${people.name}"`,
    ])
    expect(from([{ post: '/', json: { a: '${token}' }, extract: { token } }])).toEqual([
      `steps[0]: a step before it to extract that variable, or "$\${" for "\${" itself | "\${token}"`,
    ])
  })

  const oneWay = "one way to read a value: { json: '$.token' }"

  test.each([
    [{ json: '$[' }, '.json: a JSON path such as "$.token" | "$["'],
    [{ css: 'a[' }, '.css: a CSS selector | "a["'],
    [{ regex: '(' }, '.regex: a regular expression | "("'],
    [{ json: '$.a', header: 'b' }, `: ${oneWay}`],
    [{ json: '$.a', attribute: 'b' }, `: ${oneWay}`],
  ])('an extract %j is refused', (extract, expected) => {
    expect(from([{ get: '/', extract: { a: extract } }])[0]?.startsWith(`steps[0].extract.a${expected}`)).toBe(true)
  })
})

describe('the canonical plan', () => {
  test('holds no row, no code and nothing that the mask covers', () => {
    const mask = (text: string) => text.replaceAll(/hunter2|correct-horse/g, '•••')
    const make = (secret: string) =>
      launch({
        ...base,
        headers: { 'x-quiet': secret },
        data: { users: { rows: [{ name: 'ann', password: 'p1' }], take: 'random' } },
        setup: () => ({ a: 1 }),
        teardown: () => {},
        traffic: [hold('1/s', '3s')],
        shoppers: [shopper('a', {}, [{ post: `/${secret}`, json: { quiet: secret }, headers: { 'x-quiet': secret } }])],
      })
    const text = JSON.stringify(canonicalPlan(make('hunter2'), mask))
    for (const hidden of ['hunter2', 'ann', 'p1', '=>']) expect(text).not.toContain(hidden)
    expect(planHash(make('hunter2'), mask)).toBe(planHash(make('correct-horse'), mask))
    expect(planHash(make('hunter2'), mask)).not.toBe(planHash(make('other'), mask))
  })

  test('is another with other rows, but not with another password in them', () => {
    const hashOf = (row: Record<string, string>) => planHash(launch({ ...base, data: { users: { rows: [row], take: 'random' } } }))
    expect(hashOf({ name: 'a', password: 'x' })).toBe(hashOf({ name: 'a', password: 'y' }))
    expect(hashOf({ name: 'a' })).not.toBe(hashOf({ name: 'b' }))
  })
})

test('a path that goes deeper than anybody follows selects nothing', () => {
  let deep: unknown = 1
  for (let i = 0; i < 5_000; i++) deep = { a: deep }
  expect(selectJson(deep, '$..b')).toEqual([])
  expect(() => selectJson(deep, '$[')).toThrow('not a JSON path')
})

test('what only code can say is no key of a plan as data', () => {
  expect(problemsOf(() => planFromData({ ...base, setup: 'x' }))).toEqual(['setup: an async function that takes a session | "x"'])
  expect(problemsOf(() => planFromData({ ...base, redirects: 21, cookies: 'yes' }))).toEqual([
    'cookies: true or false | •••',
    'redirects: a whole number from 0 to 20 | 21',
  ])
})
