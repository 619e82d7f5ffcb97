import { expect, test } from 'vitest'
import type { Measured } from '../src/figures.ts'
import { inTurn } from '../src/in-turn.ts'

const measured: Measured = { stolenRatio: null, figures: { perSec: 1 } }

test('rounds go through all contenders, every second one backwards', async () => {
  const order: string[] = []
  const contenders = ['a', 'b', 'c'].map((name) => ({ name, measure: () => Promise.resolve(measured) }))
  await inTurn(contenders, { rounds: 3, onRound: (round, name) => order.push(`${round}${name}`) })
  expect(order).toEqual(['1a', '1b', '1c', '2c', '2b', '2a', '3a', '3b', '3c'])
})

test('a contender that fails once keeps its other rounds, and stops nobody', async () => {
  let attempts = 0
  const shaky = () => (++attempts === 1 ? Promise.reject(new Error('port in use')) : Promise.resolve(measured))
  const contenders = [
    { name: 'shaky', measure: shaky },
    { name: 'steady', measure: () => Promise.resolve(measured) },
  ]
  const well = { status: 'measured', ...measured }
  expect(await inTurn(contenders, { rounds: 2, onRound: () => {} })).toEqual([
    { name: 'shaky', rounds: [{ status: 'failed', because: 'port in use' }, well] },
    { name: 'steady', rounds: [well, well] },
  ])
})
