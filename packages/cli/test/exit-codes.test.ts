import { expect, test } from 'vitest'
import { asOne, exitCodes } from '../src/exit-codes.ts'

test('as one, an answer that is not go is 1; what kept a rehearsal from being one keeps its code', () => {
  const after = Object.fromEntries(Object.entries(exitCodes).map(([name, code]) => [name, asOne(code, true)]))
  expect(after).toEqual({
    go: 0,
    otherwise: 1,
    'no-go': 1,
    inconclusive: 1,
    invalid: 1,
    guard: 1,
    interrupted: 1,
    'journey-threw': 1,
    'bad-plan': 104,
    bug: 109,
  })
  expect(Object.values(exitCodes).map((code) => asOne(code, undefined))).toEqual(Object.values(exitCodes))
})
