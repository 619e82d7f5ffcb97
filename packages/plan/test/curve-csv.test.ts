import { expect, test } from 'vitest'
import { parseCurveCsv } from '../src/curve-csv.ts'
import { problemsOf } from './problems-of.ts'

const twoPoints = [
  { atMs: 0, ratePerSec: 20 },
  { atMs: 1500, ratePerSec: 0.5 },
]

test('the header, blank lines, Windows line ends and a byte order mark are optional', () => {
  for (const text of ['0,20\n1.5,0.5', 'seconds,ratePerSec\n0,20\n1.5,0.5\n', '\uFEFFSeconds, RatePerSec\r\n\r\n 0 , 20\r\n1.5,5e-1\r\n']) {
    expect(parseCurveCsv(text)).toEqual(twoPoints)
  }
})

test('every bad line is told with its number', () => {
  expect(problemsOf(() => parseCurveCsv('seconds,ratePerSec\n0,20\n1\n2,3,4\n-1,2\n0,7\n'))).toEqual([
    'line 3: two numbers, seconds,ratePerSec | "1"',
    'line 4: two numbers, seconds,ratePerSec | "2,3,4"',
    'line 5: two numbers, seconds,ratePerSec | "-1"',
    'line 6: a time after the line before | "0,7"',
  ])
})

test('a header of other columns is no header', () => {
  expect(problemsOf(() => parseCurveCsv('time,rps\n0,1\n1,1'))).toEqual(['line 1: two numbers, seconds,ratePerSec | "time"'])
})

test('fewer than two samples are no curve', () => {
  expect(() => parseCurveCsv('0,1\n')).toThrow('at least two lines')
  expect(() => parseCurveCsv('\n')).toThrow('at least two lines')
})
