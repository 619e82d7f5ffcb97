// Which runs may be held against each other.
import { expect, test } from 'vitest'
import { targetClass, unlikeness } from '../../src/compare/likeness.ts'
import { runStart } from '../support/windows.ts'

const summary = { finished: true, trust: [] }
const start = { ...runStart(10), plan: { target: 'http://127.0.0.1:4000', name: 'a', pace: 1 } }

test('two versions at other ports, under other names and objectives, are alike', () => {
  const plan = { target: 'http://127.0.0.1:5000', name: 'b', pace: 1, objectives: [{ text: 'p95 < 1s' }] }
  const other = { ...start, plan, target: 'http://127.0.0.1:5000', planHash: 'another' }
  expect(unlikeness({ start: { ...start, target: 'http://localhost:4000' }, summary }, { start: other, summary })).toEqual([])
})

test('a run that is watched more closely, and judged by another budget, is of the same load', () => {
  const plan = { ...start.plan, contact: 'ops@shop.test', budget: { overMs: 1 }, metrics: [{ url: 'http://127.0.0.1:9100/metrics' }] }
  expect(unlikeness({ start, summary }, { start: { ...start, plan, planHash: 'another' }, summary })).toEqual([])
})

test.each([
  ['plan', { plan: { pace: 2 } }],
  ['shape', { shape: 'hold 9/s for 1s' }],
  ['target class', { target: 'https://shop.example.com' }],
  ['transport', { transport: 'http/2' }],
] as const)('another %s is unlike', (what, other) => {
  const found = unlikeness(
    { start: { ...start, target: 'http://127.0.0.1' }, summary },
    { start: { ...start, target: 'http://127.0.0.1', ...other }, summary },
  )
  expect(found).toMatchObject([{ kind: 'unlike', what }])
})

test('other threads are told, and forbid nothing', () => {
  expect(unlikeness({ start, summary }, { start: { ...start, threads: 4 }, summary })).toMatchObject([
    { kind: 'told', what: 'threads', new: '4' },
  ])
})

test('a run whose generator fell behind, or that is unfinished, is no evidence', () => {
  const late = { finished: true, trust: [{ name: 'lateness', status: 'failed', because: 'late' }] } as const
  expect(unlikeness({ start, summary }, { start, summary: late })).toMatchObject([{ kind: 'evidence', what: 'generator', new: 'late' }])
  expect(unlikeness({ start, summary: { ...summary, finished: false } }, { start, summary })).toMatchObject([
    { kind: 'evidence', what: 'ending' },
  ])
})

test.each([
  ['http://localhost:3000', 'loopback'],
  ['http://127.0.0.9', 'loopback'],
  ['http://[::1]:80', 'loopback'],
  ['http://10.1.2.3', 'private'],
  ['http://172.31.0.1', 'private'],
  ['http://172.32.0.1', 'public'],
  ['http://shop', 'private'],
  ['http://shop.internal', 'private'],
  ['http://10.example.com', 'public'],
  ['https://shop.example.com', 'public'],
])('%s is %s', (target, expected) => expect(targetClass(target)).toBe(expected))
