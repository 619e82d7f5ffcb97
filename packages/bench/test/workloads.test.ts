import { expect, test } from 'vitest'
import { workloads } from '../src/workloads.ts'

test('every letter from (a) to (h) is work, and the small parts are', () => {
  expect([...new Set(workloads.map(({ letter }) => letter))]).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'p'])
})

test.each(workloads)('no two rows of "$name" share a name, and its goals speak of its rows and columns', ({ entries, goals, columns }) => {
  const names = entries.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (const { row, over, figure } of goals) {
    expect(names).toContain(row)
    if (over !== null) expect(names).toContain(over)
    expect(columns).toContain(figure)
  }
})

test('a full journey may cost 125 µs a request, which is 8,000 a second on one core', () => {
  const limits = workloads.find(({ letter }) => letter === 'h')?.goals.map(({ figure, atMost }) => [figure, 1e6 / atMost])
  expect(limits).toEqual([
    ['cpuUsEach', 8_000],
    ['cpuUsEach', 8_000],
  ])
})

test('what the product set itself is what is held against the rows', () => {
  const said = workloads.flatMap(({ letter, goals }) =>
    goals.filter(({ over }) => over !== null).map(({ row, over, atMost }) => `${letter}: ${row} at most ${atMost} × ${over}`),
  )
  expect(said).toEqual([
    'a: doorbuster at most 1 × wrk',
    'a: doorbuster at most 0.45 × autocannon',
    'a: doorbuster at most 0.2 × hey',
    'c: doorbuster at most 0.25 × k6',
    'c: doorbuster at most 0.1 × Artillery',
    'c: doorbuster, kept sockets at most 1.6 × wrk, bare requests',
    'd: doorbuster at most 1.4 × wrk',
  ])
})
