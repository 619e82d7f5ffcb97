import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Chain, Evidence, Question, Reply } from '../../src/preflight/evidence.ts'
import type { Check } from '../../src/preflight/finding.ts'
import { checks } from '../../src/preflight/finding.ts'
import { judgePreflight } from '../../src/preflight/judge.ts'
import { readSetCookie } from '../../src/preflight/session-cookies.ts'

const target = 'https://shop.test/'
const dayMs = 86_400_000
const nowMs = Date.UTC(2026, 10, 1)

const question = (given: Partial<Question> = {}): Question => ({
  errand: 'landing',
  step: null,
  method: 'GET',
  url: target,
  hasSession: false,
  ...given,
})

type Given = {
  readonly status?: number
  readonly headers?: Record<string, readonly string[]>
  readonly text?: string
  readonly bodyBytes?: number
}

const reply = (asked: Partial<Question> = {}, { status = 200, headers = {}, text = '', bodyBytes = 0 }: Given = {}): Reply => ({
  question: question(asked),
  status,
  headers,
  text,
  bodyBytes,
})

const chain = (...replies: readonly Reply[]): Chain => ({ replies, end: 'answered', last: null })

/** What one check says of a shop that is otherwise in order, as `severity says`. */
function said(check: Check, given: Partial<Evidence>): readonly string[] {
  const evidence: Evidence = {
    target,
    isLoopback: false,
    nowMs,
    untilMs: nowMs + 30 * dayMs,
    greeting: greeting(90),
    oldVersions: [],
    landing: chain(reply({}, { headers: { 'strict-transport-security': ['max-age=31536000'] } })),
    plain: null,
    replies: [],
    failures: [],
    expected: {},
    left: [],
    ...given,
  }
  return judgePreflight(evidence, [check]).map(({ severity, says }) => `${severity} ${says}`)
}

const greeting = (days: number, problem: string | null = null): Evidence['greeting'] => ({
  kind: 'greeted',
  version: 'TLSv1.3',
  protocol: 'h2',
  certificate: { subject: 'shop.test', issuer: 'Tests', fromMs: nowMs - dayMs, untilMs: nowMs + days * dayMs },
  problem,
})

describe('certificate', () => {
  test.each([
    [-1, 'must', 'ended on 2026-10-31'],
    [29, 'must', 'ends on 2026-11-30; it has to hold until 2026-12-01'],
    [43, 'should', 'within 14 days of 2026-12-01'],
    [44, 'note', 'holds until 2026-12-15'],
  ])('that has %s days left, where 30 are needed: %s', (days, severity, words) => {
    expect(said('certificate', { greeting: greeting(days) })).toEqual([expect.stringMatching(`^${severity} .*${words}`)])
  })

  test('that browsers refuse is named with the reason, also when it lasts', () => {
    const found = said('certificate', { greeting: greeting(90, 'DEPTH_ZERO_SELF_SIGNED_CERT') })
    expect(found).toEqual([expect.stringMatching(/^must .*DEPTH_ZERO_SELF_SIGNED_CERT$/)])
  })

  test('of a server that nobody can greet is a must', () => {
    expect(said('certificate', { greeting: { kind: 'broken', cause: 'refused' } })).toEqual([
      'must no TLS connection could be made: refused',
    ])
  })
})

test('a target in the clear is a must, but for one on this machine', () => {
  const clear = { target: 'http://shop.test/', greeting: null }
  expect([said('tls', clear)[0]?.slice(0, 4), said('tls', { ...clear, isLoopback: true })[0]?.slice(0, 4)]).toEqual(['must', 'note'])
})

test('versions of TLS that are deprecated are told, one by one', () => {
  expect(said('tls', { oldVersions: ['TLSv1', 'TLSv1.1'] }).filter((words) => words.startsWith('should')).length).toBe(2)
})

test.each([
  ['max-age=31536000; includeSubDomains', []],
  ['max-age=86400', [expect.stringContaining('lasts 1 days')]],
  ['includeSubDomains', [expect.stringContaining('no max-age')]],
])('Strict-Transport-Security %s', (header, expected) => {
  expect(said('hsts', { landing: chain(reply({}, { headers: { 'strict-transport-security': [header] } })) })).toEqual(expected)
})

describe('cookies', () => {
  const of = (cookie: string, url = target): readonly string[] =>
    said('cookies', { landing: chain(reply({ url }, { headers: { 'set-cookie': [cookie] } })) }).map((words) =>
      words.replace(/ the .*? has no | the .*? is /, ' '),
    )

  test.each([
    ['sid=1; Secure; HttpOnly; SameSite=Lax', []],
    ['connect.sid=1', ['must Secure', 'must HttpOnly', 'should SameSite']],
    ['PHPSESSID=1; secure; httponly; samesite=none', []],
    ['PHPSESSID=1; httponly; samesite=none', ['must Secure', 'must SameSite=None without Secure']],
    ['theme=dark', ['should Secure']],
    ['sid=; Max-Age=0', []],
  ])('%s', (cookie, expected) => {
    expect(of(cookie).map((words) => words.replace(/:.*/, ''))).toEqual(expected)
  })

  test('without TLS nobody asks for Secure', () => expect(of('theme=dark', 'http://127.0.0.1/')).toEqual([]))

  test('each is told once, however often it is set', () => {
    const one = reply({}, { headers: { 'set-cookie': ['theme=dark'] } })
    expect(said('cookies', { landing: chain(one, one) }).length).toBe(1)
  })

  test('a name stands for a session when its words say so', () => {
    const isSession = (name: string) => readSetCookie(`${name}=x`)?.isSession
    expect(['JSESSIONID', 'sid', 'auth-token', 'cart_id', 'laravel_session'].map(isSession)).toEqual(Array(5).fill(true))
    expect(['theme', 'consent', 'utm_source', 'considered'].map(isSession)).toEqual(Array(4).fill(false))
  })
})

describe('caching', () => {
  const setting = (control: string | null, cookie = 'sid=1') =>
    said('caching', {
      replies: [reply({}, { headers: { 'set-cookie': [cookie], ...(control !== null && { 'cache-control': [control] }) } })],
    })
  const asWho = (path: string, control: string | null) =>
    said('caching', {
      replies: [
        reply({ url: new URL(path, target).href, hasSession: true }, { headers: control === null ? {} : { 'cache-control': [control] } }),
      ],
    })

  test.each([
    ['public, max-age=60', 'must'],
    ['s-maxage=60', 'must'],
    ['max-age=60', 'must'],
    ['private, max-age=60', undefined],
    ['no-store', undefined],
    ['max-age=0', undefined],
    [null, 'should'],
  ])('an answer that sets a session cookie with %s', (control, severity) => {
    expect(setting(control)[0]?.replace(/ .*/, '')).toBe(severity)
  })

  test('a cookie that is no session does not matter to caches', () => expect(setting('public', 'theme=dark')).toEqual([]))

  test("a shopper's own page in a shared cache is a must, a page that may be everybody's a question", () => {
    const severities = [asWho('/account', 'public, max-age=60'), asWho('/p/tv', 'public'), asWho('/account', null), asWho('/p/tv', null)]
    expect(severities.map(([words]) => words?.replace(/ .*/, ''))).toEqual(['must', 'should', 'should', undefined])
  })
})

describe('errors', () => {
  const page = (text: string, status = 404) => said('errors', { replies: [reply({ errand: 'missing' }, { text, status })] })

  test.each([
    ['Error: no\n    at find (/srv/shop/app.js:10:5)\n    at run (node:internal:1:1)', /stack trace of JavaScript/],
    ['Traceback (most recent call last):\n  File "a"', /Python/],
    ['java.lang.X\n\tat com.shop.Cart.add(Cart.java:10)', /Java/],
    ['<b>Warning</b>: x on line <b>5</b>', /PHP/],
    ['SQLSTATE[42S02]', /database/],
    ['not found in /var/www/shop/index.php', /paths of source files/],
  ])('%s is a must', (text, what) => {
    expect(page(text)).toEqual(expect.arrayContaining([expect.stringMatching(what)]))
    expect(page(text).every((words) => words.startsWith('must'))).toBe(true)
  })

  test('a plain page that says nothing is no finding', () => {
    expect(page('<h1>Not found</h1><p>We looked at /products/tv for you.</p>')).toEqual([])
  })

  test('a shop that fails at nonsense, and one that has every page, are told', () => {
    expect([page('', 500), page('', 200)]).toEqual([[expect.stringMatching(/^should .*500/)], [expect.stringMatching(/^note .*200/)]])
  })

  test('a version in a header is told once, without one it is a note or nothing', () => {
    const of = (headers: Given['headers']) => said('errors', { landing: chain(reply({}, { headers: headers ?? {} })) })
    expect(of({ server: ['nginx/1.18.0 (Ubuntu)'], 'x-powered-by': ['Express'] })).toEqual([
      'should server tells a version: nginx/1.18.0 (Ubuntu)',
      'note x-powered-by tells what runs there: Express',
    ])
    expect(of({ server: ['cloudflare'] })).toEqual([])
  })
})

describe('redirects', () => {
  const hop = (url: string, status = 301): Reply => reply({ url }, { status })
  const over = (...urls: readonly string[]): Chain => chain(...urls.map((url) => hop(url)))

  test('a circle and a way without end are musts, four hops a question', () => {
    const circle: Chain = { ...over(target), end: 'loop', last: target }
    const endless: Chain = { ...over(target), end: 'too-many', last: target }
    const long = over(...Array.from({ length: 5 }, (_, nth) => `${target}${nth}`))
    expect([circle, endless, long].map((landing) => said('redirects', { landing })[0]?.replace(/ .*/, ''))).toEqual([
      'must',
      'must',
      'should',
    ])
  })

  test('a way from https to http is a must, and so is a shop that stays by http', () => {
    expect(said('redirects', { landing: over(target, 'http://shop.test/') })).toEqual([
      expect.stringMatching(/^must it was reached from https/),
    ])
    expect(said('redirects', { plain: chain(reply({ url: 'http://shop.test/' })) })).toEqual([
      expect.stringMatching(/^must by http the shop answers/),
    ])
    expect(said('redirects', { plain: chain(hop('http://shop.test/'), reply()) })).toEqual([])
  })
})

test('text above one packet is to be packed; pictures and little texts are not', () => {
  const of = (type: string, bodyBytes: number, coding?: string) =>
    said('compression', {
      replies: [
        reply({}, { bodyBytes, headers: { 'content-type': [type], ...(coding !== undefined && { 'content-encoding': [coding] }) } }),
      ],
    }).length
  expect([
    of('text/html', 1_401),
    of('application/json', 9_000),
    of('text/css', 1_400),
    of('image/png', 9_000),
    of('text/html', 9_000, 'br'),
  ]).toEqual([1, 1, 0, 0, 0])
})

test.each([
  ['User-agent: *\nDisallow: /', true],
  ['user-agent: Bot\nUser-Agent: *\nAllow: /x\nDisallow: / # all', true],
  ['User-agent: Bot\nDisallow: /\n\nUser-agent: *\nDisallow: /cart', false],
  ['User-agent: *\nDisallow:', false],
])('robots.txt %j keeps all robots out: %s', (text, isClosed) => {
  const [words] = said('robots', { replies: [reply({ errand: 'robots' }, { text })] })
  expect(words?.includes('kept out of everything')).toBe(isClosed)
})

test('a step that is not answered as it was declared is a must', () => {
  const step = (status: number) => reply({ errand: 'step', step: 'product' }, { status })
  const of = (status: number, expected = {}) => said('answers', { replies: [step(status)], expected }).length
  expect([of(200), of(302), of(404), of(404, { product: [404] }), of(200, { product: [404] })]).toEqual([0, 0, 1, 0, 1])
})

test('whatever a target answers, the rules say something or nothing, and never throw', () => {
  const text = fc.string({ unit: 'binary', maxLength: 60 })
  const headers = fc.dictionary(
    fc.constantFrom('set-cookie', 'cache-control', 'expires', 'server', 'strict-transport-security', 'content-type'),
    fc.array(text, { maxLength: 2, minLength: 1 }),
  )
  fc.assert(
    fc.property(headers, text, fc.integer({ min: 100, max: 599 }), (given, body, status) => {
      const any = (errand: Question['errand']) =>
        reply({ errand, step: 'x', hasSession: true }, { status, headers: given, text: body, bodyBytes: 9_000 })
      const replies = (['robots', 'missing', 'malformed', 'step'] as const).map(any)
      for (const check of checks)
        expect(said(check, { replies, landing: chain(any('landing')) }).every((words) => words.length < 500)).toBe(true)
    }),
  )
})
