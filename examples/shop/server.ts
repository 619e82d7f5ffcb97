// HTTP in and out: finds the route, reads the body, lets the request wait for its turn, writes the answer. Knows nothing of selling.
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { Answered, Layer } from './layers.ts'
import { through } from './layers.ts'
import type { Reply, Streamed } from './replies.ts'
import { refuse } from './replies.ts'
import type { Route, Shop } from './route.ts'
import { routes } from './routes.ts'
import type { Visit } from './visit.ts'
import { visitOf } from './visit.ts'

const bodyLimitBytes = 8_192
const idleConnectionMs = 30_000

export type Around = {
  /** Outside the routes, and outside the line. */
  readonly layers: readonly Layer[]
  /** Hears of the shop's own mistakes; shoppers only get a 500. */
  readonly onFailure: (error: unknown) => void
}

export function createShopServer(shop: Shop, { layers, onFailure }: Around): Server {
  return createServer({ keepAliveTimeout: idleConnectionMs }, (request, response) => {
    shop.traffic.arrived()
    const isGone = () => response.destroyed
    response.once('close', () => shop.traffic.left())
    const visit = visitOf(request)
    through(layers, visit, () => answer(shop, { request, visit, isGone }))
      .catch((error: unknown) => {
        // A body that ends in the middle is its sender's affair.
        if (isGone()) return undefined
        onFailure(error)
        return refuse(500, 'failed', 'The shop made a mistake.')
      })
      .then((reply) => {
        if (reply === undefined || isGone()) return
        shop.traffic.answered(reply.status)
        send(response, reply)
      })
  })
}

type Asking = { readonly request: IncomingMessage; readonly visit: Visit; readonly isGone: () => boolean }

async function answer(shop: Shop, { request, visit, isGone }: Asking): Promise<Answered> {
  const found = findRoute(visit)
  if ('reply' in found) return found.reply
  const part = decode(found.route.path.exec(visit.path)?.[1] ?? '')
  if (part === undefined) return refuse(400, 'bad-request', 'The path is not well encoded.')
  const body = found.route.method === 'POST' ? await readBody(request) : ''
  if (body === undefined) return tooLarge
  const work = () => found.route.answer(shop, { part, body, visit })
  if (found.route.waitsAs === 'nothing') return work()
  const turn = await shop.manner.admit(found.route.waitsAs, work, isGone)
  if (turn.kind === 'full') return busy
  return turn.kind === 'done' ? turn.value : undefined
}

const tooLarge = refuse(413, 'too-large', `A request's body may have ${bodyLimitBytes} bytes.`, { connection: 'close' })
const busy = refuse(503, 'busy', 'The shop is full. Please try again in a moment.', { 'retry-after': '1' })

function findRoute({ method, path }: Visit): { readonly route: Route } | { readonly reply: Reply } {
  const wanted = method === 'HEAD' ? 'GET' : method
  const route = routes.find((one) => one.method === wanted && one.path.test(path))
  if (route !== undefined) return { route }
  const here = routes.filter((one) => one.path.test(path))
  if (here.length === 0) return { reply: refuse(404, 'no-such-page', 'There is nothing here.') }
  const allow = here.map((one) => one.method).join(', ')
  return { reply: refuse(405, 'wrong-method', `Only ${allow} works here.`, { allow }) }
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}

/** Undefined when it is too large. Rejects when the shopper leaves while sending. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let bodyBytes = 0
  // The stream outlives an early return: the connection is still needed for the answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bodyBytes += chunk.length
    if (bodyBytes > bodyLimitBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function send(response: ServerResponse, reply: Reply | Streamed): void {
  if ('stream' in reply) {
    response.writeHead(reply.status, { 'content-type': reply.type, 'cache-control': 'no-store' })
    if (response.req.method === 'HEAD') response.end()
    else reply.stream(response)
    return
  }
  const { status, type, body, headers } = reply
  response.writeHead(status, { ...headers, 'content-type': type, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}
