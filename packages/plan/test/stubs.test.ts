import { expect, test } from 'vitest'
import { canonicalPlan } from '../src/canonical.ts'
import { launch } from '../src/launch.ts'
import { thirdPartiesIn } from '../src/third-parties.ts'
import { problemsOf } from './problems-of.ts'

const plan = { name: 'x', target: 'http://127.0.0.1:4000', traffic: 'hold 1/s for 1s' }

test('stubs are kept by host, and the port that a scheme has anyway is no part of it', () => {
  const { stubs } = launch({
    ...plan,
    stubs: { 'API.Stripe.com': 'http://127.0.0.1:4010/', 'pay.example:8443': 'http://127.0.0.1:4011/pay' },
  })
  expect(stubs).toEqual({ 'api.stripe.com': 'http://127.0.0.1:4010', 'pay.example:8443': 'http://127.0.0.1:4011/pay' })
})

test('a stub for no host, or without a URL, is told with its key, all at once', () => {
  const told = problemsOf(() =>
    launch({ ...plan, stubs: { 'https://api.stripe.com': 'http://127.0.0.1:1', 'pay.example': '127.0.0.1:4010' } }),
  )
  expect(told.map((each) => each.replace(/: .*/, ''))).toEqual(['stubs["https://api.stripe.com"]', 'stubs["pay.example"]'])
})

test('a secret in a stub or a contact that is no line stays out of the plan', () => {
  const { stubs } = canonicalPlan(launch({ ...plan, stubs: { 'pay.example': 'http://ada:hush@127.0.0.1:1' } })) as { stubs: object }
  expect(JSON.stringify(stubs)).not.toContain('hush')
  expect(problemsOf(() => launch({ ...plan, contact: 'Ada\r\nx: y' })).map((each) => each.replace(/: .*/, ''))).toEqual(['contact'])
})

test('third parties in a text are found once each, wherever they stand in it', () => {
  const text = 's.post("https://api.stripe.com/v1/charges"); s.get(`https://api.stripe.com/${id}`); s.get("/p?next=https://shop.example/")'
  expect(thirdPartiesIn(text)).toEqual([{ kind: 'payment', host: 'api.stripe.com' }])
})
