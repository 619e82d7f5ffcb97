import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { hashArrivals } from '../src/hash-arrivals.ts'
import { hold, lognormal, ramp } from './support/stages.ts'

const even = { spacing: 'even', seed: 1 } as const
const random = { spacing: 'poisson', seed: 1 } as const

test('the hash is that of a head line and the due times in whole µs', () => {
  // 3/s for 1 s: 333,333.33, 666,666.67 and 1,000,000 µs.
  const micros = new DataView(new ArrayBuffer(24))
  ;[333_333, 666_667, 1_000_000].forEach((micro, index) => micros.setFloat64(index * 8, micro, true))
  const expected = createHash('sha256')
    .update('doorbuster arrivals 1, even, every 1, of 3\n')
    .update(new Uint8Array(micros.buffer))
    .digest('hex')
  expect(hashArrivals({ traffic: [hold(3, 1000)], ...even })).toBe(expected)
})

test('the hash of a rush and of a Poisson hold are what they were when this was written', () => {
  expect(hashArrivals({ traffic: [lognormal(20_000, 45_000, 1, 300_000)], ...even })).toBe(
    '57096eae5982408d10866cf0c33e1010b0e36841c79aa0f714886933c61ae5c7',
  )
  expect(hashArrivals({ traffic: [hold(50, 100_000)], ...random })).toBe('891ef5363f29ff53cec8bd4bf87f11e7c12d094d40d1994505747a2d3a34b1d9')
})

test('a µs more, another seed, another spacing: another hash; a hold split in two: the same', () => {
  const traffic = [hold(40, 2000), ramp(40, 80, 1000)]
  const hash = hashArrivals({ traffic, ...even })
  expect(hashArrivals({ traffic: [hold(40, 2000), ramp(40, 80, 1000.01)], ...even })).not.toBe(hash)
  expect(hashArrivals({ traffic: [hold(40, 750), hold(40, 1250), ramp(40, 80, 1000)], ...even })).toBe(hash)
  expect(hashArrivals({ traffic, ...even, seed: 2 })).toBe(hash)
  expect(hashArrivals({ traffic, ...random })).not.toBe(hash)
  expect(hashArrivals({ traffic, ...random, seed: 2 })).not.toBe(hashArrivals({ traffic, ...random }))
})

test('10⁸ arrivals are hashed by every hundredth, and a change near the end still shows', () => {
  const hash = hashArrivals({ traffic: [hold(100_000, 999_000), hold(100_000, 1000)], ...even })
  expect(hashArrivals({ traffic: [hold(100_000, 999_000), ramp(100_010, 99_990, 1000)], ...even })).not.toBe(hash)
})
