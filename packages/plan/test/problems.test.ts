import { expect, test } from 'vitest'
import type { Problem } from '../src/problems.ts'
import { collect, PlanError, problem, raise } from '../src/problems.ts'

const refuse = (path: string) => () => raise('SHAPE_INVALID', [problem(path, 'a rate', '20')])

test('an error’s message has one line a problem, each with path, expected and received', () => {
  const error = new PlanError('PLAN_INVALID', [
    problem('traffic[2].lasting', 'a duration above zero', '0s'),
    problem('name', 'a name', undefined),
  ])
  expect(error.message.split('\n')).toEqual([
    'PLAN_INVALID traffic[2].lasting: expected a duration above zero, received "0s"',
    'PLAN_INVALID name: expected a name, received nothing',
  ])
})

test('nothing wrong raises nothing', () => {
  expect(() => raise('PLAN_INVALID', [])).not.toThrow()
})

test('collected problems keep their order and stand below the path of the part they are in', () => {
  const problems: Problem[] = []
  for (const inner of ['rate', '[2].rate', '', 'line 2, column 14']) collect(problems, 'traffic', refuse(inner))
  collect(problems, '', refuse('rate'))
  expect(problems.map(({ path }) => path)).toEqual(['traffic.rate', 'traffic[2].rate', 'traffic', 'traffic line 2, column 14', 'rate'])
})

test('what is not the user’s mistake is not collected', () => {
  const bug = () => {
    throw new TypeError('ours')
  }
  expect(() => collect([], 'traffic', bug)).toThrow(TypeError)
})

test('what was received is shown on one short line, whatever it is', () => {
  const shown = (received: unknown) => problem('', '', received).received
  expect([Number.NaN, 'a\nb', refuse, 10n, null].map(shown)).toEqual(['NaN', '"a\\nb"', 'a function', '10', 'null'])
  expect(shown('x'.repeat(1000)).length).toBeLessThan(90)
})

test.each<[string, unknown, string]>([
  ['steps[0].cookie', 'sid=hunter2', '•••'],
  ['headers["x-api-key"]', 'hunter2', '•••'],
  ['steps[0]', { cookie: 'sid=hunter2', get: '/?token=hunter2' }, '{"cookie":"•••","get":"/?token=•••"}'],
  ['objectives[0]["http_req_duration{name:get_token}"]', 'p(95)', '"p(95)"'],
  ['token', undefined, 'nothing'],
])('at %s, of %j there is shown %s', (path, received, shown) => expect(problem(path, 'x', received).received).toBe(shown))
