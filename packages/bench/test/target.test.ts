import { expect, test } from 'vitest'
import { servedIn } from '../src/target.ts'

test('what was served is neither what was accepted nor what was handled', () => {
  const status = 'Active connections: 51 \nserver accepts handled requests\n 54 53 95209 \nReading: 0 Writing: 51 Waiting: 0 \n'
  expect(servedIn(status)).toBe(95_209)
})

test('a page that is no status is an error', () => expect(() => servedIn('404 Not Found')).toThrow('404 Not Found'))
