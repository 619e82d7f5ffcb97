import { expect, test } from 'vitest'
import { serve } from '../../../../test/support/servers.ts'
import { sampleReport } from '../../../report/test/support/sample-report.ts'
import { sampleStart } from '../../../report/test/support/sample-window.ts'
import { otlpHeaders, otlpOutput, otlpUrl } from '../../src/outputs/otlp.ts'

test('a receiver is sent to at /v1/metrics of what is given, whether or not it says so', () => {
  expect(otlpUrl('http://127.0.0.1:4318').href).toBe('http://127.0.0.1:4318/v1/metrics')
  expect(otlpUrl('http://127.0.0.1:4318/').href).toBe('http://127.0.0.1:4318/v1/metrics')
  expect(otlpUrl('https://in.example/otlp/v1/metrics').href).toBe('https://in.example/otlp/v1/metrics')
})

test('a URL with a password in it is refused without repeating it', () => {
  expect(() => otlpUrl('http://ada:hunter2@127.0.0.1:4318')).toThrow(/expected otlp=URL.*received (?!.*hunter2)/)
})

test('headers are pairs, percent-encoded; one that could break out of its line is refused without repeating it', () => {
  expect(otlpHeaders('api-key=a%3Db, x=1')).toEqual({ 'api-key': 'a=b', x: '1' })
  expect(otlpHeaders('')).toEqual({})
  for (const text of ['api-key', '=secret', 'a b=secret', 'x=secret%0d%0ay:z', 'x=%zz-secret'])
    expect(() => otlpHeaders(text)).toThrow(/^(?!.*secret).*OTEL_EXPORTER_OTLP_HEADERS/)
})

test('a redirect is followed nowhere, and told as a failure', async () => {
  let elsewhere = 0
  await using other = await serve((_, response) => {
    elsewhere++
    response.end()
  })
  await using receiver = await serve((_, response) => response.writeHead(307, { location: other.url }).end())
  const told: string[] = []
  const options = {
    url: otlpUrl(receiver.url),
    addresses: ['127.0.0.1'],
    headers: {},
    now: () => 0,
    tell: (text: string) => told.push(text),
  }
  const output = otlpOutput(options)
  output.begin?.(sampleStart())
  await output.end?.(sampleReport())
  expect([elsewhere, told.length]).toEqual([0, 1])
  expect(told[0]).toContain('status 307')
})

test('a name is connected to at the address that was judged, wherever it leads by now', async () => {
  let hosts = ''
  await using receiver = await serve((request, response) => {
    hosts += request.headers.host
    response.end('{}')
  })
  const url = new URL(receiver.url)
  url.hostname = 'receiver.invalid'
  const told: string[] = []
  const output = otlpOutput({ url, addresses: ['127.0.0.1'], headers: {}, now: () => 0, tell: (text) => told.push(text) })
  output.begin?.(sampleStart())
  await output.end?.(sampleReport())
  expect([told, hosts]).toEqual([[], url.host])
})
