import { expect, test } from 'vitest'
import { curve, resolveCurves } from '../src/curve.ts'
import { overlay } from '../src/overlay.ts'
import { hold } from '../src/stages.ts'
import { problemsOf } from './problems-of.ts'

test('a curve keeps its samples multiplied, and begins at 0 with the first sample’s rate', () => {
  expect(
    curve(
      [
        { at: '10s', rate: '1200/m' },
        { at: '20s', rate: 40 },
      ],
      { times: 1.5, phase: 'doors' },
    ),
  ).toEqual({
    kind: 'curve',
    points: [
      { atMs: 0, ratePerSec: 30 },
      { atMs: 10_000, ratePerSec: 30 },
      { atMs: 20_000, ratePerSec: 60 },
    ],
    lastingMs: 20_000,
    times: 1,
    phase: 'doors',
  })
})

test('text with a newline is CSV, other text names a file that stays unread', () => {
  expect(curve('0,20\n10,40').points).toEqual([
    { atMs: 0, ratePerSec: 20 },
    { atMs: 10_000, ratePerSec: 40 },
  ])
  expect(curve('rates.csv', { times: 2 })).toEqual({ kind: 'curve', file: 'rates.csv', points: [], lastingMs: 0, times: 2 })
})

test('samples out of order and bad options are told together', () => {
  const samples = [
    { at: '10s', rate: '20' },
    { at: '10s', rate: 1 },
    { at: '5s', rate: 1 },
  ]
  expect(problemsOf(() => curve(samples, { times: 0 }))).toEqual([
    'times: a number above zero | 0',
    'points[0].rate: a rate that says per what, such as "500/s", "1200/m" or "5000/h" | "20"',
    'points[1].at: a time after the point before | "10s"',
    'points[2].at: a time after the point before | "5s"',
  ])
  expect(problemsOf(() => curve([{ at: 0, rate: 1 }]))).toEqual(['points: at least two points { at, rate } | [{"at":0,"rate":1}]'])
  expect(problemsOf(() => curve(' '))).toEqual(['file: the name of a CSV file | " "'])
  expect(problemsOf(() => curve('seconds,ratePerSec\n0,x\n5,1\n'))).toEqual(['csv line 2: two numbers, seconds,ratePerSec | "x"'])
})

test('files are read wherever they stand, also in overlays, whose length then follows', () => {
  const readText = (file: string) => (file === 'a.csv' ? 'seconds,ratePerSec\n0,10\n60,20\n' : '0,1\n90,1\n')
  const stages = [
    hold(1, 1),
    curve('a.csv', { times: 2, phase: 'doors' }),
    overlay([[hold(5, 500)], [overlay([curve('b.csv')])]], { phase: 'decay' }),
  ]
  const [untouched, doors, decay] = resolveCurves(stages, readText)
  expect(untouched).toBe(stages[0])
  expect(doors).toEqual({
    kind: 'curve',
    file: 'a.csv',
    points: [
      { atMs: 0, ratePerSec: 20 },
      { atMs: 60_000, ratePerSec: 40 },
    ],
    lastingMs: 60_000,
    times: 2,
    phase: 'doors',
  })
  expect(decay).toMatchObject({ kind: 'overlay', lastingMs: 90_000, phase: 'decay' })
})

test('a curve that has its points is not read again', () => {
  const read = resolveCurves([curve('a.csv', { times: 2 })], () => '0,1\n1,1')
  expect(resolveCurves(read, () => '0,9\n9,9')).toEqual(read)
})

test('every file that is missing or wrong is told', () => {
  const readText = (file: string) => {
    if (file === 'gone.csv') throw new Error('no such file')
    return '0,1\n1\n'
  }
  expect(problemsOf(() => resolveCurves([curve('gone.csv'), curve('bad.csv')], readText))).toEqual([
    'gone.csv: a CSV file that can be read | no such file',
    'bad.csv line 2: two numbers, seconds,ratePerSec | "1"',
  ])
})
