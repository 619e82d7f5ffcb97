import { launch } from '@doorbuster/plan'
import { describe, expect, test } from 'vitest'
import { describeStart } from '../src/run-start.ts'

function plannedOf(traffic: string) {
  return describeStart(launch({ name: 'drop', target: 'http://127.0.0.1:4000', traffic }), {
    startedAt: new Date(0),
    runId: 'run',
    ceiling: { sockets: 10, shoppers: 10 },
    transport: 'http/1.1',
    threads: 1,
    sources: 1,
    nodeVersion: 'v26.0.0',
  }).planned
}

describe('the planned arrivals of a run', () => {
  test('are known by 100 ms too: a burst over 200 ms is all in two of its second’s ten', () => {
    const { arrivals, tenths } = plannedOf('silence for 1s; burst 40 over 200ms; silence for 800ms')
    expect(arrivals).toEqual([0, 40])
    expect(tenths?.slice(10, 13)).toEqual([20, 20, 0])
  })

  test('are never more than 3,600 numbers, so by 100 ms they are kept for six minutes and no longer', () => {
    expect(plannedOf('hold 1/s for 6m').tenths).toHaveLength(3_600)
    expect(plannedOf('hold 1/s for 361s').tenths).toBeUndefined()
    expect(plannedOf('hold 1/s for 6m; burst 5').tenths).toBeUndefined()
  })
})
