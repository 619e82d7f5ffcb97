import { expect, test } from 'vitest'
import { parts } from '../src/micro.ts'

const own = parts.entries.filter(({ tool }) => tool === null)

test.each(own)('$name is counted as often as it was done, at some cost', async (entry) => {
  if (entry.tool !== null) throw new Error('a part runs in this process')
  const { figures } = await entry.measure({ windowMs: 20 })
  expect(figures.cpuUsEach).toBeGreaterThan(0)
  expect(figures.perSec).toBeGreaterThan(10)
  expect(figures.coreRatio).toBeGreaterThan(0)
})
