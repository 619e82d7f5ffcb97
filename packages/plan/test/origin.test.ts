import { describe, expect, test } from 'vitest'
import { canonicalPlan } from '../src/canonical.ts'
import { herd, herdSpans } from '../src/herd.ts'
import type { Launch } from '../src/launch.ts'
import { launch } from '../src/launch.ts'
import { burst, hold, silence } from '../src/stages.ts'
import { problemsOf } from './problems-of.ts'

const withOrigin = (origin: unknown, more: Partial<Launch> = {}) =>
  launch({ name: 'sale', target: 'http://127.0.0.1', traffic: 'burst 1', origin: origin as Launch['origin'], ...more })

describe('where fetches of the origin are counted', () => {
  test('one key and one edge are meant where none is named', () => {
    expect(withOrigin({ get: '/stats', member: 'data.fetches' }).origin).toEqual({
      get: '/stats',
      in: { member: 'data.fetches' },
      keys: 1,
      edges: 1,
    })
  })

  test.each([
    ['//other/stats', 'origin.get'],
    ['ftp://other/stats', 'origin.get'],
    ['http://me:secret@other/stats', 'origin.get'],
    ['http://other/stats#top', 'origin.get'],
    ['http://[/stats', 'origin.get'],
  ])('%s is no place to read from', (get, path) => {
    expect(problemsOf(() => withOrigin({ get, member: 'fetches' })).join('\n')).toContain(path)
  })

  test('a member or a metric holds it, not both and not neither', () => {
    const expected = 'either a member or a metric that holds the count'
    expect(problemsOf(() => withOrigin({ get: '/' })).join('\n')).toContain(expected)
    expect(problemsOf(() => withOrigin({ get: '/', member: 'a', metric: 'b' })).join('\n')).toContain(expected)
  })

  test('no key is cold where none is asked for', () => {
    expect(problemsOf(() => withOrigin({ get: '/', member: 'a', keys: 0 })).join('\n')).toContain('origin.keys')
  })

  test('a secret in its address is covered', () => {
    const { origin } = canonicalPlan(withOrigin({ get: '/stats?token=hush', member: 'a' })) as { readonly origin: { readonly get: string } }
    expect(origin.get).not.toContain('hush')
  })

  test('an objective on a stampede needs a herd', () => {
    const refused = problemsOf(() => withOrigin({ get: '/', member: 'a' }, { objectives: ['stampede <= 2'] }))
    expect(refused.join('\n')).toContain('for stampede, phases named "herd"')
    expect(
      problemsOf(() => withOrigin({ get: '/', member: 'a' }, { traffic: 'herd 5 every 1s times 2', objectives: ['stampede <= 2'] })),
    ).toEqual([])
  })
})

describe('the herds of a traffic', () => {
  test('end where the next one comes', () => {
    const spans = herdSpans([hold('1/s', '3s'), ...herd({ arrivals: 5, every: '2s', times: 2, over: '500ms' })])
    expect(spans).toEqual([
      { startMs: 3_000, untilMs: 5_000 },
      { startMs: 5_000, untilMs: 7_000 },
    ])
  })

  test('are those of their phase, and silence that is not theirs ends none', () => {
    const stages = [burst(5, '1s'), burst(5, 0, { phase: 'herd' }), silence('1s'), silence('1s', { phase: 'herd' })]
    expect(herdSpans(stages)).toEqual([{ startMs: 1_000, untilMs: 1_000 }])
  })
})
