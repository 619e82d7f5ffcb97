// What is wrong with a certificate or a handshake, told by one stable cause each. The cases are those that badssl.com keeps, made here.
import { constants, getDiffieHellman } from 'node:crypto'
import { createServer } from 'node:net'
import type { TlsOptions as ServerTls } from 'node:tls'
import { DEFAULT_CIPHERS } from 'node:tls'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { createH2Transport } from '../src/h2-transport.ts'
import { createHttp1Transport } from '../src/http1-transport.ts'
import type { TlsOptions } from '../src/transport.ts'
import { ask, optionsFor, requestTo, told } from './support/asking.ts'
import { openCertificates } from './support/certificates.ts'
import { okAnswer, startRawServer } from './support/raw-server.ts'

const certificates = openCertificates()

describe.skipIf(certificates === null)('a TLS server', () => {
  if (certificates === null) return
  const { root } = certificates
  const good = certificates.make('good')
  const ends: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0)) await end()
  })
  afterAll(() => certificates.close())

  const serve = async (tls: ServerTls): Promise<string> => {
    const server = await startRawServer((socket) => socket.write(okAnswer('ok')), tls)
    ends.push(server.stop)
    return server.origin
  }
  const answerOf = async (server: ServerTls, tls: TlsOptions = { authorities: root }, create = createHttp1Transport): Promise<string> => {
    const origin = await serve(server)
    const transport = create(optionsFor({ tls }))
    ends.push(() => transport.close())
    return told(await ask(transport, requestTo(origin)))
  }

  test.each([
    ['whose certificate is good', {}, '200 ok'],
    ['whose certificate has expired', { days: -1 }, 'tls:CERT_HAS_EXPIRED'],
    ['whose certificate is for another host', { names: 'DNS:other.test' }, 'tls:ERR_TLS_CERT_ALTNAME_INVALID'],
    ['whose certificate names nobody', { names: '' }, 'tls:ERR_TLS_CERT_ALTNAME_INVALID'],
    ['that signed its certificate itself', { by: null }, 'tls:DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['with a P-384 key', { key: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'] }, '200 ok'],
    ['with an RSA key of 2048 bits', { key: ['rsa:2048'] }, '200 ok'],
    ['with an RSA key of 4096 bits', { key: ['rsa:4096'] }, '200 ok'],
    ['with a thousand names', { names: ['IP:127.0.0.1', ...names(1_000)].join(',') }, '200 ok'],
    [
      'with more names than OpenSSL takes in one message',
      { names: ['IP:127.0.0.1', ...names(10_000)].join(',') },
      'tls:ERR_SSL_EXCESSIVE_MESSAGE_SIZE',
    ],
  ])('%s', async (name, wanted, expected) => {
    const answer = await answerOf(certificates.make(name.replaceAll(/\W+/g, '-').slice(0, 40), wanted))
    expect(answer).toBe(expected)
  })

  test('that sends the whole chain of an unknown root', async () => {
    const stranger = certificates.make('stranger', { by: null, isAuthority: true })
    const leaf = certificates.make('of-stranger', { by: 'stranger' })
    expect(await answerOf({ ...leaf, cert: leaf.cert + stranger.cert })).toBe('tls:SELF_SIGNED_CERT_IN_CHAIN')
  })

  test('that leaves out the certificate between its own and the root', async () => {
    const between = certificates.make('between', { isAuthority: true })
    const leaf = certificates.make('below-between', { by: 'between' })
    expect(await answerOf(leaf)).toBe('tls:UNABLE_TO_VERIFY_LEAF_SIGNATURE')
    expect(await answerOf({ ...leaf, cert: leaf.cert + between.cert })).toBe('200 ok')
  })

  test('whose certificate would be refused is taken where certificates are not checked', async () => {
    const expired = certificates.make('unchecked', { days: -1, by: null, names: 'DNS:other.test' })
    expect(await answerOf(expired, { checkCertificates: false })).toBe('200 ok')
  })

  test('that demands a certificate of us', async () => {
    const demanding = { ...good, ca: root, requestCert: true, rejectUnauthorized: true }
    const { cert: certificate } = certificates.make('shopper', { names: 'DNS:shopper.test' })
    const key = certificates.locked('shopper', 'open sesame')
    const ours = { authorities: root, certificate, key, passphrase: 'open sesame' }
    expect(await answerOf(demanding)).toBe('tls:ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED')
    expect(await answerOf({ ...demanding, maxVersion: 'TLSv1.2' })).toBe('tls:ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE')
    expect(await answerOf(demanding, ours)).toBe('200 ok')
    expect(await answerOf(demanding, { ...ours, passphrase: 'wrong' })).toMatch(/^tls:ERR_/)
  })

  const weak = `${DEFAULT_CIPHERS}:@SECLEVEL=0`
  test.each(['TLSv1', 'TLSv1.1'] as const)('that speaks %s alone', async (version) => {
    const old = { ...good, minVersion: version, maxVersion: version, ciphers: weak, secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT }
    expect(await answerOf(old)).toBe('tls:ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION')
  })

  test.each([
    [
      'that takes no cipher of ours',
      { ciphers: 'PSK-AES128-CBC-SHA256', maxVersion: 'TLSv1.2' as const },
      /^tls:ERR_SSL_.*HANDSHAKE_FAILURE$/,
    ],
    [
      'without encryption at all',
      { ciphers: 'NULL-SHA256:@SECLEVEL=0', maxVersion: 'TLSv1.2' as const },
      /^tls:ERR_SSL_.*HANDSHAKE_FAILURE$/,
    ],
  ])('%s', async (_name, options, expected) => {
    const rsa = certificates.make('rsa-of-ciphers', { key: ['rsa:2048'] })
    expect(await answerOf({ ...rsa, ...options })).toMatch(expected)
  })

  test('whose Diffie-Hellman group is too small', async () => {
    const rsa = certificates.make('rsa-of-groups', { key: ['rsa:2048'] })
    const classic = { ...rsa, ciphers: 'DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0', maxVersion: 'TLSv1.2' as const }
    expect(await answerOf({ ...classic, dhparam: groupPem('modp2') })).toBe('tls:ERR_SSL_DH_KEY_TOO_SMALL')
    expect(await answerOf({ ...classic, dhparam: groupPem('modp14') })).toBe('200 ok')
  })

  test('that is none, but speaks HTTP where TLS should be', async () => {
    const server = await startRawServer((socket) => socket.write(okAnswer('plain')))
    ends.push(server.stop)
    const transport = createHttp1Transport(optionsFor({ tls: { authorities: root } }))
    ends.push(() => transport.close())
    const greet = (origin: string) => ask(transport, requestTo(origin.replace('http:', 'https:'), { connectTimeoutMs: 200 }))
    // It never answers a greeting that is no request.
    expect(told(await greet(server.origin))).toBe('connect-timeout')
  })

  test('that closes in the middle of the greeting, or answers it with something else', async () => {
    const manners = ['', 'HTTP/1.1 400 Bad Request\r\n\r\n']
    const causes: string[] = []
    for (const bytes of manners) {
      const server = createServer((socket) => socket.once('data', () => socket.end(bytes)))
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      ends.push(() => new Promise((resolve) => server.close(() => resolve())))
      const transport = createHttp1Transport(optionsFor())
      const address = server.address()
      const port = typeof address === 'object' ? address?.port : 0
      causes.push(told(await ask(transport, requestTo(`https://127.0.0.1:${port}`))))
    }
    expect(causes).toEqual(['reset', 'tls:ERR_SSL_WRONG_VERSION_NUMBER'])
  })

  test('that speaks no HTTP/2 fails, with one cause whether it says so or not', async () => {
    const cause = 'tls:ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL'
    expect(await answerOf({ ...good, ALPNProtocols: ['http/1.1'] }, { authorities: root }, createH2Transport)).toBe(cause)
    expect(await answerOf(good, { authorities: root }, createH2Transport)).toBe(cause)
  })

  test('is greeted as a whole on every connection, unless sessions are taken up again', async () => {
    for (const [resumes, expected] of [
      [false, [false, false, false]],
      [true, [false, true, true]],
    ] as const) {
      const seen: boolean[] = []
      const server = await startRawServer((socket) => {
        seen.push('isSessionReused' in socket && (socket as { isSessionReused(): boolean }).isSessionReused())
        socket.write(okAnswer('ok'))
      }, good)
      ends.push(server.stop)
      const transport = createHttp1Transport(optionsFor({ tls: { authorities: root, resumes } }))
      ends.push(() => transport.close())
      for (let i = 0; i < 3; i++) expect(told(await ask(transport, requestTo(server.origin), transport.lane()))).toBe('200 ok')
      expect(seen).toEqual(expected)
    }
  })

  test('is held to the name in the URL, wherever the connection really goes', async () => {
    const named = certificates.make('named', { names: 'DNS:shop.test' })
    let servername: unknown
    const server = await startRawServer((socket) => {
      servername = (socket as { servername?: unknown }).servername
      socket.write(okAnswer('ok'))
    }, named)
    ends.push(server.stop)
    const { port } = new URL(server.origin)
    const transport = createHttp1Transport(optionsFor({ tls: { authorities: root }, portOf: () => Number(port) }))
    ends.push(() => transport.close())
    expect(told(await ask(transport, requestTo('https://shop.test')))).toBe('200 ok')
    expect(servername).toBe('shop.test')
    expect(told(await ask(transport, requestTo('https://other.test')))).toBe('tls:ERR_TLS_CERT_ALTNAME_INVALID')
    expect(told(await ask(transport, requestTo('https://127.0.0.9')))).toBe('tls:ERR_TLS_CERT_ALTNAME_INVALID')
  })
})

function names(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `DNS:host-${index}.test`)
}

/** PKCS #3: a sequence of the prime and the generator; modp2 has 1024 bits, modp14 2048. */
function groupPem(name: 'modp2' | 'modp14'): string {
  const group = getDiffieHellman(name)
  const der = tagged(
    0x30,
    Buffer.concat([tagged(0x02, Buffer.concat([Buffer.of(0), group.getPrime()])), tagged(0x02, group.getGenerator())]),
  )
  return `-----BEGIN DH PARAMETERS-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END DH PARAMETERS-----\n`
}

/** DER; a length from 128 on takes two bytes behind its mark. */
function tagged(tag: number, content: Buffer): Buffer {
  const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}
