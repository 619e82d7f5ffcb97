// A proxy between us and the target: what it is told, what it is not, and how it fails.
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { createH2Transport } from '../src/h2-transport.ts'
import type { HttpProxy, Transport, TransportOptions } from '../src/transport.ts'
import { createUndiciTransport } from '../src/undici-transport.ts'
import { ask, optionsFor, requestTo, told } from './support/asking.ts'
import { startBlackhole } from './support/blackhole.ts'
import { openCertificates } from './support/certificates.ts'
import { startH2Front } from './support/h2-front.ts'
import type { ProxyManners, TestProxy } from './support/proxy.ts'
import { startProxy } from './support/proxy.ts'
import { okAnswer, startRawServer } from './support/raw-server.ts'

const certificates = openCertificates()

describe.skipIf(certificates === null)('through a proxy', () => {
  if (certificates === null) return
  const tls = { authorities: certificates.root }
  const certified = certificates.make('server')
  const ends: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end()
  })
  afterAll(() => certificates.close())

  const open = (proxy: HttpProxy, given: Partial<TransportOptions> = {}, create = createUndiciTransport): Transport => {
    const transport = create(optionsFor({ tls, proxyOf: () => proxy, ...given }))
    ends.push(() => transport.close())
    return transport
  }
  const serve = async (isTls: boolean) => {
    const heads: string[] = []
    const server = await startRawServer(
      (socket, head) => {
        heads.push(head)
        socket.write(okAnswer('target'))
      },
      isTls ? certified : undefined,
    )
    ends.push(server.stop)
    return { ...server, heads, host: new URL(server.origin).host }
  }
  const stand = async (manners?: ProxyManners): Promise<TestProxy> => {
    const proxy = await startProxy(manners)
    ends.push(proxy.stop)
    return proxy
  }
  const by = ({ origin }: { readonly origin: string }, authorization?: string): HttpProxy => ({
    origin,
    addresses: ['127.0.0.1'],
    authorization,
  })
  const basic = 'Basic dXNlcjpodW50ZXIy'

  test('https goes through a tunnel, and the target never sees what is meant for the proxy', async () => {
    const target = await serve(true)
    const proxy = await stand()
    const transport = open(by(proxy, basic))
    for (let i = 0; i < 2; i++) expect(told(await ask(transport, requestTo(target.origin)))).toBe('200 target')
    expect([proxy.asked, proxy.secrets]).toEqual([[`CONNECT ${target.host} HTTP/1.1`], [basic]])
    expect(target.heads.join('')).not.toMatch(/proxy/i)
  })

  test('http tells the proxy the whole URL, with its secret in every request', async () => {
    const target = await serve(false)
    const proxy = await stand()
    expect(told(await ask(open(by(proxy, basic)), requestTo(target.origin, { path: '/p?q=1' })))).toBe('200 target')
    expect([proxy.asked, proxy.secrets]).toEqual([[`GET ${target.origin}/p?q=1 HTTP/1.1`], [basic]])
    expect(target.heads[0]).toMatch(new RegExp(`^host: ${target.host}\\r$`, 'm'))
  })

  test('a proxy may be spoken to over TLS, and TLS with the target goes inside', async () => {
    const target = await serve(true)
    const proxy = await stand({ tls: certified })
    const answer = await ask(open(by(proxy)), requestTo(target.origin))
    expect([told(answer), answer.handshakeMs === null, proxy.asked.length]).toEqual(['200 target', false, 1])
  })

  test('HTTP/2 goes through a tunnel too', async () => {
    const front = await startH2Front((socket) => socket.write(okAnswer('two')), certified)
    ends.push(front.stop)
    const proxy = await stand()
    expect(told(await ask(open(by(proxy), {}, createH2Transport), requestTo(front.origin)))).toBe('200 two')
    expect(proxy.asked).toHaveLength(1)
  })

  test('an origin that is connected to elsewhere is asked for by that address', async () => {
    const target = await serve(false)
    const proxy = await stand()
    const { port } = new URL(target.origin)
    expect(told(await ask(open(by(proxy), { portOf: () => Number(port) }), requestTo('http://shop.test')))).toBe('200 target')
    expect(proxy.asked).toEqual([`CONNECT 127.0.0.1:${port} HTTP/1.1`])
    expect(target.heads[0]).toMatch(/^host: shop\.test\r$/m)
  })

  test('origins that the proxy is not for are reached directly', async () => {
    const [target, direct, proxy] = [await serve(false), await serve(false), await stand()]
    const transport = open(by(proxy), { proxyOf: (origin) => (origin === direct.origin ? null : by(proxy)) })
    for (const { origin } of [target, direct]) expect(told(await ask(transport, requestTo(origin)))).toBe('200 target')
    expect(proxy.asked).toHaveLength(1)
  })

  test.each([
    ['refuses', 'HTTP/1.1 403 Forbidden\r\n\r\n', 'proxy:403'],
    ['wants a password', 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n', 'proxy:407'],
    ['cannot reach the target', 'HTTP/1.1 502 Bad Gateway\r\n\r\n', 'proxy:502'],
    ['speaks something else', 'SSH-2.0-OpenSSH_9.2\r\n\r\n', 'proxy:malformed'],
    ['hangs up', '', 'proxy:reset'],
    ['goes on and on', `HTTP/1.1 403 ${'x'.repeat(20_000)}`, 'proxy:too-large'],
  ])('a proxy that %s is told apart from the target', async (_what, answer, cause) => {
    const target = await serve(true)
    const transport = open(by(await stand({ answer })))
    expect(told(await ask(transport, requestTo(target.origin)))).toBe(cause)
    expect([target.connections(), transport.sockets]).toEqual([0, 0])
  })

  test('a proxy that is not there, or says nothing, has a cause of its own or costs the connect deadline', async () => {
    const target = await serve(true)
    const gone = await startProxy()
    await gone.stop()
    expect(told(await ask(open(by(gone)), requestTo(target.origin)))).toBe('proxy:refused')
    const hole = await startBlackhole('127.0.0.1')
    ends.push(hole.stop)
    const deaf = await startRawServer(() => {})
    ends.push(deaf.stop)
    for (const origin of [`http://127.0.0.1:${hole.port}`, deaf.origin]) {
      const transport = open(by({ origin }))
      expect(told(await ask(transport, requestTo(target.origin, { connectTimeoutMs: 150 })))).toBe('proxy:connect-timeout')
      expect(transport.sockets).toBe(0)
    }
    await expect.poll(() => deaf.connections() - deaf.closed()).toBe(0)
  })

  test('a target that hangs up in the greeting, or never answers it, is told as it is without a proxy', async () => {
    const greeted = createServer((socket) => socket.once('data', (hello) => (hello[0] === 22 ? socket.destroy() : undefined)))
    await new Promise<void>((resolve) => greeted.listen(0, '127.0.0.1', resolve))
    ends.push(() => new Promise((resolve) => greeted.close(resolve)))
    const deaf = await startRawServer(() => {})
    ends.push(deaf.stop)
    const transport = open(by(await stand()))
    expect(told(await ask(transport, requestTo(`https://127.0.0.1:${(greeted.address() as AddressInfo).port}`)))).toBe('reset')
    const unanswered = requestTo(deaf.origin.replace('http:', 'https:'), { connectTimeoutMs: 200 })
    expect(told(await ask(transport, unanswered))).toBe('connect-timeout')
    expect(transport.sockets).toBe(0)
    await expect.poll(() => deaf.connections() - deaf.closed()).toBe(0)
  })

  test("what is wrong with the target's certificate is the target's, not the proxy's", async () => {
    const server = await startRawServer((socket) => socket.write(okAnswer('x')), certificates.make('expired', { days: -1 }))
    ends.push(server.stop)
    expect(told(await ask(open(by(await stand())), requestTo(server.origin)))).toBe('tls:CERT_HAS_EXPIRED')
  })
})
