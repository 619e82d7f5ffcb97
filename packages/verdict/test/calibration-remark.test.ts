import { expect, test } from 'vitest'
import { calibrationWarning } from '../src/calibration-remark.ts'
import { runStart } from './support/windows.ts'

const machine = { cpu: '', cores: 2, memoryBytes: 1, os: '' }
const near = (peakRatio: number) =>
  runStart(1, { machine, threads: 1, calibration: { startedAt: '2026-11-20T08:00:00.000Z', cleanPerSec: 1_000, kind: 'urls', peakRatio } })

test.each([
  [0.8, null],
  [
    0.9,
    "Warning: the planned peak is 90 % of what this machine sends cleanly (calibrated 2026-11-20), and above 80 % a bad second leaves no room. To go further, send with more threads (--threads 2), at a lower rate (at most 800/s, by this machine's calibration), or from a fleet of machines.",
  ],
  [
    1.5,
    "Warning: the planned peak is 150 % of what this machine sends cleanly (calibrated 2026-11-20), so this run will probably be invalid. To go further, send with more threads (--threads 2), at a lower rate (at most 800/s, by this machine's calibration), or from a fleet of machines.",
  ],
])('before a run whose peak is %d of the clean maximum', (peakRatio, expected) => {
  expect(calibrationWarning(near(peakRatio))).toBe(expected)
})

test('where nobody calibrated there is nothing to warn of', () => {
  expect([calibrationWarning(runStart(1)), calibrationWarning(runStart(1, { calibration: null }))]).toEqual([null, null])
})
