import { expect, test } from 'vitest'
import { ExactSum } from '../src/exact-sum.ts'

test('a hundred thousand tenths are ten thousand, where plain addition is not', () => {
  const sum = new ExactSum()
  let plain = 0
  for (let term = 0; term < 100_000; term += 1) {
    sum.add(0.1)
    plain += 0.1
  }
  expect(sum.value).toBe(10_000)
  expect(plain).not.toBe(10_000)
})

test('a small term survives beside a huge one, whichever comes first', () => {
  for (const terms of [
    [1e17, 0.25, -1e17],
    [0.25, 1e17, -1e17],
  ]) {
    const sum = new ExactSum()
    for (const term of terms) sum.add(term)
    expect(sum.value).toBe(0.25)
  }
})

test('what is left to a total keeps the digits that the rounded sum lost', () => {
  const sum = new ExactSum()
  sum.add(2 ** 53)
  sum.add(0.5)
  expect(2 ** 53 + 1 - sum.value).not.toBe(0.5)
  expect(sum.leftOf(2 ** 53 + 2)).toBe(1.5)
})
