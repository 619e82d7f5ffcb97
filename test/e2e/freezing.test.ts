// A shop that stands still now and then, rehearsed both ways: an open crowd feels it, a closed loop hides it.
import type { Summary } from '@doorbuster/verdict'
import { expect, test } from 'vitest'
import { testFolder } from '../support/folders.ts'
import { runDoorbuster } from '../support/program.ts'
import { freezing } from '../support/servers.ts'

const run = async (args: readonly string[], cwd: string): Promise<Summary> => {
  const { stdout, stderr } = await runDoorbuster(['run', ...args, '--json', '-'], { cwd })
  expect(stdout, stderr).toMatch(/^\{/)
  return JSON.parse(stdout) as Summary
}

test('a server that freezes shows its freeze in the response times, and hides it from a closed loop', async () => {
  using folder = testFolder()
  // Frozen for 500 ms of every 2.5 s: one arrival in five waits, evenly between 0 and 500 ms. So p90 is near 250 ms and p99 near 475.
  const freeze = { answerMs: 1, freezeMs: 500, everyMs: 2_500 }
  await using shop = await freezing(freeze)
  const open = await run([shop.url, '-R', '100/s', '-d', '5s'], folder.path)
  const { p50, p90, p99 } = open.responseMs
  expect(p50).toBeLessThan(100)
  expect(p90).toBeGreaterThan(170)
  expect(p90).toBeLessThan(330)
  expect(p99).toBeGreaterThan(420)
  await using again = await freezing(freeze)
  const closed = await run([again.url, '-c', '1', '-d', '5s'], folder.path)
  expect(closed.responseMs.p99).toBeLessThan(100)
})
