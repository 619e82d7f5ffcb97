import { describe, expect, test } from 'vitest'
import type { BehaviourInput } from '../src/behaviour.ts'
import { canonicalPlan, planHash } from '../src/canonical.ts'
import { planFromData } from '../src/declared.ts'
import type { Launch } from '../src/launch.ts'
import { launch } from '../src/launch.ts'
import { defaultPatience } from '../src/patience.ts'
import type { Plan } from '../src/plan.ts'
import { defaultRetries } from '../src/retries.ts'
import { shopper } from '../src/shoppers.ts'
import { problemsOf } from './problems-of.ts'

const base = { name: 'drop', target: 'http://127.0.0.1:4000', traffic: 'burst 1' }
const declared = (behaviour: BehaviourInput): Plan['shoppers'][number] | undefined =>
  launch({ ...base, shoppers: [{ name: 'buyer', steps: [{ get: '/' }], ...behaviour }] }).shoppers[0]
const coded = (behaviour: BehaviourInput): Plan['shoppers'][number] | undefined =>
  launch({ ...base, shoppers: [shopper('buyer', behaviour, () => {})] }).shoppers[0]

describe('patience', () => {
  test('is none unless it is given, and its defaults with one word', () => {
    expect([declared({})?.patience, coded({})?.retries]).toEqual([undefined, undefined])
    for (const patience of [true, 'default', {}] as const) expect(declared({ patience })?.patience).toEqual(defaultPatience)
    expect(coded({ patience: true })?.patience).toEqual(defaultPatience)
  })

  test('waits seconds when not told and half an hour when told, by default', () => {
    expect(defaultPatience.notTold).toMatchObject({ kind: 'lognormal', medianMs: 8_000, sigma: 0.8 })
    expect(defaultPatience.told).toMatchObject({ kind: 'lognormal', medianMs: 1_800_000, sigma: 1 })
    expect(defaultPatience.reloads).toEqual({ chance: 0.6, most: 5, gap: { kind: 'exponential', meanMs: 3_000, capMs: 30_000 } })
  })

  test('keeps the defaults of what it leaves out', () => {
    const patience = { notTold: '2s', reloads: { most: 1 } }
    expect(declared({ patience })?.patience).toEqual({
      ...defaultPatience,
      notTold: { kind: 'fixed', lastingMs: 2_000 },
      reloads: { ...defaultPatience.reloads, most: 1 },
    })
  })

  test('tells every mistake in it, each where it is', () => {
    const patience = { notTold: 'a while', told: 'lognormal median 8s sigma 0', reloads: { chance: 2, most: -1 } }
    expect(problemsOf(() => declared({ patience })).map((each) => each.replace(/:.*/, ''))).toEqual([
      'shoppers[0].patience.notTold',
      'shoppers[0].patience.told',
      'shoppers[0].patience.reloads.chance',
      'shoppers[0].patience.reloads.most',
    ])
  })
})

describe('retries', () => {
  test('are three with doubling waits and no budget by default', () => {
    expect(declared({ retries: true })?.retries).toEqual(defaultRetries)
    expect(defaultRetries).toMatchObject({
      most: 3,
      baseMs: 200,
      capMs: 10_000,
      jitter: 'full',
      budget: null,
      on: ['network', 429, 502, 503, 504],
    })
  })

  test('take a budget as a share, or with its fixed part', () => {
    expect(declared({ retries: { budget: 0.1 } })?.retries?.budget).toEqual({ shareRatio: 0.1, leastPerSec: 1 })
    expect(coded({ retries: { budget: { share: 0.2, leastPerSec: 10 } } })?.retries?.budget).toEqual({ shareRatio: 0.2, leastPerSec: 10 })
  })

  test('refuse a cap below the base, a share of nothing and a status that is none', () => {
    const problems = (retries: BehaviourInput['retries']) =>
      problemsOf(() => declared({ retries })).map((each) => each.replace(/ \|.*/, ''))
    expect(problems({ base: '20s' })).toEqual(['shoppers[0].retries.cap: a time no shorter than the base'])
    expect(problems({ budget: 0 })[0]).toContain('shoppers[0].retries.budget')
    expect(problems({ on: [99] })[0]).toContain('shoppers[0].retries.on[0]: an HTTP status, "network", or a cause such as "timeout"')
  })
})

describe('a waiting room', () => {
  const room = (waitingRoom: unknown): Plan['waitingRoom'] => planFromData({ ...base, waitingRoom }).waitingRoom

  test('is known by one rule or by any of several', () => {
    expect(room({ when: { status: 503, header: 'X-Queue: Waiting' } })).toEqual({
      when: [{ statuses: [503], header: { name: 'x-queue', value: 'waiting' } }],
    })
    expect(
      room({ when: [{ url: '/queue' }, { body: 'in line' }], every: 'uniform 4s 6s', poll: '/turn', place: { json: 'queue.place' } }),
    ).toEqual({
      when: [{ url: '/queue' }, { body: 'in line' }],
      every: { kind: 'uniform', fromMs: 4_000, toMs: 6_000 },
      poll: '/turn',
      place: { json: ['queue', 'place'] },
    })
  })

  test.each([
    [{}, 'waitingRoom.when'],
    [{ when: {} }, 'waitingRoom.when: at least one of status, header, body and url'],
    [{ when: { header: 'x queue' } }, 'waitingRoom.when.header: a header name'],
    [{ when: { url: 'queue' } }, 'waitingRoom.when.url: the beginning of a path'],
    [{ when: { status: 503 }, poll: 'turn' }, 'waitingRoom.poll: a path that begins with one "/"'],
    [{ when: { status: 503 }, often: '5s' }, 'waitingRoom.often: no such key'],
  ])('%j says what is wrong with it', (waitingRoom, problem) => {
    expect(problemsOf(() => room(waitingRoom))[0]).toContain(problem)
  })
})

test('an objective may be of a step’s pages in the queue, where there is a waiting room', () => {
  const steps = [{ step: 'product', get: '/p' }]
  const objectives = ['p(95) of "product (queue)" < 500ms']
  const given = { ...base, steps, objectives }
  expect(problemsOf(() => launch({ ...given, waitingRoom: { when: { status: 503 } } }))).toEqual([])
  expect(problemsOf(() => launch(given))[0]).toContain('objectives[0]: one of the steps')
  expect(
    problemsOf(() => launch({ ...given, objectives: ['p(95) of "prod (queue)" < 1s'], waitingRoom: { when: { status: 503 } } })),
  ).toHaveLength(1)
})

describe('the canonical plan', () => {
  const plan = (more: Partial<Launch>): Plan => launch({ ...base, ...more })

  test('holds behaviours and rules, so that another patience is another launch', () => {
    const impatient = plan({ shoppers: [{ name: 'a', patience: { notTold: '2s' }, steps: [{ get: '/' }] }] })
    const patient = plan({ shoppers: [{ name: 'a', patience: { notTold: '3s' }, steps: [{ get: '/' }] }] })
    expect(planHash(impatient)).not.toBe(planHash(patient))
    expect(planHash(plan({ waitingRoom: { when: { status: 503 } } }))).not.toBe(planHash(plan({ waitingRoom: { when: { status: 429 } } })))
    expect(planHash(plan({ degradedWhen: { body: 'a' } }))).not.toBe(planHash(plan({})))
  })

  test('is what it was before for a launch without any', () => {
    expect(Object.keys(Object(canonicalPlan(plan({}))))).not.toEqual(expect.arrayContaining(['waitingRoom']))
  })

  test('shows no secret that stands in a rule', () => {
    const shown = JSON.stringify(
      canonicalPlan(
        plan({
          degradedWhen: { header: 'x-auth-token: abc123' },
          waitingRoom: { when: { url: '/queue?token=abc123' }, poll: '/turn?token=abc123' },
        }),
      ),
    )
    expect(shown).not.toContain('abc123')
    expect(shown).toContain('x-auth-token')
  })
})
