import { request } from 'node:http'
import { expect, test } from 'vitest'
import { sampleReport } from '../../../report/test/support/sample-report.ts'
import { sampleCell, sampleStart, sampleWindow } from '../../../report/test/support/sample-window.ts'
import { prometheusOutput } from '../../src/outputs/prometheus.ts'

const never = new AbortController().signal

async function opened(lingerMs = 60_000) {
  let told = ''
  const output = await prometheusOutput({
    place: '0',
    lingerMs,
    tell: (text) => {
      told = text
    },
  })
  output.begin?.(sampleStart())
  const window = sampleWindow(0, [sampleCell({ okMs: [1] })])
  output.window?.(window, {
    ...window,
    due: 1,
    sent: 1,
    ok: 1,
    degraded: 0,
    failed: 0,
    dropped: 0,
    p50: 1,
    p95: 1,
    p99: 1,
    max: 1,
    latenessP99: 0,
    inFlight: 0,
  })
  return { output, told, url: told.replace(/^.* (?=http)/, '') }
}

test('it listens on this machine alone when only a port is given, and says where', async () => {
  const { output, told } = await opened()
  expect(told).toMatch(/^prometheus: scrape http:\/\/127\.0\.0\.1:\d+\/metrics$/)
  await output.close?.(never)
})

test('figures come as text, or as OpenMetrics to whoever asks for it', async () => {
  const { output, url } = await opened(0)
  const plain = await fetch(url)
  expect(plain.headers.get('content-type')).toContain('version=0.0.4')
  expect(await plain.text()).toContain('doorbuster_requests_sent_total{step="checkout"} 1\n')
  const open = await fetch(url, { headers: { accept: 'application/openmetrics-text;version=1.0.0,text/plain;q=0.5' } })
  expect(open.headers.get('content-type')).toContain('openmetrics')
  expect((await open.text()).endsWith('# EOF\n')).toBe(true)
  await output.close?.(never)
})

test('there is nothing else to read, and nothing to write', async () => {
  const { output, url } = await opened()
  expect((await fetch(new URL('/', url))).status).toBe(404)
  expect((await fetch(url, { method: 'POST' })).status).toBe(404)
  await output.close?.(never)
})

test('a page in a browser cannot read it by a name of its own that leads to this machine', async () => {
  const { output, url } = await opened()
  const status = await new Promise((resolve) =>
    request(url, { headers: { host: 'rebound.example' } }, (response) => resolve(response.resume().statusCode)).end(),
  )
  expect(status).toBe(403)
  await output.close?.(never)
})

test('who read during the run is waited for until he has read its end', async () => {
  const { output, url } = await opened()
  await fetch(url).then((response) => response.text())
  await output.end?.(sampleReport())
  let isClosed = false
  const closing = Promise.resolve(output.close?.(never)).then(() => {
    isClosed = true
  })
  expect(isClosed).toBe(false)
  expect(await (await fetch(url)).text()).toContain('doorbuster_ended 1\n')
  await closing
  await expect(fetch(url)).rejects.toThrow()
})

test('a wait for a reader who never comes again ends when that is enough', async () => {
  const { output, url } = await opened()
  await fetch(url).then((response) => response.text())
  await output.end?.(sampleReport())
  const enough = new AbortController()
  const closing = output.close?.(enough.signal)
  enough.abort()
  await closing
})

test('nobody is waited for where nobody has read', async () => {
  const { output } = await opened()
  await output.end?.(sampleReport())
  await output.close?.(never)
})
