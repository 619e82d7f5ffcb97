import fc from 'fast-check'
import { expect, test } from 'vitest'
import { curve, resolveCurves } from '../src/curve.ts'
import { decay } from '../src/decay.ts'
import { overlay } from '../src/overlay.ts'
import { rush } from '../src/rush.ts'
import { formatShape } from '../src/shape-format.ts'
import { parseShape } from '../src/shape-text.ts'
import { burst, hold, ramp, silence } from '../src/stages.ts'
import { anyStages } from './arbitrary-stages.ts'

test('stages → text → stages is the identity', () => {
  fc.assert(
    fc.property(anyStages, fc.constantFrom('line' as const, 'lines' as const), (stages, layout) => {
      expect(parseShape(formatShape(stages, layout))).toEqual(stages)
    }),
  )
})

test('the text that formatting gives does not change when it is read and formatted again', () => {
  fc.assert(
    fc.property(anyStages, (stages) => {
      const text = formatShape(stages)
      expect(formatShape(parseShape(text))).toBe(text)
    }),
  )
})

test('every kind of stage reads as a person would write it', () => {
  const stages = [
    hold('1200/m', '1m', { phase: 'baseline' }),
    ramp(20, 80, '30s'),
    burst('5k'),
    burst(100, '250ms'),
    silence('1m30s'),
    rush({ arrivals: 60_000, law: 'lognormal', median: '45s', sigma: 1, lasting: '5m', phase: 'doors' }),
    rush({ arrivals: 10, law: 'exponential', mean: '1s', lasting: '2s' }),
    rush({ arrivals: 10, law: 'plateau', plateau: '1s', power: 0.4, lasting: '2s' }),
    decay({ from: 80, to: 20, lasting: '1h' }),
    decay({ from: 80, to: 20, lasting: '1h', law: 'exponential' }),
    decay({ from: 80, to: 20, lasting: '1h', law: 'power', power: 0.5 }),
    curve([
      { at: 0, rate: 20 },
      { at: '10s', rate: '80/s' },
    ]),
    curve('black friday.csv', { times: 2 }),
    overlay([hold('5000/h', '1s'), [silence('500ms'), burst(3)]]),
  ]
  expect(formatShape(stages, 'lines').split('\n')).toEqual([
    'baseline: hold 20/s for 1m',
    'ramp from 20/s to 80/s over 30s',
    'burst 5000',
    'burst 100 over 250ms',
    'silence for 90s',
    'doors: rush 60000 lognormal median 45s sigma 1 for 5m',
    'rush 10 exponential mean 1s for 2s',
    'rush 10 plateau 1s power 0.4 for 2s',
    'decay from 80/s to 20/s over 1h',
    'decay from 80/s to 20/s over 1h exponential',
    'decay from 80/s to 20/s over 1h power 0.5',
    'curve [0s 20/s, 10s 80/s]',
    'curve "black friday.csv" times 2',
    'overlay { hold 5000/h for 1s | silence for 500ms; burst 3 }',
  ])
})

test('a curve that has been read from its file comes back once the file is read again', () => {
  const readText = () => '0,10\n60,30\n'
  const read = resolveCurves([curve('rates.csv', { times: 2 })], readText)
  expect(formatShape(read)).toBe('curve rates.csv times 2')
  expect(resolveCurves(parseShape(formatShape(read)), readText)).toEqual(read)
})
