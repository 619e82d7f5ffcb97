import { describe, expect, test } from 'vitest'
import type { Launch } from '../src/launch.ts'
import { launch } from '../src/launch.ts'
import { PlanError } from '../src/problems.ts'
import { readPlan } from '../src/read-plan.ts'
import { stairs } from '../src/recipes.ts'
import { shopper } from '../src/shoppers.ts'
import { burst, hold, ramp, silence } from '../src/stages.ts'

const target = 'http://127.0.0.1:4000'
const buyer = shopper('buyer', async (s) => {
  await s.get('/', { step: 'landing' })
  await s.post('/orders', { step: 'checkout' })
})

function problemsOf(given: unknown): string[] {
  try {
    readPlan(given)
    return []
  } catch (error) {
    if (error instanceof PlanError) return error.message.split('\n')
    throw error
  }
}

/** The problems of a plan that is right but for what is given. */
function problemsWith(given: Record<string, unknown>): string[] {
  return problemsOf({ name: 'drop', target, traffic: 'hold 20/s for 1m', ...given })
}

describe('a plan that is right', () => {
  test('has the documented defaults', () => {
    const plan = launch({ name: 'drop', target, traffic: [hold('20/s', '1m')] })
    expect(plan).toMatchObject({ seed: 1, headers: {}, objectives: [], degradedHeader: 'x-degraded', connections: 'shared' })
    expect(plan.limits).toEqual({ timeoutMs: 10_000, connectTimeoutMs: 5_000, drainMs: 10_000 })
    expect(plan.model).toEqual({ kind: 'open', spacing: 'even', traffic: [{ kind: 'hold', ratePerSec: 20, lastingMs: 60_000 }] })
  })

  test('with a bare URL has one visitor that GETs exactly that URL', () => {
    const plan = launch({ name: 'drop', target: `${target}/sale?from=mail`, traffic: [burst(1)] })
    const request = { step: 'GET /sale', method: 'GET', path: '/sale?from=mail', headers: {} }
    expect(plan.target).toBe(target)
    expect(plan.shoppers).toEqual([{ kind: 'steps', name: 'visitor', weight: 1, steps: ['GET /sale'], requests: [request] }])
  })

  test('with a URL that is not ASCII sends it encoded and names it as it reads, without its query', () => {
    const requestOf = (path: string) => launch({ name: 'drop', target: `${target}${path}`, traffic: [burst(1)] }).shoppers[0]
    expect(requestOf('/käse?süß=1')).toMatchObject({ requests: [{ step: 'GET /käse', path: '/k%C3%A4se?s%C3%BC%C3%9F=1' }] })
    // A next-line character, and a byte that is no UTF-8.
    expect(requestOf('/a%C2%85%ff')).toMatchObject({ requests: [{ step: 'GET /a%C2%85%ff' }] })
  })

  test('with shoppers keeps the path of the target, without a slash at its end, to stand before theirs', () => {
    expect(launch({ name: 'drop', target: `${target}/shop/`, traffic: [burst(1)], shoppers: [buyer] }).target).toBe(`${target}/shop`)
  })

  test('gives each shopper a connection of its own as soon as one of them sends more than a single request', () => {
    const connectionsOf = (rest: Partial<Launch>) => launch({ name: 'drop', target, traffic: [burst(1)], ...rest }).connections
    expect(connectionsOf({ steps: [{ get: '/' }] })).toBe('shared')
    expect(connectionsOf({ steps: [{ get: '/' }, { get: '/p' }] })).toBe('per-shopper')
    expect(connectionsOf({ shoppers: [buyer] })).toBe('per-shopper')
    expect(connectionsOf({ shoppers: [buyer], connections: 'shared' })).toBe('shared')
  })

  test('says the same with its traffic as text, as lines, as stages and as nested lists of stages', () => {
    const modelOf = (traffic: NonNullable<Launch['traffic']>) => launch({ name: 'drop', target, traffic }).model
    const model = modelOf([hold('20/s', '1m', { phase: 'baseline' }), hold('20/s', '1m'), hold('40/s', '1m')])
    expect(modelOf('baseline: hold 20/s for 1m; hold 20/s for 1m; hold 40/s for 1m')).toEqual(model)
    expect(modelOf(['baseline: hold 20/s for 1m', 'stairs from 20/s to 40/s in 2 steps of 1m'])).toEqual(model)
    expect(modelOf([hold('20/s', '1m', { phase: 'baseline' }), [stairs({ from: '20/s', to: '40/s', steps: 2, each: '1m' })]])).toEqual(
      model,
    )
  })

  test('can be a closed loop', () => {
    const { model } = launch({ name: 'drop', target, closed: { shoppers: 50, lasting: '10s' } })
    expect(model).toEqual({ kind: 'closed', shoppers: 50, lastingMs: 10_000 })
  })

  test('is frozen all the way down, and leaves what the user gave as it was', () => {
    const headers = { accept: 'text/html' }
    const plan = launch({
      name: 'drop',
      target,
      traffic: [burst(1)],
      headers,
      objectives: ['p(95) < 500ms'],
      steps: [{ get: '/', expect: 200 }],
    })
    const parts: unknown[] = [plan]
    for (const part of parts) {
      if (typeof part !== 'object' || part === null) continue
      expect(Object.isFrozen(part)).toBe(true)
      parts.push(...Object.values(part))
    }
    expect(parts.length).toBeGreaterThan(40)
    expect(Object.isFrozen(headers)).toBe(false)
  })

  test('reads objectives as text and as k6 thresholds, in order', () => {
    const objectives = ['p(95) of checkout < 500ms', { http_req_failed: ['rate<0.01'], http_reqs: 'rate>10' }, 'errors < 2%']
    const plan = launch({ name: 'drop', target, traffic: [burst(1)], shoppers: [buyer], objectives })
    expect(plan.objectives.map(({ text }) => text)).toEqual(['p(95) of checkout < 500ms', 'errors < 1%', 'rate > 10/s', 'errors < 2%'])
  })
})

describe('a plan with mistakes', () => {
  test('with five mistakes shows five problems, each with its path', () => {
    const problems = problemsOf({
      name: 'drop',
      target: '127.0.0.1:4000',
      traffic: 'hold 20/s for 1m',
      timeout: '10 seconds',
      shoppers: [{ name: 'looker', weight: 0, steps: [{ get: '/' }] }],
      objectives: ['p(95) < 500ms', 'p(95) < 500ms in doors'],
      trafic: [],
    })
    expect(problems.map((line) => line.replace(/^PLAN_INVALID ([^:]*):.*/, '$1')).sort()).toEqual([
      'objectives[1]',
      'shoppers[0].weight',
      'target',
      'timeout',
      'trafic',
    ])
  })

  test.each([
    [{ target: 'shop.example' }, 'target: expected an absolute http or https URL'],
    [{ target: 'ftp://shop.example' }, 'target: expected an absolute http or https URL'],
    [{ target: 'http://127.0.0.1/#top' }, 'target: expected a URL without a fragment'],
    [{ target: 'http://127.0.0.1/?q=1', steps: [{ get: '/' }] }, 'target: expected a URL without a query'],
    [{ name: ' ' }, 'name: expected a name of 1 to 80 characters'],
    [{ seed: 2 ** 32 }, 'seed: expected a whole number from 0 to 4294967295'],
    [{ seed: 1.5 }, 'seed: expected a whole number'],
    [{ spacing: 'random' }, 'spacing: expected "even" or "poisson", received "random"'],
    [{ timeout: 0 }, 'timeout: expected a duration above zero, received 0'],
    [{ connectTimeout: '5' }, 'connectTimeout: expected a duration'],
    [{ timeout: '25d' }, 'timeout: expected at most 24 days, the longest that a timer can wait, received "25d"'],
    [{ connectTimeout: '600h' }, 'connectTimeout: expected at most 24 days'],
    [{ firstByteTimeout: 0 }, 'firstByteTimeout: expected a duration above zero, received 0'],
    [{ http: 3 }, 'http: expected 1 or 2, received 3'],
    [{ http: 2 }, 'http: expected 1, or an https target: HTTP/2 goes over TLS, received 2'],
    [{ tls: { resume: 'yes' } }, 'tls.resume: expected true or false, received "yes"'],
    [{ tls: { resumes: true } }, 'tls.resumes: expected no such key (did you mean "resume"?)'],
    [{ drain: 2 ** 31 }, 'drain: expected at most 24 days'],
    [
      { traffic: 'hold 1/s for 20d; silence for 5d' },
      'traffic: expected a shape that lasts at most 24 days, the longest that a timer can wait',
    ],
    [{ traffic: undefined, closed: { shoppers: 1, lasting: '25d' } }, 'closed.lasting: expected at most 24 days'],
    [{ headers: { 'x y': 'a' } }, 'headers["x y"]: expected a header name'],
    [{ objectives: 'p(95) < 5' }, 'objectives: expected a list of objectives'],
    [{ objectives: ['p(95)'] }, 'objectives[0], column 6: expected'],
    [{ traffic: undefined }, 'traffic: expected a traffic shape'],
    [{ traffic: [] }, 'traffic: expected stages'],
    [{ traffic: 'hold 20 for 1m' }, 'traffic line 1, column 6: expected a rate'],
    [{ traffic: [{ kind: 'hold', ratePerSec: 20, lastingMs: 1000 }] }, 'traffic[0]: expected a stage as hold()'],
    [{ traffic: [silence('1m')] }, 'traffic: expected a shape that owes at least one arrival, received 0'],
    [{ traffic: [hold('0.01/s', '10s')] }, 'traffic: expected a shape that owes at least one arrival, received 0.1'],
    [{ closed: { shoppers: 5, lasting: '10s' } }, 'closed: expected either "traffic" (the open model) or "closed"'],
    [{ traffic: undefined, closed: { shoppers: 5, lasting: '10s' }, spacing: 'even' }, 'spacing: expected nothing'],
    [{ traffic: undefined, closed: { shoppers: 0.5, lasting: '10s' } }, 'closed.shoppers: expected a whole number above zero'],
    [{ shoppers: [] }, 'shoppers: expected a list of shopper classes, at least one'],
    [{ shoppers: [buyer], steps: [{ get: '/' }] }, 'steps: expected either "steps" or "shoppers"'],
    [{ shoppers: [shopper('buyer', [] as never)] }, 'shoppers[0].steps: expected a list of requests, at least one'],
    [{ shoppers: [{ name: 'buyer', journey: 'get /' }] }, 'shoppers[0].journey: expected an async function'],
    [{ shoppers: [shopper('buyer', { weight: -1 }, () => undefined)] }, 'shoppers[0].weight: expected a number above zero, received -1'],
    [
      { shoppers: [{ name: 'buyer', wieght: 2, journey: () => undefined }] },
      'shoppers[0].wieght: expected no such key (did you mean "weight"?)',
    ],
    [{ shoppers: [buyer, buyer] }, 'shoppers[1].name: expected a name that no other class of shoppers has, received "buyer"'],
  ])('%j has just that problem', (given, message) => {
    const problems = problemsWith(given)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(`PLAN_INVALID ${message}`)
  })

  test('may last for 24 days to the millisecond', () => {
    expect(problemsWith({ traffic: 'hold 1/s for 23d; silence for 24h', timeout: '24d', drain: '24d' })).toEqual([])
    expect(problemsWith({ traffic: 'hold 1/s for 24d; silence for 1ms' })).toHaveLength(1)
  })

  test('never shows a secret in a mistake', () => {
    const mistakes = [
      { target: 'http://127.0.0.1/?token=hunter2', steps: [{ get: '/' }] },
      { authorization: 'Bearer hunter2' },
      { headerz: { cookie: 'sid=hunter2' } },
      { headers: ['Bearer hunter2'] },
      { steps: [{ get: '/p?token=hunter2#' }] },
      { steps: [{ post: '/', body: 'password=hunter2', json: 1 }] },
    ]
    for (const mistake of mistakes) expect(problemsWith(mistake)).toEqual([expect.not.stringContaining('hunter2')])
  })

  test('that JSON cannot write is told like any other', () => {
    const loop: Record<string, unknown> = {}
    loop.self = loop
    expect(problemsWith({ steps: [{ post: '/', json: loop }] })).toEqual([
      'PLAN_INVALID steps[0].json: expected a value that JSON can write, received a value that JSON cannot write',
    ])
  })

  test('never shows a password from the target', () => {
    const [problem] = problemsWith({ target: 'http://admin:hunter2@shop.example' })
    expect(problem).toContain('target: expected a URL without credentials')
    expect(problem).not.toContain('hunter2')
  })

  test('that is no object at all says what a plan is', () => {
    expect(problemsOf([])).toEqual(['PLAN_INVALID plan: expected an object with name, target and traffic, received []'])
  })

  test('does not blame an objective for a phase or step that a broken part might have had', () => {
    const objectives = ['p(95) of checkout < 5 in doors']
    expect(problemsWith({ traffic: 'hold 20/s', objectives, steps: [{ step: 'checkout', get: '/' }] })).toHaveLength(1)
    const [problem, ...rest] = problemsWith({ traffic: 'doors: hold 20/s for 1m', objectives, steps: [{ step: 'checkout' }] })
    expect(problem).toContain('steps[0]: expected exactly one of get, post')
    expect(rest).toEqual([])
  })
})

describe('phases', () => {
  test('may span neighbouring stages, but not two stretches', () => {
    const together = [hold('20/s', '1m', { phase: 'a' }), hold('30/s', '1m', { phase: 'a' }), hold('20/s', '1m', { phase: 'b' })]
    expect(problemsWith({ traffic: together })).toEqual([])
    const apart = [...together, hold('20/s', '1m', { phase: 'a' })]
    expect(problemsWith({ traffic: apart })).toEqual([expect.stringContaining('traffic[3].phase: expected another name')])
  })

  test('interrupted by a stage without a name are two stretches too', () => {
    const apart = [hold('20/s', '1m', { phase: 'a' }), hold('20/s', '1m'), hold('20/s', '1m', { phase: 'a' })]
    expect(problemsWith({ traffic: apart })).toEqual([expect.stringContaining('traffic[2].phase')])
  })

  test('that an objective names must exist', () => {
    const problems = problemsWith({ traffic: 'doors: hold 20/s for 1m', objectives: ['errors < 1% in door'] })
    expect(problems).toEqual(['PLAN_INVALID objectives[0]: expected one of the phases "doors", received "door"'])
    expect(problemsWith({ objectives: ['errors < 1% in doors'] })).toEqual([
      expect.stringContaining('expected no phase, because the traffic names none'),
    ])
  })
})

describe('a recovery', () => {
  const baseline = hold('20/s', '1m', { phase: 'baseline' })
  const doors = ramp('20/s', '80/s', '1m', { phase: 'doors' })
  const after = hold('20/s', '1m')

  test.each([
    ['no baseline', [doors, after], ['"baseline"']],
    ['the baseline behind the peak', [doors, hold('20/s', '1m', { phase: 'baseline' })], ['"baseline"']],
    ['the baseline as the peak', [hold('90/s', '1m', { phase: 'baseline' }), doors, after], ['"baseline"']],
    ['nothing after the peak', [baseline, doors], ['arrivals after the highest stage']],
    ['only silence after the peak', [baseline, doors, silence('1m')], ['arrivals after the highest stage']],
    ['nothing but a peak', [doors], ['"baseline"', 'arrivals after the highest stage']],
  ])('with %s cannot be judged', (_, traffic, words) => {
    const problems = problemsWith({ traffic, objectives: ['recovery < 30s'] })
    expect(problems).toEqual(words.map((word) => expect.stringContaining(word)))
  })

  test('needs a baseline before the highest stage and arrivals after it', () => {
    expect(problemsWith({ traffic: [baseline, doors, after], objectives: ['recovery < 30s'] })).toEqual([])
  })

  test('has no meaning in a closed loop', () => {
    const problems = problemsWith({ traffic: undefined, closed: { shoppers: 5, lasting: '10s' }, objectives: ['recovery < 30s'] })
    expect(problems).toEqual([expect.stringContaining('objectives[0]: expected no recovery in the closed model')])
  })
})

describe('steps', () => {
  const problemsOfStep = (step: string, ...shoppers: unknown[]) =>
    problemsWith({ shoppers, objectives: [`p(95) of ${JSON.stringify(step)} < 500ms`] })

  test('that an objective names must be known, and the problem says how to declare one', () => {
    const [problem] = problemsOfStep('chekout', buyer)
    expect(problem).toContain('objectives[0]: expected one of the steps "landing" or "checkout" (did you mean "checkout"?)')
    expect(problem).toContain('declare it: shopper("buyer", { steps: ["chekout"] }, …), received "chekout"')
  })

  test('may be declared where the journey does not show them', () => {
    const hidden = async (s: { get(path: string, options: { step: string }): Promise<unknown> }) => {
      for (const n of [1, 2]) await s.get('/p', { step: `page-${n}` })
    }
    expect(problemsOfStep('page-1', shopper('buyer', hidden))).toHaveLength(1)
    expect(problemsOfStep('page-1', shopper('buyer', { steps: ['page-1', 'page-2'] }, hidden))).toEqual([])
  })

  test('may be any literal of a journey, and the default name of a request', () => {
    const journey = shopper('buyer', async (s) => {
      const order = 'order'
      await s.get('/p?sku=1')
      await s.get('/p', { step: order })
    })
    expect(problemsOfStep('order', journey)).toEqual([])
    expect(problemsOfStep('GET /p', journey)).toEqual([])
    expect(problemsOfStep('POST /p', journey)).toHaveLength(1)
  })

  test('of declared requests are only those', () => {
    expect(problemsOfStep('GET /p', shopper('looker', {}, [{ get: '/p?x=1' }]))).toEqual([])
    expect(problemsOfStep('GET /q', shopper('looker', {}, [{ get: '/p?x=1' }]))).toEqual([
      'PLAN_INVALID objectives[0]: expected one of the steps "GET /p" (did you mean "GET /p"?), received "GET /q"',
    ])
  })
})
