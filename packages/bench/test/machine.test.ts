import { expect, test } from 'vitest'
import { stolenRatio } from '../src/machine.ts'

// user nice system idle iowait irq softirq steal guest guest_nice
const before = `cpu  200 0 100 1000 0 0 0 50 0 0
cpu0 100 0 50 500 0 0 0 20 0 0
cpu1 100 0 50 500 0 0 0 30 0 0
intr 1 2 3
`
const after = `cpu  300 0 150 1018 0 0 0 82 0 0
cpu0 150 0 80 510 2 0 0 28 0 0
cpu1 150 0 70 506 0 0 0 54 0 0
intr 1 2 3
`

test('8 of 100 ticks stolen from one CPU and 24 of 100 from the other: the worst counts', () => {
  expect(stolenRatio(before, after, null)).toBe(0.24)
})

test('only the CPUs asked for are looked at', () => expect(stolenRatio(before, after, [0])).toBe(0.08))

test('where no time went by, none was stolen', () => expect(stolenRatio(before, before, null)).toBe(0))

test('a system without such a file does not tell', () => expect(stolenRatio('', '', null)).toBeNull())
