import { platform, tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { startHeldTarget } from '../src/held-target.ts'

const where = { cwd: tmpdir(), isPinned: false }

test.runIf(platform() === 'linux')('a server that delays writes down what it took, never less than the delay', async () => {
  await using target = await startHeldTarget({ kind: 'delays', delaysMs: [5, 15] }, where)
  for (let nth = 0; nth < 4; nth++) expect(await (await fetch(target.url)).text()).toBe('held')
  const { serviceMs, arrivedMs, mostWaiting } = await target.log()
  expect(arrivedMs).toHaveLength(4)
  expect(mostWaiting).toBe(1)
  for (const [index, ms] of serviceMs.entries()) expect(ms).toBeGreaterThanOrEqual(index % 2 === 0 ? 5 : 15)
})

test.runIf(platform() === 'linux')('a slow answer holds up no quick one', async () => {
  await using target = await startHeldTarget({ kind: 'delays', delaysMs: [60_000, 1] }, where)
  const giveUp = new AbortController()
  const slow = fetch(target.url, { signal: giveUp.signal }).catch(() => 'given up')
  while ((await target.log()).mostWaiting < 1) await new Promise(setImmediate)
  expect(await (await fetch(target.url)).text()).toBe('held')
  giveUp.abort()
  expect(await slow).toBe('given up')
})

test.runIf(platform() === 'linux')('nobody is answered before the last of the crowd has come', async () => {
  await using target = await startHeldTarget({ kind: 'waiting', users: 3, longerMs: 1 }, where)
  const first = fetch(target.url)
  const second = fetch(target.url)
  while ((await target.log()).mostWaiting < 2) await new Promise(setImmediate)
  expect((await target.log()).serviceMs).toEqual([])
  const answers = await Promise.all([first, second, fetch(target.url)])
  expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(['held', 'held', 'held'])
  expect((await target.log()).mostWaiting).toBe(3)
})
