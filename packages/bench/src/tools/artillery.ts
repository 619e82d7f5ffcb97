// Artillery: scenarios as data, run by Node. It knows arrivals only. Its nearest to a closed loop: as many shoppers as there are
// connections, who all come in the first second and loop over the request, on a pool of sockets, until the time is over.
import { artilleryScript } from '../artillery-install.ts'
import { orderJson, ordersPath, priceCents, productPath } from '../shop.ts'
import type { Errand, Tool } from '../tool.ts'

type Report = {
  readonly aggregate: {
    readonly counters: Readonly<Record<string, number>>
    readonly summaries: Readonly<Record<string, { readonly p50: number; readonly p90: number; readonly p99: number }>>
  }
}

/** What it prints goes to stderr, its report to stdout. */
const runThenReport = '"$0" "$1" run -q -o report.json load.json >&2; cat report.json'

/** About what it can start a second on one core, with three requests each. */
const journeysPerSec = 100

export const artillery: Tool = {
  name: 'Artillery',
  find: () => {
    const script = artilleryScript()
    return script === null ? null : ['env', 'ARTILLERY_DISABLE_TELEMETRY=true', 'bash', '-c', runThenReport, process.execPath, script]
  },
  from: 'pnpm bench --with-artillery, once: about 460 MB into a folder of its own',
  read: (stdout) => {
    const { counters, summaries }: Report['aggregate'] = (JSON.parse(stdout) as Report).aggregate
    const { 'http.responses': answers, 'vusers.failed': failed = 0 } = counters
    if (answers === undefined) throw new Error('its report does not say how many requests were answered')
    const time = summaries['http.response_time']
    const percentiles = time === undefined ? null : { p50Ms: time.p50, p90Ms: time.p90, p99Ms: time.p99 }
    return { answers, failed, percentiles, latenessP99Ms: null }
  },
  does: {
    closed: ({ url, seconds, connections }) =>
      script(url, [{ duration: 1, arrivalCount: connections }], [{ loop: [get(url)], whileTrue: 'stillOpen' }], {
        config: { processor: './until.cjs', http: { pool: connections, timeout: 60 } },
        files: { 'until.cjs': untilOver(seconds) },
      }),
    open: ({ url, seconds, ratePerSec }) => script(url, [{ duration: seconds, arrivalRate: ratePerSec }], [get(url)]),
    journey: ({ origin, seconds }) => script(origin, [{ duration: seconds, arrivalRate: journeysPerSec }], journey),
    waiting: ({ url, users, overSeconds }) => script(url, [{ duration: overSeconds, arrivalRate: users / overSeconds }], [get(url)]),
    spike: ({ url, lowPerSec, highPerSec, lowSeconds, riseSeconds, highSeconds }) =>
      script(
        url,
        [
          { duration: lowSeconds, arrivalRate: lowPerSec },
          { duration: riseSeconds, arrivalRate: lowPerSec, rampTo: highPerSec },
          { duration: highSeconds, arrivalRate: highPerSec },
        ],
        [get(url)],
      ),
  },
}

function get(url: string) {
  return { get: { url: new URL(url).pathname } }
}

const journey = [
  { get: { url: '/' } },
  {
    get: {
      url: productPath,
      capture: { json: '$.priceCents', as: 'priceCents' },
      expect: [{ equals: [`${priceCents}`, '{{ priceCents }}'] }],
    },
  },
  { post: { url: ordersPath, json: JSON.parse(orderJson) } },
]

function untilOver(seconds: number): string {
  return `const endMs = Date.now() + ${seconds * 1e3}
module.exports = { stillOpen: (_context, next) => next(Date.now() < endMs) }
`
}

type More = { readonly config: object; readonly files: Readonly<Record<string, string>> }

function script(url: string, phases: readonly object[], flow: readonly object[], more: More = { config: {}, files: {} }): Errand {
  const sure = { http: { timeout: 60 }, tls: { rejectUnauthorized: false }, plugins: { expect: {} } }
  const config = { target: new URL(url).origin, phases, ...sure, ...more.config }
  return { args: [], files: { 'load.json': JSON.stringify({ config, scenarios: [{ flow }] }), ...more.files } }
}
