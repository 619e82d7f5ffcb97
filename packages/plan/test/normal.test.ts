import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalCdf, normalQuantile } from '../src/normal.ts'

// Φ at these doubles, computed with 50 digits and rounded to the nearest double.
const cdfTable = [
  [-37.5, 4.605353009581955e-308],
  [-30, 4.906713927148187e-198],
  [-20, 2.7536241186062337e-89],
  [-10, 7.619853024160525e-24],
  [-8.25, 7.919726314642477e-17],
  [-5.7, 5.990371401063528e-9],
  [-5.6, 1.071759025831093e-8],
  [-3, 0.0013498980316300946],
  [-2.5, 0.006209665325776135],
  [-1, 0.15865525393145705],
  [-0.6875, 0.24588385038026145],
  [-0.65625, 0.2558316413479339],
  [-0.25, 0.4012936743170763],
  [-0.0009765625, 0.4996104079912195],
  [0, 0.5],
  [0.5, 0.6914624612740131],
  [0.6875, 0.7541161496197385],
  [1.5, 0.9331927987311419],
  [4, 0.9999683287581669],
  [8, 0.9999999999999993],
] as const

// Likewise the x with Φ(x) = p for these doubles p.
const quantileTable = [
  [1e-300, -37.0470962993612],
  [1e-100, -21.273453560965326],
  [1e-20, -9.262340089798407],
  [1e-9, -5.9978070150076865],
  [0.0001, -3.7190164854556804],
  [0.01, -2.326347874040841],
  [0.0625, -1.5341205443525463],
  [0.075, -1.439531470938456],
  [0.1, -1.2815515655446004],
  [0.25, -0.6744897501960817],
  [0.4375, -0.1573106846101707],
  [0.5 + 2 ** -40, 2.2797651350911116e-12],
  [0.75, 0.6744897501960817],
  [0.9375, 1.5341205443525463],
  [0.99, 2.3263478740408408],
  [1 - 2 ** -30, 6.009353565530744],
  [1 - 2 ** -53, 8.209536151601387],
] as const

function relativeError(value: number, exact: number): number {
  return Math.abs(value - exact) / Math.abs(exact)
}

test('the cdf is right to 15 digits, also far down the tail', () => {
  for (const [x, exact] of cdfTable) expect(relativeError(normalCdf(x), exact), `Φ(${x})`).toBeLessThan(2e-15)
})

test('the quantile is right to 15 digits, also far down the tail', () => {
  for (const [p, exact] of quantileTable) expect(relativeError(normalQuantile(p), exact), `Φ⁻¹(${p})`).toBeLessThan(2e-15)
})

test('the ends of the line are the ends of the distribution', () => {
  expect([normalCdf(Number.NEGATIVE_INFINITY), normalCdf(-40), normalCdf(40), normalCdf(Number.POSITIVE_INFINITY)]).toEqual([0, 0, 1, 1])
  expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY])
  expect([normalQuantile(-0.1), normalQuantile(1.1), normalQuantile(Number.NaN), normalCdf(Number.NaN)]).toEqual(Array(4).fill(Number.NaN))
})

test('the cdf never falls where its formulas meet', () => {
  for (const seam of [-Math.sqrt(32), -0.66291, 0.66291, Math.sqrt(32)]) {
    const step = Math.abs(seam) * 1e-13
    const values = [-2, -1, 0, 1, 2].map((steps) => normalCdf(seam + steps * step))
    expect(values).toEqual([...values].sort((left, right) => left - right))
  }
})

test('the quantile undoes the cdf', () => {
  fc.assert(fc.property(fc.double({ min: -37, max: 5, noNaN: true }), (x) => Math.abs(normalQuantile(normalCdf(x)) - x) < 1e-10))
})
