import { describe, expect, test } from 'vitest'
import { counted, figure, ordinal, secondsFigure } from '../src/figures.ts'

describe('numbers in sentences', () => {
  test.each([
    [0.4312, 'ms', '0.4312 ms'],
    [499.96, 'ms', '500 ms'],
    [499.6, 'ms', '499.6 ms'],
    [9_999, 'ms', '9,999 ms'],
    [12_345, 'ms', '12.35 s'],
    [0.00123, 'ratio', '0.123 %'],
    [0.0009996, 'ratio', '0.1 %'],
    [1, 'ratio', '100 %'],
    [1_263.4, 'perSec', '1,263/s'],
    [123_456.7, 'perSec', '123,457/s'],
    [0, 'count', '0'],
  ] as const)('%d %s reads %s', (value, unit, text) => expect(figure(value, unit)).toBe(text))

  test('one sample is no plural', () => {
    expect(counted(1, 'sample')).toBe('1 sample')
    expect(counted(4_210, 'sample')).toBe('4,210 samples')
  })

  test('moments of the run are in seconds however long it is', () => {
    expect(secondsFigure(1_500)).toBe('1.5 s')
    expect(secondsFigure(86_400_000)).toBe('86,400 s')
  })

  test.each([
    [1, '1st'],
    [2, '2nd'],
    [11, '11th'],
    [13, '13th'],
    [50, '50th'],
    [73, '73rd'],
    [99.9, '99.9th'],
  ])('percentile %d is the %s', (value, text) => expect(ordinal(value)).toBe(text))
})
