import fc from 'fast-check'
import { expect, test } from 'vitest'
import { herd } from '../src/herd.ts'
import { formatShape } from '../src/shape-format.ts'
import { parseShape } from '../src/shape-text.ts'
import { owedArrivals } from '../src/stage-size.ts'
import { burst, silence } from '../src/stages.ts'
import { problemsOf } from './problems-of.ts'

const inPhase = (phase: string, stages: ReturnType<typeof herd>) => stages.filter((stage) => stage.phase === phase)

test('a herd comes at once again and again, and then the same number comes evenly over as long', () => {
  expect(herd({ arrivals: 200, every: '10s', times: 2, over: '1s' })).toEqual([
    burst(200, '1s', { phase: 'herd' }),
    silence('9s', { phase: 'herd' }),
    burst(200, '1s', { phase: 'herd' }),
    silence('9s', { phase: 'herd' }),
    silence('10s'),
    burst(400, '20s', { phase: 'jittered' }),
  ])
})

test('both halves send the same number over the same time, whatever it is', () => {
  const whole = fc.integer({ min: 1, max: 500 })
  fc.assert(
    fc.property(whole, fc.integer({ min: 1, max: 100_000 }), whole, (arrivals, everyMs, times) => {
      const stages = herd({ arrivals, every: everyMs, times, pause: 0 })
      const owed = (phase: string) => inPhase(phase, stages).reduce((sum, stage) => sum + owedArrivals(stage), 0)
      const lastingMs = (phase: string) => inPhase(phase, stages).reduce((sum, stage) => sum + stage.lastingMs, 0)
      expect([owed('herd'), lastingMs('herd')]).toEqual([owed('jittered'), lastingMs('jittered')])
    }),
  )
})

test('a herd as text is the same herd, and what it becomes reads back', () => {
  const stages = herd({ arrivals: 500, every: '5s', times: 3, over: '200ms', pause: '30s' })
  expect(parseShape('herd 500 over 200ms every 5s times 3 pause 30s')).toEqual(stages)
  expect(parseShape(formatShape(stages))).toEqual(stages)
})

test('a herd brings its own phases, so it takes none and stands in no overlay', () => {
  expect(() => parseShape('rush-hour: herd 5 every 5s times 3')).toThrow('no phase before a herd')
  expect(() => parseShape('overlay { herd 5 every 5s times 3 }')).toThrow('no herd inside an overlay')
})

test('a herd is whole, and narrower than the time to the next one', () => {
  expect(problemsOf(() => herd({ arrivals: 2.5, every: '1s', times: 2000, over: '1s' }))).toEqual([
    'arrivals: a whole number | 2.5',
    'times: a whole number up to 1000 | 2000',
    'over: a width below "every" (1000 ms) | "1s"',
  ])
})
