import { expect, test } from 'vitest'
import { micro } from '../src/micro.ts'

test.each(micro)('$name is counted as often as it was done, at some cost', async ({ measure }) => {
  const { count, cpuMs, lastingMs } = await measure(20)
  expect(count).toBeGreaterThanOrEqual(2)
  expect(cpuMs).toBeGreaterThan(0)
  expect(lastingMs).toBeGreaterThanOrEqual(10)
})
