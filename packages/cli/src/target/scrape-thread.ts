// Reads the target's metrics pages once a second, in a thread of its own: neither the reading of a long page nor a slow answer can hold up a
// sending thread. Sockets, deadline and cap are its own; where it may go is judged as for the run. A page is a stranger's text and stays one.
import { parentPort, workerData } from 'node:worker_threads'
import type { Clock } from '@doorbuster/generator'
import { createClock, localBudget } from '@doorbuster/generator'
import type { MetricsPage } from '@doorbuster/plan'
import type { Prepared, Transport, TransportOptions, WireAnswer } from '@doorbuster/wire'
import { createHttp1Transport, loadTransport } from '@doorbuster/wire'
import type { Grounds } from '../approve.ts'
import { approvedBy } from '../approve.ts'
import type { WayOut } from '../transport-of-run.ts'
import { portOfOrigin, proxyOfOrigin } from '../transport-of-run.ts'
import type { PageFigures } from './series-reader.ts'
import { SeriesReader } from './series-reader.ts'

export type ScrapeOrders = {
  readonly pages: readonly MetricsPage[]
  readonly grounds: Grounds
  readonly way: WayOut
  readonly headers: Readonly<Record<string, string>>
}

/** `atMs` is on the scale that all threads share. */
export type Scraped = { readonly page: string; readonly atMs: number } & (
  | { readonly kind: 'figures'; readonly figures: PageFigures }
  | { readonly kind: 'silent'; readonly because: string }
)

const everyMs = 1_000
const mostBytes = 4 << 20

if (parentPort !== null) {
  const port = parentPort
  const orders = workerData as ScrapeOrders
  const clock = createClock()
  const transport = await transportOf(orders, clock)
  const scrapes = orders.pages.map((page) => scrapeOf(page, { transport, clock, headers: orders.headers }))
  const round = (): void => {
    for (const scrape of scrapes) void scrape().then((scraped) => scraped !== null && port.postMessage(scraped))
  }
  round()
  setInterval(round, everyMs)
}

async function transportOf({ grounds, way, pages }: ScrapeOrders, clock: Clock): Promise<Transport> {
  const { tls, localAddresses, detours, proxy } = way
  const options: TransportOptions = {
    tls,
    localAddresses,
    portOf: portOfOrigin(detours),
    ...proxyOfOrigin(proxy),
    now: () => clock.now(),
    approved: approvedBy(grounds),
    budget: localBudget(pages.length),
    mostBodyBytes: mostBytes,
  }
  return proxy === null ? createHttp1Transport(options) : (await loadTransport('undici'))(options)
}

type Means = { readonly transport: Transport; readonly clock: Clock; readonly headers: ScrapeOrders['headers'] }

/** Null while the reading before is still under way. Never rejects. */
function scrapeOf(page: MetricsPage, { transport, clock, headers }: Means): () => Promise<Scraped | null> {
  const prepared = prepare(page, transport, headers)
  const reader = new SeriesReader(page)
  let isUnderWay = false
  return async () => {
    if (isUnderWay) return null
    isUnderWay = true
    const told = await asked(transport, prepared)
    isUnderWay = false
    const own = { page: page.name, atMs: clock.shared(clock.now()) }
    if ('because' in told) return { ...own, kind: 'silent', because: told.because }
    return { ...own, kind: 'figures', figures: reader.read(told.text, own.atMs) }
  }
}

function prepare({ url, headers }: MetricsPage, transport: Transport, common: ScrapeOrders['headers']): Prepared {
  const { origin, pathname, search } = new URL(url)
  return transport.prepare({
    origin,
    path: `${pathname}${search}`,
    method: 'GET',
    headers: { accept: 'text/plain;version=0.0.4, */*;q=0.1', ...common, ...headers, 'accept-encoding': 'identity' },
    body: null,
    timeoutMs: everyMs,
    connectTimeoutMs: everyMs,
    firstByteTimeoutMs: Number.POSITIVE_INFINITY,
    keepBody: 'whole',
  })
}

type Told = { readonly text: string } | { readonly because: string }

function asked(transport: Transport, prepared: Prepared): Promise<Told> {
  return new Promise((resolve) => {
    const lane = transport.lane()
    const sending = lane.send(prepared, null, { landed: (answer) => resolve(toldBy(answer)) })
    // No socket is kept: a page that is read once a second needs none.
    lane.close()
    if (sending === null) resolve({ because: 'no socket' })
  })
}

function toldBy(answer: WireAnswer): Told {
  if (answer.kind !== 'answered') return { because: answer.cause }
  const { status, body } = answer
  if (status !== 200) return { because: `status:${status}` }
  const encoding = answer.header('content-encoding') ?? 'identity'
  if (encoding !== 'identity') return { because: 'an encoding that was not asked for' }
  if (body === null) return { because: 'no body' }
  return body.length > mostBytes ? { because: 'too-large' } : { text: Buffer.from(body).toString('utf8') }
}
