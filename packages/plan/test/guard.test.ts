import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kindOfAddress } from '../src/addresses.ts'
import { parseAllowList } from '../src/allow-list.ts'
import type { GuardAnswer } from '../src/guard.ts'
import { judgeTarget } from '../src/guard.ts'

const entry = { host: 'shop.example', from: '2026-11-20', until: '2026-11-28', maxRate: '500/s', contact: 'Ada' }
const publicAddress = '203.0.113.7'

type Case = { addresses?: readonly string[]; allow?: readonly object[]; today?: string; peakPerSec?: number; lastingMs?: number }

function judge(
  url: string,
  { addresses = [], allow = [], today = '2026-11-22', peakPerSec = 300, lastingMs = 60_000 }: Case = {},
): GuardAnswer {
  return judgeTarget({ url, addresses, allow: parseAllowList({ allow }), todayIso: today, wanted: { peakPerSec, lastingMs } })
}

function because(answer: GuardAnswer): string {
  return answer.allowed ? 'allowed' : answer.because
}

describe('this machine', () => {
  test.each([
    'http://127.0.0.1:4000/',
    'http://127.200.3.4/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://[::1]:4000/',
    'http://[::ffff:127.0.0.1]/',
  ])('may be loaded as %s, with no limits and no entry', (url) => {
    expect(judge(url)).toEqual({ allowed: true, caps: { maxRatePerSec: null, maxSockets: null, maxLastingMs: null }, contact: null })
  })

  test.each(['http://localhost/', 'http://LOCALHOST./', 'http://shop.localhost:8080/'])(
    'may be loaded as %s when that resolves only to loopback',
    (url) => {
      expect(judge(url, { addresses: ['127.0.0.1', '::1'] }).allowed).toBe(true)
      expect(because(judge(url, { addresses: ['127.0.0.1', publicAddress] }))).toContain(
        `should be this machine, but resolves to 127.0.0.1, ${publicAddress}`,
      )
      expect(because(judge(url, { addresses: [] }))).toContain('resolves to no address')
    },
  )

  test('under a name of its own needs an entry all the same', () => {
    expect(because(judge('http://127.0.0.1.shop.example/', { addresses: ['127.0.0.1'] }))).toContain(
      'is neither localhost nor a loopback address',
    )
  })

  test.each(['http://0.0.0.0:4000/', 'http://0/', 'http://[::]/', 'http://[::ffff:0.0.0.0]/'])(
    'is not meant by %s, and no entry could help',
    (url) => {
      expect(judge(url)).toMatchObject({
        allowed: false,
        entry: null,
        because: expect.stringContaining('for this machine write 127.0.0.1'),
      })
    },
  )
})

describe('another host', () => {
  test('without an entry is refused with the entry to write', () => {
    const answer = judge('http://Shop.Example:8080/sale', { addresses: [publicAddress], today: '2026-12-28', peakPerSec: 262.3 })
    const suggested = {
      host: 'shop.example:8080',
      from: '2026-12-28',
      until: '2027-01-04',
      maxRate: '263/s',
      contact: expect.stringMatching(/who agreed/i),
    }
    expect(answer).toMatchObject({ allowed: false, entry: suggested })
    expect(because(answer)).toContain(`"shop.example" (${publicAddress})`)
    expect(JSON.parse(because(answer).slice(because(answer).indexOf('{')))).toEqual({ allow: [suggested] })
  })

  test('is allowed by the suggested entry once its contact is filled in, and not before', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 1e6, noNaN: true }),
        fc.constantFrom('http://shop.example/', 'https://shop.example:8443/x', 'http://8.8.8.8/', 'http://[2001:db8::1]:81/'),
        (peakPerSec, url) => {
          const refused = judge(url, { addresses: [publicAddress], peakPerSec })
          if (refused.allowed || refused.entry === null) throw new Error('nothing was suggested')
          const suggested = refused.entry
          expect(() => judge(url, { allow: [suggested] })).toThrow('contact')
          expect(judge(url, { addresses: [publicAddress], peakPerSec, allow: [{ ...suggested, contact: 'Ada' }] }).allowed).toBe(true)
        },
      ),
    )
  })

  test('is allowed with the caps of its entry', () => {
    const allow = [{ ...entry, maxSockets: 200, maxDuration: '10m' }]
    const answer = judge('https://shop.example/', { addresses: [publicAddress], allow })
    expect(answer).toEqual({ allowed: true, caps: { maxRatePerSec: 500, maxSockets: 200, maxLastingMs: 600_000 }, contact: 'Ada' })
  })

  test.each(['http://shop.example/', 'http://SHOP.example/', 'http://shop.example./', 'http://shop.example:8080/'])(
    'is found as %s',
    (url) => {
      expect(judge(url, { addresses: [publicAddress], allow: [entry] }).allowed).toBe(true)
    },
  )

  test.each(['http://www.shop.example/', 'http://example/', 'http://shop.example.evil.example/', 'http://xshop.example/'])(
    '%s is not covered by the entry of another',
    (url) => {
      expect(judge(url, { addresses: [publicAddress], allow: [entry] }).allowed).toBe(false)
    },
  )

  test('with a port in its entry is allowed on that port only, which may be the default one of its scheme', () => {
    const allow = [{ ...entry, host: 'shop.example:443' }]
    expect(judge('https://shop.example/', { addresses: [publicAddress], allow }).allowed).toBe(true)
    expect(judge('https://shop.example:8443/', { addresses: [publicAddress], allow }).allowed).toBe(false)
    expect(judge('http://shop.example/', { addresses: [publicAddress], allow }).allowed).toBe(false)
  })

  test.each([
    [{ today: '2026-11-19' }, 'its entry begins only on 2026-11-20 (today is 2026-11-19)'],
    [{ today: '2026-11-29' }, 'its entry ended on 2026-11-28 (today is 2026-11-29)'],
    [{ peakPerSec: 800 }, 'the peak of 800/s is above the 500/s that its entry allows'],
    [{ lastingMs: 600_001, allow: [{ ...entry, maxDuration: '10m' }] }, 'are more than the 10m that its entry allows'],
  ])('is refused when its entry does not fit: %j', (given, message) => {
    const answer = judge('http://shop.example/', { addresses: [publicAddress], allow: [entry], ...given })
    expect(because(answer)).toContain(message)
  })

  test.each(['2026-11-20', '2026-11-28'])('is allowed on the first and the last day: %s', (today) => {
    expect(judge('http://shop.example/', { addresses: [publicAddress], allow: [entry], today, peakPerSec: 500 }).allowed).toBe(true)
  })

  test('with several entries is allowed when one of them fits', () => {
    const allow = [
      { ...entry, until: '2026-11-21' },
      { ...entry, from: '2026-11-22' },
    ]
    expect(judge('http://shop.example/', { addresses: [publicAddress], allow }).allowed).toBe(true)
  })
})

describe("a cloud's metadata address", () => {
  test('is refused behind a name, even one with an entry', () => {
    const answer = judge('http://shop.example/', { addresses: [publicAddress, '169.254.169.254'], allow: [entry] })
    expect(answer).toMatchObject({ allowed: false, because: expect.stringContaining('link-local') })
  })

  test.each(['http://169.254.169.254/', 'http://2852039166/', 'http://0xa9fea9fe/'])('needs an entry that names it: %s', (url) => {
    expect(judge(url).allowed).toBe(false)
    expect(judge(url, { allow: [{ ...entry, host: '169.254.169.254' }] }).allowed).toBe(true)
  })
})

test.each([
  ['https://api.stripe.com/v1/charges', 'payment'],
  ['https://API.PAYPAL.COM./', 'payment'],
  ['https://smtp.sendgrid.com/', 'mail'],
  ['https://api.twilio.com/', 'SMS'],
  ['https://hcaptcha.com/siteverify', 'captcha'],
])('%s belongs to a %s provider, and no entry of the list opens it', (url, kind) => {
  const { hostname } = new URL(url)
  const allow = [{ ...entry, host: hostname.replace(/\.$/, '') }]
  expect(because(judge(url, { addresses: [publicAddress], allow }))).toContain(`a ${kind} provider`)
  expect(because(judge(url, { addresses: [publicAddress], allow }))).toContain('stubs')
})

test.each(['https://notstripe.com/', 'https://stripe.com.shop.example/'])('%s only looks like a provider, and its entry counts', (url) => {
  const allow = [{ ...entry, host: new URL(url).hostname }]
  expect(judge(url, { addresses: [publicAddress], allow })).toMatchObject({ allowed: true, contact: 'Ada' })
})

test('with an empty allow list nothing but loopback is ever allowed, whatever a name resolves to', () => {
  const host = fc.oneof(
    fc.ipV4(),
    fc.ipV4Extended(),
    fc.ipV6().map((address) => `[${address}]`),
    fc.domain(),
    fc.constant('localhost'),
  )
  const resolved = fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom('127.0.0.1', '::1')), { maxLength: 3 })
  fc.assert(
    fc.property(host, resolved, (name, addresses) => {
      fc.pre(URL.canParse(`http://${name}/`))
      const { hostname } = new URL(`http://${name}/`)
      const literal = kindOfAddress(hostname)
      const reached = literal === undefined ? addresses.map(kindOfAddress) : [literal]
      if (judge(`http://${name}/`, { addresses }).allowed) expect(new Set(reached)).toEqual(new Set(['loopback']))
    }),
    { numRuns: 500 },
  )
})

describe('traffic that stands for people who mean harm', () => {
  const ask = (allow: readonly object[], url = 'http://shop.example/'): GuardAnswer => {
    const wanted = { peakPerSec: 300, lastingMs: 60_000, isHostile: true }
    return judgeTarget({ url, addresses: [publicAddress], allow: parseAllowList({ allow }), todayIso: '2026-11-22', wanted })
  }

  test('goes to this machine, and beyond it only where the entry allows it by name', () => {
    expect(ask([], 'http://127.0.0.1/').allowed).toBe(true)
    expect(ask([{ ...entry, hostile: true }]).allowed).toBe(true)
    expect(because(ask([entry]))).toContain('its entry does not allow hostile shoppers, which this plan has')
    expect(because(ask([{ ...entry, hostile: false }]))).toContain('does not allow hostile shoppers')
  })

  test('is refused with an entry to write that allows it', () => {
    const answer = ask([])
    expect(answer.allowed ? null : answer.entry?.hostile).toBe(true)
    expect(because(answer)).toContain('"hostile": true')
  })

  test('an entry that allows it allows the others too', () => {
    expect(judge('http://shop.example/', { addresses: [publicAddress], allow: [{ ...entry, hostile: true }] }).allowed).toBe(true)
  })
})
