// The shop's own figures, in the text format that Prometheus reads: https://prometheus.io/docs/instrumenting/exposition_formats/
import type { Reply } from './replies.ts'
import type { Shop } from './route.ts'

/** Stock is told of the products on sale alone: of all of them the page would be longer than the landing page. */
export function metricsText({ traffic, manner, catalogue, sales, exertion }: Shop): Reply {
  const { busy, waiting } = manner.load()
  const answers = [...traffic.answers()].map(([status, count]) => ({ labels: `{status="${status}"}`, value: count }))
  const stock = catalogue.deals().map(({ sku }) => ({ labels: `{sku="${sku}"}`, value: catalogue.stockOf(sku) }))
  const one = (value: number) => [{ labels: '', value }]
  const body = [
    family('shop_requests_total', 'counter', 'Requests answered, by status.', answers),
    family('shop_requests_in_flight', 'gauge', 'Requests that are not answered yet, this one included.', one(traffic.inFlight())),
    family('shop_orders_total', 'counter', 'Orders written.', one(sales.ordersAdded())),
    family('shop_queue_length', 'gauge', 'Requests that wait for a worker.', one(waiting)),
    family('shop_workers_busy', 'gauge', 'Workers at work.', one(busy)),
    family('shop_workers', 'gauge', 'Workers that there are.', one(manner.workers)),
    family('shop_database_busy_seconds_total', 'counter', 'Time spent in the database.', one(exertion.databaseMs() / 1e3)),
    family('shop_event_loop_busy_seconds_total', 'counter', 'Time in which the event loop had work.', one(exertion.eventLoopMs() / 1e3)),
    family(
      'nodejs_eventloop_lag_seconds',
      'gauge',
      'Longest hold-up of the event loop since the last reading.',
      one(exertion.lagMs() / 1e3),
    ),
    family('process_resident_memory_bytes', 'gauge', 'Memory of the process.', one(process.memoryUsage.rss())),
    family('shop_stock', 'gauge', 'Pieces left of what is on sale.', stock),
  ].join('')
  return { status: 200, type: 'text/plain; version=0.0.4; charset=utf-8', body, headers: { 'cache-control': 'no-store' } }
}

type Sample = { readonly labels: string; readonly value: number }

function family(name: string, kind: 'counter' | 'gauge', help: string, samples: readonly Sample[]): string {
  const lines = samples.map(({ labels, value }) => `${name}${labels} ${value}\n`)
  return `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${lines.join('')}`
}
