import { launch, shopper } from '@doorbuster/plan'
import { describe, expect, test } from 'vitest'
import { calibrationOfRun } from '../../src/calibration/calibration-of-run.ts'
import { describeStart } from '../../src/run-start.ts'
import { aCalibration } from './a-calibration.ts'

const target = 'http://127.0.0.1:4000'
const usable = { kind: 'usable', stored: aCalibration } as const

function ofRun(
  given: Partial<Parameters<typeof launch>[0]>,
  threads = 1,
  found: Parameters<typeof calibrationOfRun>[0] = usable,
  transport = 'http/1.1',
) {
  const plan = launch({ name: 'n', target, ...given })
  const start = describeStart(plan, {
    startedAt: new Date(0),
    runId: 'a1b2c3d4e5f6',
    ceiling: { sockets: 1, shoppers: 1 },
    transport,
    threads,
    nodeVersion: 'v26.10.0',
  })
  return calibrationOfRun(found, plan, start)
}

describe('of what this machine sends cleanly, 1,000 requests or 100 shoppers a second,', () => {
  const journey = shopper('a', async (s) => void (await s.get('/')))
  const twoSteps = [{ get: '/a' }, { get: '/b' }]

  test.each([
    ['a bare URL at 500/s uses half', { traffic: 'hold 500/s for 1s' }, 'urls', 0.5],
    ['a peak counts, however short', { traffic: 'hold 10/s for 5s; hold 700/s for 1s; hold 10/s for 5s' }, 'urls', 0.7],
    [
      'shoppers of two declared requests use both',
      { traffic: 'hold 300/s for 1s', steps: twoSteps, connections: 'shared' as const },
      'urls',
      0.6,
    ],
    ['declared requests on connections of their own count as shoppers', { traffic: 'hold 30/s for 1s', steps: twoSteps }, 'journeys', 0.3],
    ['journeys in code count as shoppers', { traffic: 'hold 40/s for 1s', shoppers: [journey] }, 'journeys', 0.4],
    [
      'journeys in code do so on shared connections too',
      { traffic: 'hold 40/s for 1s', shoppers: [journey], connections: 'shared' as const },
      'journeys',
      0.4,
    ],
  ])('%s', (_, given, kind, share) => {
    const { calibration, remarks } = ofRun(given)
    expect(calibration).toMatchObject({ kind, startedAt: aCalibration.startedAt })
    expect(calibration?.peakRatio).toBeCloseTo(share, 6)
    expect(remarks).toEqual([])
  })

  test.each([
    ['TLS', { target: 'https://127.0.0.1:4000' }, 'http/1.1'],
    ['HTTP/2', { target: 'https://127.0.0.1:4000', http: 2 as const }, 'http/2'],
    ['a proxy', {}, 'undici'],
  ])('a run over %s has no share of it, and is told so', (_, given, transport) => {
    const { calibration, remarks } = ofRun({ traffic: 'hold 500/s for 1s', ...given }, 1, usable, transport)
    expect([calibration, remarks.length]).toEqual([null, 1])
    expect(remarks[0]).toContain('calibrations are of plain HTTP/1.1')
  })

  test('classes count by their weights: 3 of 4 shoppers send one request, the fourth two, 1.25 on average', () => {
    const shoppers = [
      { name: 'one', weight: 3, steps: [{ get: '/' }] },
      { name: 'two', weight: 1, steps: twoSteps },
    ]
    expect(ofRun({ traffic: 'hold 400/s for 1s', shoppers, connections: 'shared' }).calibration?.peakRatio).toBeCloseTo(0.5, 6)
  })

  test('three threads have a figure of their own, and two have none, which is said', () => {
    expect(ofRun({ traffic: 'hold 500/s for 1s' }, 3).calibration).toMatchObject({ cleanPerSec: 2_500, peakRatio: 0.2 })
    expect(ofRun({ traffic: 'hold 500/s for 1s' }, 2)).toEqual({
      calibration: null,
      remarks: ['This machine was not calibrated for 2 sending threads: `doorbuster calibrate --threads 2` would do it.'],
    })
  })

  test('a closed loop plans no peak, so there is no share and nothing to say', () => {
    expect(ofRun({ closed: { shoppers: 5, lasting: '1s' } })).toEqual({ calibration: null, remarks: [] })
  })
})

describe('before the first packet', () => {
  test.each([
    [800, undefined],
    [900, 'the planned peak is 90 % of what this machine sends cleanly'],
    [2_000, 'so this run will probably be invalid. To go further, '],
  ])('a peak of %d/s is warned about as it deserves', (perSec, warning) => {
    const [remark] = ofRun({ traffic: `hold ${perSec}/s for 1s` }).remarks
    if (warning === undefined) expect(remark).toBeUndefined()
    else expect(remark).toContain(warning)
  })

  test('a doubtful calibration is called so where it is relied on', () => {
    const doubtful = { kind: 'usable', stored: { ...aCalibration, standing: 'doubtful' } } as const
    expect(ofRun({ traffic: 'hold 900/s for 1s' }, 1, doubtful).remarks[0]).toContain('doubtful')
    expect(ofRun({ traffic: 'hold 100/s for 1s' }, 1, doubtful).remarks).toEqual([])
  })

  test('one that is of no use is told, and none is not', () => {
    const traffic = { traffic: 'hold 900/s for 1s' }
    expect(ofRun(traffic, 1, { kind: 'useless', because: 'It is old.' })).toEqual({ calibration: null, remarks: ['It is old.'] })
    expect(ofRun(traffic, 1, { kind: 'none' })).toEqual({ calibration: null, remarks: [] })
  })
})
