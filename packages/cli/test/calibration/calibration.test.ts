import { describe, expect, test } from 'vitest'
import { parseCalibration, unusable } from '../../src/calibration/calibration.ts'
import { aCalibration } from './a-calibration.ts'

test('a calibration is read as it was written', () => {
  expect(parseCalibration(JSON.stringify(aCalibration))).toEqual({ stored: aCalibration })
})

describe('a damaged calibration', () => {
  test.each([
    ['that was cut off', JSON.stringify(aCalibration).slice(0, 200), 'it is not JSON'],
    ['of a form to come', JSON.stringify({ ...aCalibration, schema: 'doorbuster/calibration@2' }), 'schema: '],
    [
      'with a maximum of nothing',
      JSON.stringify({ ...aCalibration, maxima: [{ ...aCalibration.maxima[0], cleanPerSec: 0 }] }),
      'maxima.0.cleanPerSec: ',
    ],
    ['that is something else', '[]', 'the whole: '],
  ])('%s says where', (_, text, damage) => {
    expect(parseCalibration(text)).toEqual({ damage: expect.stringContaining(damage) })
  })
})

describe('a calibration is of use', () => {
  const { machine, versions } = aCalibration
  const here = { now: new Date('2026-11-25T08:00:00.000Z'), machine, versions }

  test.each([
    ['on the machine and by the versions that made it', here],
    ['with another Node of the same major', { ...here, versions: { ...versions, node: 'v26.99.1' } }],
    ['when the kernel keeps a little less memory for itself', { ...here, machine: { ...machine, memoryBytes: 8.1e9 } }],
    ['until it is 30 days old', { ...here, now: new Date('2026-12-20T07:59:59.000Z') }],
  ])('%s', (_, there) => expect(unusable(aCalibration, there)).toBeNull())
})

describe('a calibration is of no use', () => {
  const { machine, versions } = aCalibration
  const here = { now: new Date('2026-11-25T08:00:00.000Z'), machine, versions }

  test.each([
    ['on another processor', { ...here, machine: { ...machine, cpu: 'slide rule' } }, 'another machine (cpu abacus, here slide rule)'],
    ['with other cores', { ...here, machine: { ...machine, cores: 2 } }, 'another machine (cores 4, here 2)'],
    ['on another kernel', { ...here, machine: { ...machine, os: 'Linux 7.0' } }, 'another machine (os Linux 6.1, here Linux 7.0)'],
    ['with half the memory', { ...here, machine: { ...machine, memoryBytes: 4e9 } }, 'other memory'],
    ['to another doorbuster', { ...here, versions: { ...versions, doorbuster: '0.2.0' } }, 'made by doorbuster 0.1.0, and this is 0.2.0'],
    ['on another major Node', { ...here, versions: { ...versions, node: 'v24.0.0' } }, 'made on Node v26.10.0, and this is v24.0.0'],
    ['after 30 days', { ...here, now: new Date('2026-12-20T08:00:00.000Z') }, '30 days old'],
    ['before it was made', { ...here, now: new Date('2026-11-18T07:00:00.000Z') }, 'in the future'],
  ])('%s', (_, there, because) => expect(unusable(aCalibration, there)).toContain(because))
})
