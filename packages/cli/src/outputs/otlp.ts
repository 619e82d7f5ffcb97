// `-o otlp=http://127.0.0.1:4318`: sums so far, sent as OTLP/HTTP in JSON every few windows and once at the end. Sends only where the guard
// said that it may; what goes wrong is told once and costs the run nothing, since every export holds all sums anew.
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { isIP } from 'node:net'
import type { RunStart } from '@doorbuster/measurements'
import { RunMetrics, renderOtlp } from '@doorbuster/report'
import { UsageError } from '../usage.ts'
import { version } from '../version.ts'
import type { Output, Tell } from './output.ts'

export type OtlpOptions = {
  readonly url: URL
  /** What its name resolved to when the guard judged it. */
  readonly addresses: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  readonly now: () => number
  readonly tell: Tell
}

const everyWindows = 5
const deadlineMs = 5_000

export function otlpOutput(options: OtlpOptions): Output {
  let run: { readonly start: RunStart; readonly metrics: RunMetrics } | null = null
  let underWay = Promise.resolve()
  let isUnderWay = false
  let hasFailed = false
  const send = async (): Promise<void> => {
    if (run === null) return
    isUnderWay = true
    try {
      await post(options, bodyOf(run.start, run.metrics, options.now()))
    } catch (error) {
      if (!hasFailed) options.tell(`otlp ${options.url.origin}: an export failed: ${(error as Error).message}`)
      hasFailed = true
    }
    isUnderWay = false
  }
  return {
    begin: (start) => {
      run = { start, metrics: new RunMetrics(start) }
    },
    window: (window) => {
      run?.metrics.add(window)
      // A receiver that is slow gets fewer exports, never a queue of them.
      if (!isUnderWay && window.index % everyWindows === everyWindows - 1) underWay = send()
    },
    end: async () => {
      run?.metrics.end()
      await underWay
      await send()
    },
  }
}

function bodyOf({ name, startedAt, runId = '', planHash }: RunStart, metrics: RunMetrics, nowMs: number): string {
  const run = { 'doorbuster.run.name': name, 'doorbuster.run.id': runId, 'doorbuster.plan.hash': planHash }
  const resource = { 'service.name': 'doorbuster', 'service.version': version, ...run }
  return renderOtlp(metrics.metrics(), { startedAtMs: Date.parse(startedAt), nowMs, version, resource })
}

/** @throws for anything but a 2xx. Follows no redirect: it might lead where nobody allowed it. */
async function post({ url, addresses, headers }: OtlpOptions, body: string): Promise<void> {
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    lookup: lookupOf(addresses),
    signal: AbortSignal.timeout(deadlineMs),
  })
  // One that comes after the answer has nobody else who listens.
  request.on('error', () => {})
  request.end(body)
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  response.on('error', () => {})
  response.resume()
  const { statusCode = 0 } = response
  if (statusCode < 200 || statusCode > 299) throw new Error(`the receiver answered with status ${statusCode}`)
}

function lookupOf(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_, { all: wantsAll }, tell) => {
    if (wantsAll === true) tell(null, all)
    else tell(null, all[0]?.address ?? '', all[0]?.family ?? 4)
  }
}

/** `/v1/metrics` is added to a base, as OpenTelemetry's own exporters do. @throws UsageError */
export function otlpUrl(place: string): URL {
  const url = URL.canParse(place) ? new URL(place) : null
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new UsageError('--output', 'otlp=URL, such as otlp=http://127.0.0.1:4318', `${place.length} characters that are none`)
  url.hash = ''
  if (!url.pathname.endsWith('/v1/metrics')) url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/metrics`
  return url
}

/** `name=value,other=value`, percent-encoded, as OTEL_EXPORTER_OTLP_HEADERS has them; they may be secrets and are not repeated. */
export function otlpHeaders(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '')
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name = '', value = ''] = /^\s*([!#$%&'*+.^_`|~\w-]+)\s*=\s*(.*?)\s*$/.exec(pair) ?? []
      return [name, decoded(value)] as const
    }),
  )
}

function decoded(value: string): string {
  try {
    const text = decodeURIComponent(value)
    if (value !== '' && !/[^\t\x20-\x7e\x80-\xff]/.test(text)) return text
  } catch {
    // Told below.
  }
  throw new UsageError('OTEL_EXPORTER_OTLP_HEADERS', '"name=value,name=value", percent-encoded', 'something else')
}
