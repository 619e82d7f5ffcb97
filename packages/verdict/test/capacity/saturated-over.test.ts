import { expect, test } from 'vitest'
import type { CapacityLevel } from '../../src/capacity/capacity-form.ts'
import { concludeCapacity } from '../../src/capacity/conclude.ts'
import { saturatedOver } from '../../src/capacity/saturated-over.ts'
import { asked, level } from '../support/simulated-target.ts'

const shop = '127.0.0.1:4000'
const at = (name: string, atMs = 3_000, page = shop) => ({ page, name, atMs })
const read = (ratePerSec: number, names: readonly string[], more: Partial<CapacityLevel> = {}): CapacityLevel =>
  level({ ratePerSec, saturated: names.map((name, nth) => at(name, 3_000 + nth * 1_000)), ...more })
const firstSentence = (levels: readonly CapacityLevel[]) =>
  concludeCapacity(asked({}), levels, { finished: true, stopped: null }).reasons.find((reason) => /limit: |the target said/.test(reason))

test('a series is at its limit from the lowest rate on at which it was seen there, and no rate above is without', () => {
  // The cpu of a cold start at 10/s says nothing of 160/s.
  const levels = [read(10, ['cpu']), read(40, []), read(160, ['workers']), read(320, ['workers', 'cpu']), read(640, ['cpu', 'workers'])]
  expect(saturatedOver(levels)).toEqual([
    { page: shop, name: 'workers', fromPerSec: 160 },
    { page: shop, name: 'cpu', fromPerSec: 320 },
  ])
  expect(firstSentence(levels)).toBe('First to its limit: workers, from 160/s on; then cpu, from 320/s on.')
  expect(saturatedOver(levels.toReversed())).toEqual(saturatedOver(levels))
})

test('at one rate the one that came there first is first', () => {
  expect(saturatedOver([read(40, []), read(80, ['pool', 'cpu'])])?.map(({ name }) => name)).toEqual(['pool', 'cpu'])
})

test('two looks at one rate that disagree leave it free', () => {
  expect(saturatedOver([read(40, []), read(80, ['cpu']), read(80, []), read(82, ['cpu'])])).toEqual([
    { page: shop, name: 'cpu', fromPerSec: 82 },
  ])
})

test('a level that ended early, one beyond the answer and one of a generator that fell behind are no evidence that a series is free', () => {
  const full = [read(80, ['cpu']), read(160, ['cpu'])]
  const others = [
    read(320, [], { hasEndedEarly: true, standing: 'missed' }),
    read(320, [], { purpose: 'beyond' }),
    read(320, [], { standing: 'invalid' }),
  ]
  for (const other of others) expect(saturatedOver([...full, other])).toEqual([{ page: shop, name: 'cpu', fromPerSec: 80 }])
})

test('of several pages each series is told with its own', () => {
  const levels = [level({ ratePerSec: 80, saturated: [at('cpu', 3_000, 'web1'), at('cpu', 9_000, 'web2')] })]
  expect(firstSentence(levels)).toBe('First to its limit: cpu of web1, from 80/s on; then cpu of web2, from 80/s on.')
})

test('pages that nobody read are not told of, and full ones that never came are', () => {
  expect(saturatedOver([level({ ratePerSec: 80 })])).toBeNull()
  expect(concludeCapacity(asked({}), [level({ ratePerSec: 80 })], { finished: true, stopped: null })).not.toHaveProperty('saturated')
  expect(firstSentence([level({ ratePerSec: 80 })])).toBeUndefined()
  expect(firstSentence([read(80, [])])).toBe('Of what the target said of itself nothing came to its limit at any of these rates.')
})
