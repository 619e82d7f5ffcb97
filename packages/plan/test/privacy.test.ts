import { describe, expect, test } from 'vitest'
import { planHash } from '../src/canonical.ts'
import { launch } from '../src/launch.ts'
import type { PrivacyInput } from '../src/privacy.ts'
import { problemsOf } from './problems-of.ts'

const base = { name: 'drop', target: 'http://127.0.0.1', traffic: 'burst 1' }
const read = (privacy: PrivacyInput) => launch({ ...base, privacy }).privacy

describe('what is watched of privacy', () => {
  test('is nothing that a plan without it would show: its hash stays what it was', () => {
    expect('privacy' in launch(base)).toBe(false)
    expect(planHash(launch({ ...base, privacy: {} }))).not.toBe(planHash(launch(base)))
  })

  test('has canaries and personal data on, and no probes, unless it says so', () => {
    expect(read({})).toEqual({ canaries: true, personalData: true, ignore: [], sessionCookies: [], probes: [] })
    expect(read({ canaries: false, ignore: ['support@shop.example'] })).toMatchObject({ canaries: false, ignore: ['support@shop.example'] })
  })

  test('names a probe by its path without the query, its secrets covered', () => {
    const probes = [
      { get: '/account?token=abc' },
      { step: 'order', get: '/orders/{order-id}', expect: 404, as: 'another shopper' as const },
    ]
    expect(read({ probes })?.probes).toEqual([
      { step: 'GET /account', path: '/account?token=abc', as: 'nobody' },
      { step: 'order', path: '/orders/{order-id}', expect: [404], as: 'another shopper' },
    ])
  })

  test('tells every mistake at once, with its place', () => {
    const probes = [{ get: '//other.host/' }, { get: '/a', expect: 42 }, { get: '/a', as: 'me' }, { path: '/a' }]
    const given = { canaries: 'yes', ignor: [], probes }
    const problems = problemsOf(() => launch({ ...base, privacy: given as unknown as PrivacyInput }))
    expect(problems.map((line) => line.replace(/: .*/s, '')).toSorted()).toEqual([
      'privacy.canaries',
      'privacy.ignor',
      'privacy.probes[0].get',
      'privacy.probes[1].expect',
      'privacy.probes[2].as',
      'privacy.probes[3].get',
      'privacy.probes[3].path',
    ])
  })

  test('asks at most twenty times', () => {
    const probes = Array.from({ length: 21 }, (_, index) => ({ get: `/${index}` }))
    expect(problemsOf(() => read({ probes }))).toEqual([expect.stringMatching(/^privacy\.probes: at most 20 probes/)])
  })
})
