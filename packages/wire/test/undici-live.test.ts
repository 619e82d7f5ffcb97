import { afterAll, describe, expect, test } from 'vitest'
import { createHttp1Transport } from '../src/http1-transport.ts'
import { createLive } from '../src/undici-live.ts'
import { liveLaws } from './live-laws.ts'
import { optionsFor, requestTo } from './support/asking.ts'
import { openCertificates } from './support/certificates.ts'
import { startLiveServer } from './support/live-server.ts'
import { startProxy } from './support/proxy.ts'

liveLaws('undici', createLive)

const certificates = openCertificates()

describe.skipIf(certificates === null)('over TLS', () => {
  if (certificates === null) return
  const server = certificates.make('server')
  afterAll(() => certificates.close())
  liveLaws('undici over TLS', createLive, { ...server, authorities: certificates.root })
})

test('a proxy is told the whole URL of a handshake', async () => {
  const server = await startLiveServer({ onSocket: (opened) => opened.send('through') })
  const proxy = await startProxy()
  const live = createLive(optionsFor({ proxyOf: () => ({ origin: proxy.origin, addresses: ['127.0.0.1'], authorization: 'Basic eDp5' }) }))
  const said = await new Promise((resolve) => {
    const told = { landed: () => {}, ended: () => {}, message: ({ data }: { readonly data: unknown }) => resolve(data) }
    live.open({ kind: 'socket', protocols: [] }, requestTo(server.origin, { path: '/queue' }), told)
  })
  await live.close()
  await proxy.stop()
  await server.stop()
  expect([said, proxy.asked, proxy.secrets]).toEqual(['through', [`GET ${server.origin}/queue HTTP/1.1`], ['Basic eDp5']])
})

test('a transport counts its live sockets among its own, and closes them', async () => {
  const server = await startLiveServer({ onSocket: () => {} })
  const transport = createHttp1Transport(optionsFor())
  const live = await transport.live()
  await new Promise<void>((resolve) => {
    const told = { landed: () => resolve(), ended: () => {}, message: () => {} }
    live.open({ kind: 'socket', protocols: [] }, requestTo(server.origin), told)
  })
  expect([await transport.live(), transport.sockets]).toEqual([live, 1])
  await transport.close()
  expect(transport.sockets).toBe(0)
  await server.stop()
})
