import { expect, test } from 'vitest'
import type { AnsweredByInput } from '../src/answered-by.ts'
import { launch } from '../src/launch.ts'
import { problemsOf } from './problems-of.ts'

const rules = (...answeredBy: AnsweredByInput[]) =>
  launch({ name: 'x', target: 'http://127.0.0.1/', traffic: 'burst 1', answeredBy }).answeredBy

test('rules are kept in lower case, with lists for what may be one or many', () => {
  expect(
    rules({ who: 'Edge', status: 503, header: { 'X-Served-By': 'EDGE-1' }, body: 'Sold Out' }, { who: 'cache', header: 'X-Hit' }),
  ).toEqual([
    { who: 'Edge', statuses: [503], headers: [{ name: 'x-served-by', contains: 'edge-1' }], body: 'sold out' },
    { who: 'cache', statuses: null, headers: [{ name: 'x-hit', contains: null }], body: null },
  ])
})

test('a rule that asks for nothing would fit every answer, and is a mistake', () => {
  expect(problemsOf(() => rules({ who: 'cache' }))).toEqual(['answeredBy[0]: at least one of status, header and body | {"who":"cache"}'])
})

test('each mistake of a rule is told at its place', () => {
  expect(problemsOf(() => rules({ who: '', status: 999 } as AnsweredByInput)).map((each) => each.replace(/:.*/, ''))).toEqual([
    'answeredBy[0].who',
    'answeredBy[0].status',
  ])
})
