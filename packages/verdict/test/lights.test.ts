import type { RunEnd } from '@doorbuster/measurements'
import { describe, expect, test } from 'vitest'
import type { Concern } from '../src/concern.ts'
import { byCost, concernOf } from '../src/concern.ts'
import type { ObjectiveResult, TrustCheck } from '../src/judgement.ts'
import { lightsOf } from '../src/lights.ts'

const whole: RunEnd = { finished: true, stoppedBy: 'end', durationMs: 1_000, cpuSeconds: 1 }
const broken: readonly TrustCheck[] = [{ name: 'lateness', status: 'failed', because: 'late' }]

function result(text: string, status: ObjectiveResult['status'] = 'met', warnOnly = false): ObjectiveResult {
  const none = { step: null, of: null, phase: null, low: null, high: null, firstBreachMs: null }
  return { text, status, warnOnly, ...none, observed: 1, limit: 0, unit: 'count', samples: 1, because: text }
}

function statuses(
  objectives: readonly ObjectiveResult[],
  { certain = [], trust = [], end = whole }: { certain?: readonly ObjectiveResult[]; trust?: readonly TrustCheck[]; end?: RunEnd } = {},
) {
  const lights = lightsOf({ objectives, certain, trust, end })
  return [lights.capacity.status, lights.resilience.status, lights.trust.status, lights.response.status]
}

const grey = 'not-rehearsed'

describe('lights', () => {
  test('are grey without evidence, never green', () => expect(statuses([])).toEqual([grey, grey, grey, grey]))

  test('a track is judged by its own objectives alone', () => {
    expect(statuses([result('errors < 1%'), result('oversold == 0', 'missed')])).toEqual(['go', grey, 'no-go', grey])
    expect(statuses([result('p(95) < 1s', 'missed'), result('leaks == 0')])).toEqual(['no-go', grey, 'go', grey])
  })

  test("a limit on the target's own figures asks whether it holds the crowd", () =>
    expect(statuses([result('target.cpu < 80%', 'missed')])).toEqual(['no-go', grey, grey, grey]))

  test('one that only warns turns no light', () => expect(statuses([result('errors < 1%', 'missed', true)])[0]).toBe(grey))

  test('resilience can be found wanting, but no run without a lost part makes it green', () => {
    expect(statuses([result('herd-penalty < 2', 'met')])[1]).toBe(grey)
    expect(statuses([result('herd-penalty < 2', 'missed')])[1]).toBe('no-go')
  })

  test('an instrument that failed leaves only what is certain', () => {
    const sold = result('oversold == 0', 'missed')
    expect(statuses([result('errors < 1%'), sold], { trust: broken, certain: [sold] })).toEqual(['invalid', grey, 'no-go', grey])
  })

  test('what has no data, or did not come to its end, is not known', () => {
    expect(statuses([result('errors < 1%', 'no-data'), result('max < 1s')])[0]).toBe('inconclusive')
    expect(statuses([result('max < 1s')], { end: { ...whole, finished: false, stoppedBy: 'cut-off' } })[0]).toBe('inconclusive')
    expect(statuses([result('max < 1s', 'missed')], { end: { ...whole, finished: false, stoppedBy: 'interrupt' } })[0]).toBe('inconclusive')
  })
})

test.each<readonly [string, Concern]>([
  ['leaks == 0', 'privacy'],
  ['duplicates == 0', 'orders'],
  ['errors of checkout < 1%', 'lost'],
  ['p(99) of checkout < 3s in doors', 'slow'],
  ['p95 < 1s', 'slow'],
  ['degraded < 5%', 'degraded'],
  ['counter cart.value > 3', 'other'],
  ['constructor < 1', 'other'],
])('%s is a matter of %s', (text, concern) => expect(concernOf({ text })).toBe(concern))

test('what costs the business most comes first, and equals keep their order', () => {
  const texts = ['p(95) < 1s', 'errors < 1%', 'p(99) < 2s', 'leaks == 0']
  expect(byCost(texts.map((text) => ({ text }))).map(({ text }) => text)).toEqual(['leaks == 0', 'errors < 1%', 'p(95) < 1s', 'p(99) < 2s'])
})
