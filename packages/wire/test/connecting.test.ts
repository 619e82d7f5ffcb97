// How connections are made: which of several addresses, from which of ours, to which port, and what each deadline is called.
import type { Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createH2Transport } from '../src/h2-transport.ts'
import { createHttp1Transport } from '../src/http1-transport.ts'
import type { Transport, TransportOptions } from '../src/transport.ts'
import { createUndiciTransport } from '../src/undici-transport.ts'
import { ask, optionsFor, requestTo, told } from './support/asking.ts'
import { startBlackhole } from './support/blackhole.ts'
import type { OnRequest, RawServer } from './support/raw-server.ts'
import { okAnswer, startRawServer } from './support/raw-server.ts'

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const open = (given: Partial<TransportOptions> = {}, create = createHttp1Transport): Transport => {
  const transport = create(optionsFor(given))
  ends.push(() => transport.close())
  return transport
}
const serve = async (onRequest: OnRequest = (socket) => socket.write(okAnswer('here'))): Promise<RawServer> => {
  const server = await startRawServer(onRequest)
  ends.push(server.stop)
  return server
}

test('each deadline has a cause of its own', async () => {
  const silent = await serve(() => {})
  const dripping = await serve((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx'))
  // Nobody answers a TLS greeting there.
  const deaf = silent.origin.replace('http:', 'https:')
  for (const create of [createHttp1Transport, createUndiciTransport, createH2Transport]) {
    const transport = open({}, create)
    expect(told(await ask(transport, requestTo(deaf, { connectTimeoutMs: 60 })))).toBe('connect-timeout')
    expect(told(await ask(transport, requestTo(deaf, { firstByteTimeoutMs: 60 })))).toBe('first-byte-timeout')
    expect(told(await ask(transport, requestTo(deaf, { timeoutMs: 60 })))).toBe('timeout')
  }
  for (const create of [createHttp1Transport, createUndiciTransport]) {
    const transport = open({}, create)
    expect(told(await ask(transport, requestTo(silent.origin, { firstByteTimeoutMs: 60 })))).toBe('first-byte-timeout')
    expect(told(await ask(transport, requestTo(dripping.origin, { firstByteTimeoutMs: 60, timeoutMs: 150 })))).toBe('timeout')
  }
})

test('an address that nobody answers at costs a quarter of a second, not the request', async () => {
  const server = await serve()
  const { port, stop } = await startBlackhole('127.0.0.9', Number(new URL(server.origin).port))
  ends.push(stop)
  expect(`http://127.0.0.1:${port}`).toBe(server.origin)
  const both = open({ approved: () => ['127.0.0.9', '127.0.0.1'] })
  expect(told(await ask(both, requestTo(server.origin)))).toBe('200 here')
  const onlyHole = open({ approved: () => ['127.0.0.9'] })
  expect(told(await ask(onlyHole, requestTo(server.origin, { connectTimeoutMs: 150 })))).toBe('connect-timeout')
  expect(onlyHole.sockets).toBe(0)
})

test('several addresses are taken in turn, each connection by another', async () => {
  const from: (string | undefined)[] = []
  const server = await startRawServer(
    (socket) => {
      from.push(socket.localAddress)
      socket.write(okAnswer('ok'))
    },
    undefined,
    '0.0.0.0',
  )
  ends.push(server.stop)
  const transport = open({ approved: () => ['127.0.0.1', '127.0.0.2', '127.0.0.3'] })
  for (let i = 0; i < 6; i++) await ask(transport, requestTo(server.origin), transport.lane())
  expect(from).toEqual(['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.1', '127.0.0.2', '127.0.0.3'])
})

test('connections leave from our own addresses in turn, whatever speaks over them', async () => {
  const from: (string | undefined)[] = []
  const server = await serve((socket: Socket) => {
    from.push(socket.remoteAddress)
    socket.write(okAnswer('ok'))
  })
  for (const create of [createHttp1Transport, createUndiciTransport]) {
    const transport = open({ localAddresses: ['127.0.0.2', '127.0.0.3', '::1'] }, create)
    for (let i = 0; i < 3; i++) expect(told(await ask(transport, requestTo(server.origin), transport.lane()))).toBe('200 ok')
  }
  // ::1 cannot reach 127.0.0.1, so it is none of the turns.
  expect(from).toEqual(['127.0.0.2', '127.0.0.3', '127.0.0.2', '127.0.0.2', '127.0.0.3', '127.0.0.2'])
})

test('an address that this machine does not have is our lack, not the fault of the target', async () => {
  const server = await serve()
  for (const create of [createHttp1Transport, createUndiciTransport, createH2Transport]) {
    const transport = open({ localAddresses: ['192.0.2.1'] }, create)
    const answer = await ask(transport, requestTo(create === createH2Transport ? server.origin.replace('http:', 'https:') : server.origin))
    expect([answer.kind, told(answer)]).toEqual(['unsent', 'ports'])
  }
})

test('an address that cannot be reached from here does not keep a request from the next one', async () => {
  const server = await serve()
  // Nobody can be connected to by multicast.
  for (const addresses of [
    ['ff02::1', '127.0.0.1'],
    ['224.0.0.1', 'ff02::1', '127.0.0.1'],
  ])
    expect(told(await ask(open({ approved: () => addresses }), requestTo(server.origin)))).toBe('200 here')
  const lacking = open({ approved: () => ['127.0.0.1', '127.0.0.2'], localAddresses: ['192.0.2.1'] })
  const answer = await ask(lacking, requestTo(server.origin))
  expect([answer.kind, told(answer), lacking.sockets]).toEqual(['unsent', 'ports', 0])
})

test('a deadline that no timer can count to is no deadline', async () => {
  const server = await serve()
  for (const create of [createHttp1Transport, createUndiciTransport])
    for (const long of [2 ** 31, 2 ** 53, Number.MAX_VALUE]) {
      const wanted = requestTo(server.origin, { connectTimeoutMs: long, firstByteTimeoutMs: long, timeoutMs: long })
      expect(told(await ask(open({}, create), wanted))).toBe('200 here')
    }
})

test('an origin may be connected to at another port, and is still asked by its own name', async () => {
  const heads: string[] = []
  const server = await serve((socket, head) => {
    heads.push(head)
    socket.write(okAnswer('ok'))
  })
  const transport = open({ portOf: (origin) => (origin === 'http://shop.test' ? Number(new URL(server.origin).port) : undefined) })
  expect(told(await ask(transport, requestTo('http://shop.test')))).toBe('200 ok')
  expect(heads[0]).toMatch(/^host: shop\.test\r$/m)
})

test('what OpenSSL cannot read is told of each request, and thrown at nobody', async () => {
  for (const create of [createHttp1Transport, createUndiciTransport, createH2Transport]) {
    const transport = open({ tls: { certificate: 'no certificate', key: 'no key' } }, create)
    expect(told(await ask(transport, requestTo('https://127.0.0.1:9')))).toMatch(/^tls:ERR_OSSL_/)
    expect(transport.sockets).toBe(0)
  }
})
