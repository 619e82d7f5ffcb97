import { expect, test } from 'vitest'
import { fromK6Thresholds } from '../src/k6-thresholds.ts'
import { parseObjective } from '../src/parse-objective.ts'

test('a thresholds block becomes one objective a threshold, in order', () => {
  const objectives = fromK6Thresholds({
    'http_req_duration{name:checkout}': ['p(95)<500', 'avg<200', { threshold: 'p(99)<1500', abortOnFail: true, delayAbortEval: '10s' }],
    http_req_failed: ['rate<0.01'],
    http_reqs: 'rate>100',
  })
  expect(objectives.map(({ text }) => text)).toEqual([
    'p(95) of checkout < 500ms',
    'avg of checkout < 200ms',
    'p(99) of checkout < 1.5s, abort after 10s',
    'errors < 1%',
    'rate > 100/s',
  ])
})

test('each objective equals the one that its own text says', () => {
  const objectives = fromK6Thresholds({ 'http_req_duration{phase:doors}': [{ threshold: 'p(99)<1500', abortOnFail: true }, 'max<5000'] })
  expect(objectives).toEqual(objectives.map(({ text }) => parseObjective(text)))
})

test('a threshold object that does not abort is judged at the end, whatever its delay', () => {
  expect(fromK6Thresholds({ http_reqs: [{ threshold: 'rate>1', abortOnFail: false, delayAbortEval: '10s' }] })[0]?.onBreach).toEqual({
    kind: 'judge',
  })
})

test('all mistakes of a block are told at once, a wrong metric only once', () => {
  const broken = () =>
    fromK6Thresholds(
      {
        http_req_dur: ['p(95)<500', 'avg<200'],
        http_reqs: [{ threshold: 'rate>1', delayAbortEval: 'soon' }],
        http_req_failed: ['count<5'],
      },
      'objectives[2]',
    )
  expect(broken).toThrow(expect.objectContaining({ code: 'OBJECTIVE_INVALID', problems: expect.objectContaining({ length: 3 }) }))
  expect(broken).toThrow('objectives[2]["http_req_dur"], column 1: expected one of the k6 metrics known here')
  expect(broken).toThrow('objectives[2]["http_reqs"][0].delayAbortEval: expected a duration')
  expect(broken).toThrow('objectives[2]["http_req_failed"][0], column 1: expected "rate" after http_req_failed, received "count"')
})
