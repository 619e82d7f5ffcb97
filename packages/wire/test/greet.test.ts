import type { AddressInfo } from 'node:net'
import type { TlsOptions } from 'node:tls'
import { createServer } from 'node:tls'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { greet } from '../src/greet.ts'
import { openCertificates } from './support/certificates.ts'

const certificates = openCertificates()
const options = { now: () => performance.now(), approved: () => ['127.0.0.1'], timeoutMs: 2_000 }

describe.skipIf(certificates === null)('a greeting', () => {
  if (certificates === null) return
  const ends: (() => void)[] = []
  afterEach(() => {
    for (const end of ends.splice(0)) end()
  })
  afterAll(() => certificates.close())

  const serve = async (tls: TlsOptions): Promise<string> => {
    const server = createServer(tls, (socket) => socket.on('error', () => {}))
    server.on('tlsClientError', () => {})
    ends.push(() => server.close())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  test('tells version, protocol and certificate of a server in order', async () => {
    const origin = await serve({ ...certificates.make('fine', { days: 30 }), ALPNProtocols: ['h2'] })
    const told = await greet(origin, { ...options, tls: { authorities: certificates.root } })
    expect(told).toMatchObject({ kind: 'greeted', version: 'TLSv1.3', protocol: 'h2', problem: null })
    const { fromMs, untilMs, subject, issuer } = told.kind === 'greeted' ? told.certificate : expect.fail()
    expect([(untilMs - fromMs) / 86_400e3, subject, issuer]).toEqual([30, 'fine', 'root'])
  })

  test('tells what is held against a certificate, and the certificate all the same', async () => {
    const made = {
      DEPTH_ZERO_SELF_SIGNED_CERT: certificates.make('own', { by: null }),
      ERR_TLS_CERT_ALTNAME_INVALID: certificates.make('other', { names: 'DNS:elsewhere.test' }),
      CERT_HAS_EXPIRED: certificates.make('old', { days: -1 }),
    }
    for (const [problem, certified] of Object.entries(made)) {
      const told = await greet(await serve(certified), { ...options, tls: { authorities: certificates.root } })
      expect(told).toMatchObject({ kind: 'greeted', problem })
    }
  })

  test('in one version alone succeeds where the server takes it, and breaks where it does not', async () => {
    const fine = certificates.make('versions')
    const old = await serve({ ...fine, minVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' })
    const strict = await serve({ ...fine, minVersion: 'TLSv1.3' })
    expect(await greet(old, { ...options, only: 'TLSv1.1' })).toMatchObject({ kind: 'greeted', version: 'TLSv1.1' })
    expect(await greet(strict, { ...options, only: 'TLSv1.1' })).toMatchObject({ kind: 'broken', cause: expect.stringMatching(/^tls:/) })
  })

  test('goes nowhere that nobody approved', async () => {
    expect(await greet('https://127.0.0.1:1', { ...options, approved: () => undefined })).toEqual({ kind: 'broken', cause: 'guard' })
  })
})
