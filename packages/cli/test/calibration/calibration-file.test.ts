import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { calibrationPath, findCalibration, refusePlace, writeCalibration } from '../../src/calibration/calibration-file.ts'
import { machineFacts } from '../../src/machine.ts'
import { version } from '../../src/version.ts'
import type { World } from '../../src/world.ts'
import { aCalibration } from './a-calibration.ts'

const home = mkdtempSync(join(tmpdir(), 'doorbuster-'))
afterAll(() => rmSync(home, { recursive: true }))

const sink = { write: () => {}, flush: async () => true, isTTY: false, columns: undefined }
const worldAt = (state: string): World => ({
  argv: [],
  env: { XDG_STATE_HOME: join(home, state) },
  cwd: home,
  nodeVersion: 'v26.10.0',
  stdout: sink,
  stderr: sink,
  now: () => new Date('2026-11-25T08:00:00.000Z'),
  cpu: () => ({ ownMs: 0, machineMs: null, stolenMs: null }),
  threadCpuMs: () => null,
  onStray: () => () => {},
  onInterrupt: () => () => {},
  exitNow: () => {
    throw new Error('nobody asked to exit')
  },
})

/** Of this machine and this doorbuster. */
const ours = { ...aCalibration, machine: machineFacts(), versions: { doorbuster: version, node: 'v26.10.0' } }

function written(state: string, text: string): World {
  const path = join(home, state, 'doorbuster', 'calibration.json')
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return worldAt(state)
}

describe('the place of a calibration', () => {
  test.each([
    ['is the state folder', { XDG_STATE_HOME: '/var/state', HOME: '/h' }, '/var/state/doorbuster/calibration.json'],
    ['is below the home', { HOME: '/h' }, '/h/.local/state/doorbuster/calibration.json'],
    ['is no relative folder', { XDG_STATE_HOME: 'state', HOME: '/h' }, '/h/.local/state/doorbuster/calibration.json'],
    ['is nowhere without a home', { XDG_STATE_HOME: '' }, null],
  ])('%s', (_, env, path) => expect(calibrationPath({ env })).toBe(path))
})

test('what is written is found, also where there was no folder, and nothing else is left', () => {
  const world = worldAt('fresh')
  const path = join(home, 'fresh', 'doorbuster', 'calibration.json')
  writeCalibration(path, ours)
  writeCalibration(path, ours)
  expect(findCalibration(world, undefined)).toEqual({ kind: 'usable', stored: ours })
  expect(findCalibration(worldAt('elsewhere'), path)).toEqual({ kind: 'usable', stored: ours })
  expect(readdirSync(dirname(path))).toEqual(['calibration.json'])
})

test('where there is none, none is found; where one was named, it has to be there', () => {
  expect(findCalibration(worldAt('empty'), undefined)).toEqual({ kind: 'none' })
  expect(() => findCalibration(worldAt('empty'), 'no-such.json')).toThrow('expected a calibration that can be read, received ENOENT')
})

test('a damaged one, and one of another machine, are told in one sentence that says what to do', () => {
  const damaged = findCalibration(written('damaged', '{'), undefined)
  expect(damaged).toEqual({ kind: 'useless', because: expect.stringMatching(/is damaged \(it is not JSON\): .*`doorbuster calibrate`/) })
  const foreign = findCalibration(written('foreign', JSON.stringify(aCalibration)), undefined)
  expect(foreign).toEqual({ kind: 'useless', because: expect.stringMatching(/another machine \(cpu abacus.*`doorbuster calibrate`/) })
})

test('a place that cannot be written is the user’s to mend, before anything is measured', () => {
  writeFileSync(join(home, 'a-file'), '')
  const path = join(home, 'a-file', 'below', 'c.json')
  for (const write of [refusePlace, (at: string) => writeCalibration(at, ours)])
    expect(() => write(path)).toThrow('USAGE_INVALID --file: expected a file that can be written')
})

test('asking whether a place can be written changes nothing there', () => {
  const path = join(home, 'asked', 'c.json')
  refusePlace(path)
  expect(readdirSync(dirname(path))).toEqual([])
  writeCalibration(path, ours)
  refusePlace(path)
  expect(findCalibration(worldAt('asked'), path)).toEqual({ kind: 'usable', stored: ours })
})
