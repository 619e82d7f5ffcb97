import { launch } from '@doorbuster/plan'
import { expect, test } from 'vitest'
import { fitCrowd } from '../src/fit-crowd.ts'
import { socketLimit } from '../src/machine.ts'

const target = 'http://127.0.0.1:4000'
const open = (traffic: string) => launch({ name: 'open', target, traffic })
const closed = (shoppers: number) => launch({ name: 'closed', target, closed: { shoppers, lasting: '10s' } })
const most = socketLimit()
const ceiling = { sockets: most, shoppers: 50_000 }

test('a peak of as many arrivals a second as there are sockets is nothing to speak of', () => {
  expect(fitCrowd(open(`hold ${most}/s for 5s`), ceiling)).toBeNull()
  expect(fitCrowd(closed(most), ceiling)).toBeNull()
})

test('a second that brings twice as many as there are sockets leaves half a second for an answer, and it is said', () => {
  expect(fitCrowd(open('hold 10/s for 1s; hold 200/s for 5s'), { sockets: 100, shoppers: 50_000 })).toMatch(
    /^the busiest second brings 200 arrivals, but only 100 sockets may be open at once: .* longer than 500 ms/,
  )
})

test('the limit on open files is named as the cure when it is what stands in the way, and only then', () => {
  // 128 descriptors are kept for files and threads of our own; above 20,000 sockets no limit on open files helps.
  if (most < 20_000) expect(() => fitCrowd(closed(most + 1), ceiling)).toThrow(`\`ulimit -n ${most + 129}\` raises it`)
  expect(() => fitCrowd(closed(11), { sockets: 10, shoppers: 50_000 })).toThrow(/^(?!.*ulimit).*at most 10 shoppers/)
  expect(() => fitCrowd(closed(20_001), { sockets: most, shoppers: 50_000 })).toThrow(/^(?!.*ulimit)/)
})
