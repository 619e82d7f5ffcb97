import type { AnswerRuleInput } from '@doorbuster/plan'
import { launch } from '@doorbuster/plan'
import { expect, test } from 'vitest'
import { answerTest } from '../src/answer-rules.ts'
import type { Made } from './support/answers.ts'
import { lookedAt } from './support/answers.ts'

/** As a plan's text says it. */
function holds(rules: AnswerRuleInput | readonly AnswerRuleInput[], made: Made): boolean {
  const { waitingRoom } = launch({ name: 'x', target: 'http://127.0.0.1', traffic: 'burst 1', waitingRoom: { when: rules } })
  return answerTest(waitingRoom?.when ?? [])(lookedAt(made))
}

test('of one rule everything must hold, of several rules any', () => {
  const both = { status: 200, header: 'x-queue' }
  expect([
    holds(both, { headers: { 'x-queue': '1' } }),
    holds(both, {}),
    holds(both, { status: 503, headers: { 'x-queue': '1' } }),
  ]).toEqual([true, false, false])
  expect(holds([{ status: 429 }, { status: [502, 503] }], { status: 503 })).toBe(true)
})

test('a header’s value is looked for in any case, as words and not as a pattern', () => {
  const rule = { header: 'X-Page: Waiting' }
  expect([holds(rule, { headers: { 'x-page': 'still WAITING, sorry' } }), holds(rule, { headers: { 'x-page': 'shop' } })]).toEqual([
    true,
    false,
  ])
  expect(holds({ header: 'x-page: .*' }, { headers: { 'x-page': 'anything' } })).toBe(false)
})

test('words of a body are found in a packed one too', () => {
  expect(holds({ body: 'You are in line' }, { body: '<p>You are in line</p>', gzip: true })).toBe(true)
  expect(holds({ body: 'you are in line' }, { body: 'You are in line' })).toBe(false)
})

test('a URL is that of the redirect, or else the one that was asked for', () => {
  const room = { url: '/queue' }
  expect(holds(room, { status: 302, headers: { location: 'queue?n=1' } })).toBe(true)
  expect(holds(room, { status: 302, headers: { location: '/p/tv' }, asked: '/queue' })).toBe(false)
  expect([holds(room, { asked: '/queue/7' }), holds(room, { asked: '/p/tv' })]).toEqual([true, false])
  expect(holds({ url: 'https://queue.example/' }, { status: 302, headers: { location: 'https://queue.example/?c=1' } })).toBe(true)
  expect(holds(room, { status: 302, headers: { location: 'http://[' } })).toBe(false)
})
