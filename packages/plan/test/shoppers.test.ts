import { expect, test } from 'vitest'
import type { Shopper } from '../src/plan.ts'
import type { Journey } from '../src/session.ts'
import { mayHaveStep, shopper, stepsInText } from '../src/shoppers.ts'

test('a class of shoppers in code may leave its options out', () => {
  const journey: Journey = () => undefined
  expect(shopper('buyer', journey)).toEqual({ name: 'buyer', journey })
  expect(shopper('buyer', { weight: 2, steps: ['pay'] }, journey)).toEqual({ name: 'buyer', weight: 2, steps: ['pay'], journey })
})

test('a class of declared requests keeps them as they are', () => {
  expect(shopper('looker', { weight: 3 }, [{ step: 'landing', get: '/' }])).toEqual({
    name: 'looker',
    weight: 3,
    steps: [{ step: 'landing', get: '/' }],
  })
})

test("the steps in a journey's text are its literals, each once, in whatever quotes", () => {
  const journey: Journey = async (s) => {
    await s.get('/', { step: 'landing' })
    await s.step('pay now', () => s.post('/pay'))
    await s.get('/', { step: "it's here" })
    await s.get('/', { step: 'again' })
    await s.get('/', { step: 'landing' })
  }
  expect(stepsInText(journey)).toEqual(['landing', 'pay now', "it's here", 'again'])
})

test('a name that is built while the journey runs is not among them', () => {
  const journey: Journey = async (s) => {
    const kind = 'p'
    await s.get('/', { step: `page-${s.arrival}` })
    await s.get('/', { step: kind })
  }
  expect(stepsInText(journey)).toEqual([])
})

function walking(journey: Journey): Shopper {
  return { kind: 'journey', name: 'a', weight: 1, steps: [], journey }
}

test('a journey may have any step that it quotes, and the default name of a request with that path', () => {
  const found = walking(async (s) => {
    const late = 'late'
    await s.get('/p?x=1', { step: late })
    await s.get('/q')
  })
  expect(['late', 'GET /p', 'GET /q', 'POST /q', 'lat', 'GET /'].filter((step) => mayHaveStep(found, step))).toEqual([
    'late',
    'GET /p',
    'GET /q',
  ])
})

test('a page has its assets as a step beside its own, and a live connection the name of a GET', () => {
  const found = walking(async (s) => {
    await s.page('/sale', { step: 'landing' })
    await s.page('/p')
    await s.socket('/queue')
  })
  expect(
    ['landing (assets)', 'GET /p (assets)', 'GET /p', 'GET /queue', 'other (assets)', 'POST /p'].filter((step) => mayHaveStep(found, step)),
  ).toEqual(['landing (assets)', 'GET /p (assets)', 'GET /p', 'GET /queue'])
  const without = walking(async (s) => void (await s.get('/p', { step: 'landing' })))
  expect(mayHaveStep(without, 'landing (assets)')).toBe(false)
})
