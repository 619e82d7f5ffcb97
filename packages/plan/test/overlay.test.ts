import { expect, test } from 'vitest'
import { overlay, phase, totalMs } from '../src/overlay.ts'
import { burst, hold, ramp, silence } from '../src/stages.ts'
import { problemsOf } from './problems-of.ts'

test('an overlay lasts as long as its longest shape', () => {
  const laid = overlay([hold(5, '3s'), [silence('2s'), burst(9), hold(1, '2s')]], { phase: 'doors' })
  expect(laid).toEqual({
    kind: 'overlay',
    shapes: [[hold(5, 3000)], [silence(2000), burst(9), hold(1, 2000)]],
    lastingMs: 4000,
    phase: 'doors',
  })
  expect([laid, laid.shapes, ...laid.shapes].every(Object.isFrozen)).toBe(true)
})

test('stages inside an overlay carry no phase, and no shape is empty', () => {
  expect(problemsOf(() => overlay([[hold(1, 1), hold(1, 1, { phase: 'a' })], []], { phase: '-' }))).toEqual([
    'shapes[0][1].phase: no phase inside an overlay: give it to the overlay | "a"',
    'shapes[1]: at least one stage | []',
    'phase: a name of letters, digits, "-" and "_" that begins with a letter | "-"',
  ])
  expect(problemsOf(() => overlay([]))).toEqual(['shapes: at least one shape | []'])
})

test('a group puts its phase on each stage and changes nothing else', () => {
  expect(phase('doors', [ramp(0, 9, '1s'), hold(9, '1s', { phase: 'doors' })])).toEqual([
    ramp(0, 9, '1s', { phase: 'doors' }),
    hold(9, '1s', { phase: 'doors' }),
  ])
})

test('a group does not rename a phase, and what is no stage is told', () => {
  expect(problemsOf(() => Reflect.apply(phase, undefined, ['doors', [hold(1, 1, { phase: 'decay' }), 'hold']]))).toEqual([
    'stages[0].phase: no other phase | "decay"',
    'stages[1]: a stage, such as hold(…) | "hold"',
  ])
  expect(problemsOf(() => phase('the doors', []))).toHaveLength(2)
})

test('stages one after the other last the sum of their lengths', () => {
  expect(totalMs([])).toBe(0)
  expect(totalMs([hold(1, '250ms'), burst(5), silence('1s')])).toBe(1250)
})
