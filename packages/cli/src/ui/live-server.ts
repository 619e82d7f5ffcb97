// The live page's server: one page, one stream, one button. Loopback alone, and only for whoever knows the token.
// Keeps what was drawn last, so that a page that comes late or comes back sees all of it.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { admit } from './doorman.ts'

const mostStreams = 8
const reconnectMs = 1_000
const mostConnections = 64
/** A reader this far behind does not read. */
const mostUnreadBytes = 8 * 1024 * 1024

export type LiveServerOptions = {
  readonly port: number
  readonly token: string
  /** The document, with this nonce on what its policy lets in. */
  readonly frame: (nonce: string) => string
  readonly onStop: () => void
  /** A page came: it should see what there is. */
  readonly onReader: () => void
}

export class LiveServer {
  readonly #options: LiveServerOptions
  readonly #server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) => this.#answer(request, response))
  readonly #streams = new Set<ServerResponse>()
  #port = 0
  #nth = 0
  #last: string | null = null
  /** How it ended: null while the run goes on. */
  #ending: { readonly reportFile: string | null } | null = null
  /** Pages that were told of the end, or will be, and have not asked for the report yet. */
  #owed = 0
  #leftAtMs = Number.NEGATIVE_INFINITY
  #onPaid: () => void = () => {}

  constructor(options: LiveServerOptions) {
    this.#options = options
    this.#server.maxConnections = mostConnections
  }

  /** Rejects with the system's error when the port cannot be had. */
  async listen(): Promise<number> {
    this.#server.listen(this.#options.port, '127.0.0.1')
    await once(this.#server, 'listening')
    this.#port = (this.#server.address() as AddressInfo).port
    return this.#port
  }

  get hasReaders(): boolean {
    return this.#streams.size > 0
  }

  /** Tells every page, now and when it comes. */
  show(parts: Readonly<Record<string, string>>): void {
    this.#nth++
    this.#last = `id: ${this.#nth}\nevent: parts\ndata: ${JSON.stringify(parts)}\n\n`
    for (const stream of this.#streams) send(stream, this.#last)
  }

  /** Sends every page on to the report; resolves when all have it, or after `atMostMs`. Then nothing listens any more. */
  async end(reportFile: string | null, atMostMs: number): Promise<void> {
    this.#ending = { reportFile }
    // One that is just being loaded again comes back within a second.
    const isBack = !this.hasReaders && performance.now() - this.#leftAtMs < 2 * reconnectMs
    this.#owed = reportFile === null ? 0 : isBack ? 1 : this.#streams.size
    const paid = new Promise<void>((resolve) => {
      this.#onPaid = resolve
    })
    for (const stream of this.#streams) stream.end(endEvent(reportFile))
    if (this.#owed > 0) await Promise.race([paid, new Promise((resolve) => setTimeout(resolve, isBack ? 2 * reconnectMs : atMostMs))])
    this.#server.close()
    this.#server.closeIdleConnections()
    // Whoever still has not read by then keeps no process from ending.
    setTimeout(() => this.#server.closeAllConnections(), reconnectMs).unref()
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { method = '', url = '', headers } = request
    request.resume()
    const decision = admit({ method, url, headers }, this.#options.token, this.#port)
    if (typeof decision === 'object') return reply(response, decision.refused, 'text/plain; charset=utf-8', '')
    if (decision === 'events') return this.#stream(response)
    if (decision === 'stop') {
      this.#options.onStop()
      return reply(response, 202, 'text/plain; charset=utf-8', '')
    }
    if (decision === 'report') return this.#sendReport(response)
    if ((this.#ending?.reportFile ?? null) !== null) return redirect(response)
    const nonce = randomBytes(16).toString('base64')
    reply(response, 200, 'text/html; charset=utf-8', this.#options.frame(nonce), { 'content-security-policy': policy(nonce) })
  }

  #stream(response: ServerResponse): void {
    if (this.#streams.size >= mostStreams) return reply(response, 503, 'text/plain; charset=utf-8', 'too many pages are open\n')
    response.writeHead(200, { ...always, 'content-type': 'text/event-stream' })
    if (this.#ending !== null) {
      response.end(endEvent(this.#ending.reportFile))
      return
    }
    response.write(`retry: ${reconnectMs}\n\n${this.#last ?? ''}`)
    this.#streams.add(response)
    response.on('close', () => {
      this.#streams.delete(response)
      this.#leftAtMs = performance.now()
    })
    this.#options.onReader()
  }

  #sendReport(response: ServerResponse): void {
    const file = this.#ending?.reportFile ?? null
    if (file === null) return reply(response, 404, 'text/plain; charset=utf-8', '')
    // Its own policy stands in it.
    reply(response, 200, 'text/html; charset=utf-8', readFileSync(file, 'utf8'), { 'content-security-policy': "frame-ancestors 'none'" })
    response.on('finish', () => {
      this.#owed--
      if (this.#owed <= 0) this.#onPaid()
    })
  }
}

/** A stream without data is no event to a browser. */
function endEvent(reportFile: string | null): string {
  return `event: end\ndata: ${reportFile === null ? 'no report' : 'report'}\n\n`
}

const always: OutgoingHttpHeaders = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
}

/** What a chart says of its own text in a style attribute is let in; no style sheet and no script but ours is. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src-elem 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

function reply(response: ServerResponse, status: number, type: string, body: string, more: OutgoingHttpHeaders = {}): void {
  response.writeHead(status, { ...always, 'content-type': type, connection: 'close', ...more })
  response.end(body)
}

function redirect(response: ServerResponse): void {
  response.writeHead(303, { ...always, location: 'report.html', connection: 'close' })
  response.end()
}

function send(stream: ServerResponse, text: string): void {
  if (stream.writableLength > mostUnreadBytes) stream.destroy()
  else stream.write(text)
}
