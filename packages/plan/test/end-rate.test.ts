import { expect, test } from 'vitest'
import { curve } from '../src/curve.ts'
import { decay } from '../src/decay.ts'
import { endRatePerSec } from '../src/end-rate.ts'
import { overlay } from '../src/overlay.ts'
import { rush } from '../src/rush.ts'
import { burst, hold, ramp, silence } from '../src/stages.ts'

test('stages end at the rate that their last moment has', () => {
  expect(endRatePerSec([])).toBe(0)
  expect(endRatePerSec([ramp(1, 9, 1)])).toBe(9)
  expect(endRatePerSec([decay({ from: 9, to: 2, lasting: 1 })])).toBe(2)
  expect(endRatePerSec([hold(5, 1), silence(1)])).toBe(0)
  expect(
    endRatePerSec([
      curve([
        { at: 0, rate: 3 },
        { at: 1, rate: 4 },
      ]),
    ]),
  ).toBe(4)
})

test('a burst at one instant has no rate of its own, a burst with a width has', () => {
  expect(endRatePerSec([hold(5, 1), burst(100), burst(7)])).toBe(5)
  expect(endRatePerSec([hold(5, 1), burst(100, '4s')])).toBe(25)
})

test('a plateau rush that is cut on its plateau ends at its mean', () => {
  expect(endRatePerSec([rush({ arrivals: 600, law: 'plateau', plateau: '1m', power: 0.5, lasting: '30s' })])).toBe(20)
})

test('an overlay ends at the sum of the shapes that last to its end', () => {
  expect(endRatePerSec([overlay([hold(3, '2s'), [silence('1s'), hold(4, '1s')], hold(9, '1s')])])).toBe(7)
})

test('only its file knows where an unread curve ends', () => {
  expect(endRatePerSec([curve('a.csv')])).toBeUndefined()
  expect(endRatePerSec([overlay([hold(1, 1), curve('a.csv')])])).toBe(1)
})
