// k6: scenarios in JavaScript, run by Go. It gets a script for each kind of load, and prints its summary as JSON.
import { inGoBin } from '../program.ts'
import { accountPath, boughtPath, cartPath, loginPath, orderJson, ordersPath, priceCents, productPath } from '../shop.ts'
import type { Errand, Tool } from '../tool.ts'

type Values = Readonly<Record<string, number>>
type Summary = { readonly metrics: Readonly<Record<string, { readonly values: Values }>> }

export const k6: Tool = {
  name: 'k6',
  find: () => {
    const program = inGoBin('k6')
    return program === null ? null : [...program, 'run', '-q', '--no-usage-report', '--address', '', 'load.js']
  },
  from: 'go install go.k6.io/k6@latest',
  read: (stdout) => {
    const { metrics }: Summary = JSON.parse(stdout)
    const { count } = metrics.http_reqs?.values ?? {}
    if (count === undefined) throw new Error('its summary does not say how many requests were answered')
    const { 'p(50)': p50Ms, 'p(90)': p90Ms, 'p(99)': p99Ms } = metrics.http_req_duration?.values ?? {}
    return {
      answers: count,
      // The rate is of failures, so what "passes" it went wrong. A check that failed is told apart.
      failed: (metrics.http_req_failed?.values.passes ?? 0) + (metrics.checks?.values.fails ?? 0),
      percentiles: p50Ms === undefined || p90Ms === undefined || p99Ms === undefined ? null : { p50Ms, p90Ms, p99Ms },
      latenessP99Ms: null,
    }
  },
  does: {
    closed: ({ url, seconds, connections }) => script({ executor: 'constant-vus', vus: connections, duration: `${seconds}s` }, get(url)),
    open: ({ url, seconds, ratePerSec }) =>
      script({ ...arrivalRate('constant', 100), rate: ratePerSec, duration: `${seconds}s` }, get(url)),
    journey: ({ origin, seconds, shoppers, sockets }) =>
      script({ executor: 'constant-vus', vus: shoppers, duration: `${seconds}s` }, journey(origin), {
        noVUConnectionReuse: sockets === 'new',
      }),
    fullJourney: ({ origin, seconds, shoppers, sockets }) =>
      script({ executor: 'constant-vus', vus: shoppers, duration: `${seconds}s` }, fullJourney(origin), {
        noVUConnectionReuse: sockets === 'new',
      }),
    waiting: ({ url, users, overSeconds }) =>
      script({ ...arrivalRate('constant', users), rate: users / overSeconds, duration: `${overSeconds}s` }, get(url)),
    spike: ({ url, lowPerSec, highPerSec, lowSeconds, riseSeconds, highSeconds }) =>
      script(
        {
          ...arrivalRate('ramping', 500),
          startRate: lowPerSec,
          stages: [
            { target: lowPerSec, duration: `${lowSeconds}s` },
            { target: highPerSec, duration: `${riseSeconds}s` },
            { target: highPerSec, duration: `${highSeconds}s` },
          ],
        },
        get(url),
      ),
  },
}

function arrivalRate(kind: 'constant' | 'ramping', preAllocatedVUs: number) {
  return { executor: `${kind}-arrival-rate`, timeUnit: '1s', preAllocatedVUs, maxVUs: Math.max(2_000, preAllocatedVUs) }
}

function get(url: string): string {
  return `http.get(${JSON.stringify(url)}, { timeout: '60s' })`
}

function journey(origin: string): string {
  return `
  http.get('${origin}/')
  const product = http.get('${origin}${productPath}')
  check(product, { 'the price stands': (answer) => answer.json().priceCents === ${priceCents} })
  http.post('${origin}${ordersPath}', ${JSON.stringify(orderJson)}, { headers: { 'content-type': 'application/json' } })`
}

/** Its users keep cookies without being told. Canaries and orders it does not know. */
function fullJourney(origin: string): string {
  return `
  const token = \`user-\${__VU}-\${__ITER}\`
  const email = \`\${token}@example.com\`
  const json = { headers: { 'content-type': 'application/json', 'idempotency-key': token } }
  http.get('${origin}/')
  const login = http.post('${origin}${loginPath}', JSON.stringify({ email, token }), json)
  check(login, { 'a session was given': ({ cookies }) => cookies.session !== undefined })
  const account = http.get(\`${origin}${accountPath}?me=\${token}\`)
  check(account, { 'it is our own': ({ body }) => body.includes(token) })
  const product = http.get('${origin}${productPath}')
  check(product, { 'the price stands': (answer) => answer.json('priceCents') === ${priceCents} })
  group('buying', () => {
    const cart = http.post('${origin}${cartPath}', { sku: 'tv-55', qty: '1', email })
    check(cart, { 'one piece lies in it': (answer) => answer.json('lines.0.qty') === 1 })
    const order = http.post('${origin}${boughtPath}', ${JSON.stringify(orderJson)}, json)
    check(order, { 'it is confirmed': (answer) => answer.json('status') === 'confirmed' })
  })`
}

function script(scenario: object, body: string, extra: object = {}): Errand {
  const options = {
    scenarios: { load: { ...scenario, gracefulStop: '60s' } },
    insecureSkipTLSVerify: true,
    summaryTrendStats: ['p(50)', 'p(90)', 'p(99)'],
    ...extra,
  }
  const text = `import http from 'k6/http'
import { check, group } from 'k6'
export const options = ${JSON.stringify(options)}
export default function () {
  ${body}
}
export const handleSummary = (data) => ({ stdout: JSON.stringify(data) })
`
  return { args: [], files: { 'load.js': text } }
}
