// HTTP in and out: finds the route, reads the body, lets the request wait for its turn, writes the answer. Knows nothing of selling.
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { Reply } from './replies.ts'
import { refuse } from './replies.ts'
import type { Route, Shop } from './routes.ts'
import { routes } from './routes.ts'

const bodyLimitBytes = 8_192
const idleConnectionMs = 30_000

export function createShopServer(shop: Shop, onFailure: (error: unknown) => void): Server {
  return createServer({ keepAliveTimeout: idleConnectionMs }, (request, response) => {
    const isGone = () => response.destroyed
    answer(shop, request, isGone)
      .catch((error: unknown) => {
        // A body that ends in the middle is its sender's affair.
        if (isGone()) return undefined
        onFailure(error)
        return refuse(500, 'failed', 'The shop made a mistake.')
      })
      .then((reply) => {
        if (reply !== undefined && !isGone()) send(response, reply)
      })
  })
}

/** Undefined when there is nobody left to answer. */
async function answer(shop: Shop, request: IncomingMessage, isGone: () => boolean): Promise<Reply | undefined> {
  const path = pathOf(request)
  const found = findRoute(request.method, path)
  if ('reply' in found) return found.reply
  const sku = decode(found.route.path.exec(path)?.[1] ?? '')
  if (sku === undefined) return refuse(400, 'bad-request', 'The path is not well encoded.')
  const body = found.route.method === 'POST' ? await readBody(request) : ''
  if (body === undefined) return tooLarge
  const work = () => found.route.answer(shop, { sku, body })
  if (found.route.waitsAs === 'nothing') return work()
  const turn = await shop.manner.admit(found.route.waitsAs, work, isGone)
  if (turn.kind === 'full') return busy
  return turn.kind === 'done' ? turn.value : undefined
}

const tooLarge = refuse(413, 'too-large', `A request's body may have ${bodyLimitBytes} bytes.`, { connection: 'close' })
const busy = refuse(503, 'busy', 'The shop is full. Please try again in a moment.', { 'retry-after': '1' })

function pathOf({ url = '/' }: IncomingMessage): string {
  const queryAt = url.indexOf('?')
  return queryAt < 0 ? url : url.slice(0, queryAt)
}

function findRoute(method: string | undefined, path: string): { readonly route: Route } | { readonly reply: Reply } {
  const here = routes.filter((route) => route.path.test(path))
  const route = here.find((one) => one.method === (method === 'HEAD' ? 'GET' : method))
  if (route !== undefined) return { route }
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

function send(response: ServerResponse, { status, type, body, headers }: Reply): void {
  response.writeHead(status, { ...headers, 'content-type': type, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}
