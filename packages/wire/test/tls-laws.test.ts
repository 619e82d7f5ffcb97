// The laws again where a connection is more than TCP: over TLS, over HTTP/2, through a proxy.
import { afterAll, beforeAll, describe } from 'vitest'
import { createH2Transport } from '../src/h2-transport.ts'
import { createHttp1Transport } from '../src/http1-transport.ts'
import { createUndiciTransport } from '../src/undici-transport.ts'
import { linkLaws, withoutLinks } from './link-laws.ts'
import { openCertificates } from './support/certificates.ts'
import { startH2Front } from './support/h2-front.ts'
import type { TestProxy } from './support/proxy.ts'
import { startProxy } from './support/proxy.ts'
import { startRawServer } from './support/raw-server.ts'
import type { Venue } from './transport-laws.ts'
import { transportLaws } from './transport-laws.ts'

const certificates = openCertificates()

describe.skipIf(certificates === null)('over TLS', () => {
  if (certificates === null) return
  const server = certificates.make('server')
  const tls = { authorities: certificates.root }
  afterAll(() => certificates.close())

  const overTls: Venue = { serve: (onRequest) => startRawServer(onRequest, server), options: () => ({ tls }) }
  transportLaws('http/1.1 over TLS', createHttp1Transport, overTls)
  linkLaws('http/1.1 over TLS', createHttp1Transport, overTls)
  transportLaws('undici over TLS', createUndiciTransport, overTls)

  transportLaws('http/2', createH2Transport, {
    serve: (onRequest) => startH2Front(onRequest, server),
    options: () => ({ tls }),
    exceptions: {
      'bytes are counted as they passed the socket': 'frames and packed heads are counted, and greetings of the protocol with them',
      'send returns null at the ceiling, sends nothing, and works again when a socket is free': 'one socket carries a hundred requests',
      'a silent server costs the deadline, and its socket': 'it costs its stream alone: others are on the socket',
      'a cancelled request is answered once, as cancelled, and closes its socket': 'its stream alone is closed',
      'an idle socket that its server closed no longer counts, and the next request opens a new one':
        'the front stays when the raw server goes',
      ...notInFrames('something that is not HTTP'),
      ...notInFrames('a bad chunk size'),
      ...notInFrames('a bad content length'),
      ...notInFrames('a head without end'),
    },
  })

  linkLaws('http/2', createH2Transport, {
    serve: (onRequest) => startH2Front(onRequest, server),
    options: () => ({ tls }),
    exceptions: {
      ...withoutLinks,
      'what comes behind an answer that is still on its way is given to nobody': 'nothing comes behind the end of a stream',
      'a server that closes behind its answer has answered': 'its stream alone is closed',
    },
  })

  let proxy: TestProxy
  beforeAll(async () => {
    proxy = await startProxy()
  })
  afterAll(() => proxy.stop())
  const throughProxy = () => ({ tls, proxyOf: () => ({ origin: proxy.origin, addresses: ['127.0.0.1'], authorization: undefined }) })
  transportLaws('undici through a proxy', createUndiciTransport, {
    options: throughProxy,
    exceptions: { 'bytes are counted as they passed the socket': 'the proxy is told the whole URL', ...foundByProxy },
  })
  transportLaws('undici through a tunnel', createUndiciTransport, { ...overTls, options: throughProxy, exceptions: foundByProxy })
})

const foundByProxy = { 'nobody listening is refused': 'the proxy is refused, and we see the proxy hang up' }

function notInFrames(what: string): Readonly<Record<string, string>> {
  const law = `${what} is a failure with a cause, and the next request is not touched by it`
  return { [law]: 'HTTP/2 has no such bytes: the front resets the stream, which is told as that' }
}
