// `-o prometheus=127.0.0.1:9464`: an endpoint that a Prometheus server scrapes while the run goes on, and once more after it.
import { once } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isIP } from 'node:net'
import { kindOfAddress } from '@doorbuster/plan'
import { prometheusContentTypes, prometheusForm, RunMetrics, renderPrometheus } from '@doorbuster/report'
import { UsageError } from '../usage.ts'
import type { Output, Tell } from './output.ts'

export type PrometheusOptions = { readonly place: string; readonly lingerMs: number; readonly tell: Tell }

/** @throws UsageError for an address that is none, or that cannot be listened on */
export async function prometheusOutput({ place, lingerMs, tell }: PrometheusOptions): Promise<Output> {
  const { host, port } = addressIn(place)
  const readers = new Readers()
  let metrics: RunMetrics | null = null
  const server = createServer((request, response) => {
    // Not before it is on its way: what closes then must not cut it off.
    if (answer(request, response, metrics, host)) response.once('finish', () => readers.read())
  })
  await listening(server, host, port, place)
  server.unref()
  const bound = (server.address() as AddressInfo).port
  tell(`prometheus: scrape http://${host.includes(':') ? `[${host}]` : host}:${bound}/metrics${isOpenTo(host)}`)
  return {
    begin: (start) => {
      metrics = new RunMetrics(start)
    },
    window: (window) => metrics?.add(window),
    end: () => {
      metrics?.end()
      readers.end()
    },
    close: async (enough) => {
      await readers.last(lingerMs, enough)
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Who came while the run went on should see its end: knows whether somebody reads, and whether the last figures were read. */
class Readers {
  #came = false
  #hasEnded = false
  readonly #hasRead = Promise.withResolvers<void>()

  read(): void {
    this.#came = true
    if (this.#hasEnded) this.#hasRead.resolve()
  }

  end(): void {
    this.#hasEnded = true
  }

  /** Waits for a reading after the end, if there was one before; at most `mostMs`. */
  async last(mostMs: number, enough: AbortSignal): Promise<void> {
    if (!this.#came || !this.#hasEnded || mostMs === 0 || enough.aborted) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, mostMs)
    enough.addEventListener('abort', () => resolve(), { once: true })
    await Promise.race([promise, this.#hasRead.promise])
    clearTimeout(timer)
  }
}

/** True when figures were given. */
function answer(request: IncomingMessage, response: ServerResponse, metrics: RunMetrics | null, host: string): boolean {
  if (!isMeant(request, host)) return refuse(response, 403, 'ask by address')
  if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') return refuse(response, 404, 'GET /metrics')
  const form = prometheusForm(request.headers.accept)
  response.writeHead(200, { 'content-type': prometheusContentTypes[form] })
  response.end(renderPrometheus(metrics?.metrics() ?? [], form))
  return metrics !== null
}

function refuse(response: ServerResponse, status: number, text: string): false {
  response.writeHead(status, { 'content-type': 'text/plain' })
  response.end(`${text}\n`)
  return false
}

/** A page in a browser on this machine must not read it by a name of its own that leads here. */
function isMeant({ headers }: IncomingMessage, host: string): boolean {
  if (kindOfAddress(host) !== 'loopback') return true
  const name = (headers.host ?? '').replace(/:\d*$/, '').replace(/^\[|\]$/g, '')
  return isIP(name) > 0 || name === 'localhost'
}

function isOpenTo(host: string): string {
  return kindOfAddress(host) === 'loopback' ? '' : ' (open to everybody who reaches this machine)'
}

/** A bare port is this machine's own. */
function addressIn(place: string): { readonly host: string; readonly port: number } {
  const [, written = '127.0.0.1', digits = ''] = /^(?:(\[[^\]]+\]|[^:]+):)?(\d{1,5})$/.exec(place) ?? []
  const bare = written.replace(/^\[|\]$/g, '')
  const host = bare === 'localhost' ? '127.0.0.1' : bare
  if (digits === '' || Number(digits) > 65_535 || isIP(host) === 0)
    throw new UsageError('--output', 'prometheus=address:port, such as prometheus=127.0.0.1:9464', JSON.stringify(`prometheus=${place}`))
  return { host, port: Number(digits) }
}

async function listening(server: Server, host: string, port: number, place: string): Promise<void> {
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    throw new UsageError('--output', 'an address and port to listen on', `${place} (${(error as NodeJS.ErrnoException).code})`)
  }
}
