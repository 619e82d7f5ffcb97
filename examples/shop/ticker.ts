// How much is left, told as it changes: server-sent events for whoever keeps the connection open.
import type { ServerResponse } from 'node:http'
import type { Catalogue } from './catalogue.ts'
import type { Reply, Streamed } from './replies.ts'
import type { Request, Shop } from './route.ts'
import { noSuchProduct } from './show-routes.ts'

const everyMs = 250
// Proxies close connections on which nothing moves.
const quietTicks = 40

export function tickStock({ catalogue }: Shop, { part }: Request): Reply | Streamed {
  if (catalogue.product(part) === undefined) return noSuchProduct(part)
  return { status: 200, type: 'text/event-stream', stream: (response) => tell(response, part, catalogue) }
}

function tell(response: ServerResponse, sku: string, catalogue: Catalogue): void {
  let told: number | undefined
  let ticks = 0
  const tick = () => {
    const stock = catalogue.stockOf(sku)
    ticks += 1
    if (stock !== told) response.write(`event: stock\nid: ${ticks}\ndata: ${JSON.stringify({ sku, stock })}\n\n`)
    else if (ticks % quietTicks === 0) response.write(': still here\n\n')
    told = stock
  }
  const timer = setInterval(tick, everyMs)
  response.once('close', () => clearInterval(timer))
  tick()
}
