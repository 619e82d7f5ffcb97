import { expect, test } from 'vitest'
import { calibrationText, levelLine, uncleanText } from '../../src/calibration/tell-calibration.ts'
import { aCalibration } from './a-calibration.ts'

const plain = { colour: false, width: 100 }

test('what was found is a table, with what limited each, and the second opinion below it', () => {
  const lines = calibrationText(aCalibration, plain).split('\n')
  expect(lines[0]).toBe('What this machine sends cleanly')
  expect(lines.filter((line) => line.includes('/s'))).toEqual([
    'bare URL                         1  1,000/s requests  this generator',
    'bare URL                         3  2,500/s requests  the null target was full, so at least this',
    'journey of three requests        1    100/s shoppers  more was not asked for',
  ])
  expect(lines.at(-1)).toContain('p50 5.2 ms and 5.3 ms, p90 20 ms and 20 ms, p99 50 ms and 51 ms of 900 and 910 answers: they agree.')
})

test('a doubtful calibration says what its two instruments disagree about, and what to do', () => {
  const secondOpinion = { ...aCalibration.secondOpinion, disagreeing: ['p90' as const, 'p99' as const] }
  const text = calibrationText({ ...aCalibration, standing: 'doubtful', secondOpinion }, plain)
  expect(text).toMatch(/they disagree about p90, p99\.\nSo this calibration is doubtful\. Calibrate again/)
})

test('each rate is a line, and one that was not clean says why', () => {
  const search = { kind: 'urls', threads: 2 } as const
  expect(levelLine(search, 4_000, { answered: 'clean', because: '', latenessP99Ms: 0.25 })).toBe(
    'bare URL, 2 threads: 4,000/s clean (lateness p99 0.25 ms)',
  )
  expect(levelLine(search, 8_000, { answered: 'generator', because: 'It fell behind.', latenessP99Ms: 30 })).toBe(
    'bare URL, 2 threads: 8,000/s not clean: It fell behind.',
  )
})

test('a machine that is of no use is told the rate and the reason', () => {
  const unclean = {
    kind: 'unclean',
    search: { kind: 'journeys', threads: 1 },
    leastPerSec: 20,
    because: 'The generator fell behind.',
  } as const
  expect(uncleanText(unclean)).toBe(
    'Not even 20 shoppers a second are sent cleanly here (journey of three requests, 1 thread), and nothing was kept. The generator fell behind.',
  )
})
