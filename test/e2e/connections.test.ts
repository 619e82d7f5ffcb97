// Connections as the command line asks for them, from flag to socket and into the run folder.
import { globSync, mkdirSync, readFileSync } from 'node:fs'
import type { ServerHttp2Stream } from 'node:http2'
import { createSecureServer } from 'node:http2'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { openCertificates } from '../../packages/wire/test/support/certificates.ts'
import { startProxy } from '../../packages/wire/test/support/proxy.ts'
import { startRawServer } from '../../packages/wire/test/support/raw-server.ts'
import type { TestFolder } from '../support/folders.ts'
import { testFolder } from '../support/folders.ts'
import { runInProcess } from '../support/in-process.ts'
import { serve } from '../support/servers.ts'

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

type Summary = {
  readonly totals: { readonly ok: number; readonly due: number }
  readonly failures: Readonly<Record<string, number>>
  readonly generator: { readonly transport: string }
}

/** Ten requests of one run, and what came of them. */
async function ran(target: string, flags: readonly string[], env: Readonly<Record<string, string>> = {}, prepare = (_: TestFolder) => {}) {
  using folder = testFolder()
  prepare(folder)
  const { exitCode, stderr } = await runInProcess(
    ['run', target, '--shape', 'hold 20/s for 500ms', '-q', '--folder', 'run', '--json', 'summary.json', ...flags],
    folder.path,
    env,
  )
  const names = globSync('**/*', { cwd: folder.path, withFileTypes: true }).filter((entry) => entry.isFile())
  const texts = names.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('\n')
  const hasRun = folder.names().includes('summary.json')
  const summary = hasRun ? (JSON.parse(readFileSync(join(folder.path, 'summary.json'), 'utf8')) as Summary) : null
  return { exitCode, stderr, texts, ok: summary?.totals.ok, failures: summary?.failures, transport: summary?.generator.transport }
}

const seeing = async () => {
  const seen = { from: new Set<string | undefined>(), hosts: new Set<string | undefined>(), urls: new Set<string | undefined>() }
  const server = await serve((request, response) => {
    seen.from.add(request.socket.remoteAddress)
    seen.hosts.add(request.headers.host)
    seen.urls.add(request.url)
    response.setHeader('connection', 'close')
    response.end('ok')
  })
  ends.push(server.stop)
  return { ...server, seen }
}

test('--connect-to goes elsewhere under the URL’s own name, and the guard judges where it goes', async () => {
  const server = await seeing()
  const { ok, stderr } = await ran('http://shop.invalid/', ['--connect-to', `shop.invalid:80:127.0.0.1:${server.port}`])
  expect([ok, [...server.seen.hosts], stderr]).toEqual([10, ['shop.invalid'], ''])
  const refused = await ran(server.url, ['--connect-to', '::203.0.113.9:80'])
  expect(refused.exitCode).toBe(94)
  expect(refused.stderr).toContain('203.0.113.9')
})

test('--local-address: the server sees each of them', async () => {
  const server = await seeing()
  const { ok } = await ran(server.url, ['--local-address', '127.0.0.2', '--local-address', '127.0.0.3'])
  expect([ok, [...server.seen.from].sort()]).toEqual([10, ['127.0.0.2', '127.0.0.3']])
})

test('--proxy is for loopback targets too, and its password is nowhere in what the run wrote', async () => {
  const server = await seeing()
  const proxy = await startProxy()
  ends.push(proxy.stop)
  const { port } = new URL(proxy.origin)
  const { ok, texts, stderr, transport } = await ran(server.url, ['--proxy', `http://me:hunter2secret@127.0.0.1:${port}`])
  expect([ok, transport]).toEqual([10, 'undici'])
  expect(new Set(proxy.secrets)).toEqual(new Set([`Basic ${btoa('me:hunter2secret')}`]))
  for (const secret of ['hunter2secret', btoa('me:hunter2secret')]) expect(texts + stderr).not.toContain(secret)
})

describe('a proxy of the environment', () => {
  const allow = (hosts: readonly string[]) => (folder: TestFolder) =>
    void folder.write(
      'doorbuster.allow.json',
      JSON.stringify({
        allow: hosts.map((host) => ({ host, from: '2000-01-01', until: '2999-12-31', maxRate: '20/s', contact: 'the test itself' })),
      }),
    )

  test('is never for this machine, whoever it is', async () => {
    const server = await seeing()
    expect((await ran(server.url, [], { HTTP_PROXY: 'http://203.0.113.7:3128' })).ok).toBe(10)
  })

  test('is for other hosts, unless NO_PROXY names them', async () => {
    const server = await seeing()
    const proxy = await startProxy({ allTo: server.port })
    ends.push(proxy.stop)
    const { ok } = await ran('http://192.0.2.10/', [], { HTTP_PROXY: proxy.origin }, allow(['192.0.2.10']))
    expect([ok, [...server.seen.hosts]]).toEqual([10, ['192.0.2.10']])
    const before = proxy.asked.length
    const past = ['--connect-timeout', '100ms', '--drain', '0s']
    const direct = await ran('http://192.0.2.10/', past, { HTTP_PROXY: proxy.origin, NO_PROXY: '192.0.2.10' }, allow(['192.0.2.10']))
    expect([direct.ok, proxy.asked.length]).toEqual([0, before])
  })

  test('needs an entry of its own where it is not this machine, and is not asked before it has one', async () => {
    const { exitCode, stderr } = await ran('http://192.0.2.10/', [], { http_proxy: 'http://203.0.113.7:3128' }, allow(['192.0.2.10']))
    expect(exitCode).toBe(94)
    const flagged = await ran('http://127.0.0.1:9/', ['--proxy', 'http://203.0.113.7:3128'])
    expect([flagged.exitCode, flagged.stderr]).toEqual([94, expect.stringMatching(/^GUARD_REFUSED --proxy: "203\.0\.113\.7" /)])
    expect(stderr).toMatch(/^GUARD_REFUSED http_proxy: "203\.0\.113\.7" .*no entry/)
  })
})

const certificates = openCertificates()

describe.skipIf(certificates === null)('over TLS', () => {
  if (certificates === null) return
  afterAll(() => certificates.close())
  const certified = certificates.make('server')
  const shopper = certificates.make('shopper', { names: 'DNS:shopper.test' })
  const pems = (folder: TestFolder): void => {
    folder.write('root.pem', certificates.root)
    folder.write('shopper.pem', shopper.cert)
    folder.write('shopper.key', certificates.locked('shopper', 'open sesame'))
    folder.write('stranger.key', certified.key)
  }
  const listen = async (server: Server): Promise<string> => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    ends.push(() => new Promise((resolve) => server.close(resolve)))
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}/`
  }

  test('--cacert trusts, --insecure does not ask, and without both there is a cause', async () => {
    const server = createHttpsServer(certified, (_, response) => response.setHeader('connection', 'close').end('ok'))
    const url = await listen(server)
    expect((await ran(url, ['--cacert', 'root.pem'], {}, pems)).ok).toBe(10)
    expect((await ran(url, ['--insecure'])).ok).toBe(10)
    expect((await ran(url, [])).failures).toEqual({ 'tls:UNABLE_TO_VERIFY_LEAF_SIGNATURE': 10 })
  })

  test('--cert and --key show who we are; the passphrase comes from the environment', async () => {
    const demanding = { ...certified, ca: certificates.root, requestCert: true }
    const url = await listen(createHttpsServer(demanding, (_, response) => response.setHeader('connection', 'close').end('ok')))
    const flags = ['--cacert', 'root.pem', '--cert', 'shopper.pem', '--key', 'shopper.key']
    const { ok, texts } = await ran(url, flags, { DOORBUSTER_KEY_PASSPHRASE: 'open sesame' }, pems)
    expect(ok).toBe(10)
    expect(texts.split('PRIVATE KEY').length).toBe(5)
    const wrong = await ran(url, flags, { DOORBUSTER_KEY_PASSPHRASE: 'abracadabra' }, pems)
    expect([wrong.exitCode, wrong.stderr]).toEqual([
      104,
      expect.stringMatching(/^USAGE_INVALID --key: expected the key of that certificate/),
    ])
    const other = await ran(url, [...flags.slice(0, 4), '--key', 'stranger.key'], {}, pems)
    expect([other.exitCode, other.stderr]).toEqual([104, expect.stringMatching(/^USAGE_INVALID --key: .*KEY_VALUES_MISMATCH/)])
  })

  test('--http 2 speaks HTTP/2 to a server that does, and fails at one that does not', async () => {
    const two = createSecureServer(certified)
    two.on('stream', (stream: ServerHttp2Stream) => {
      stream.respond({ ':status': 200 })
      stream.end('two')
    })
    const flags = ['--cacert', 'root.pem', '--http', '2']
    const spoken = await ran(await listen(two), flags, {}, pems)
    expect([spoken.ok, spoken.transport]).toEqual([10, 'http/2'])
    const one = await listen(createHttpsServer(certified, (_, response) => response.end('one')))
    expect((await ran(one, flags, {}, pems)).failures).toEqual({ 'tls:ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL': 10 })
  })
})

test('--first-byte-timeout and --connect-timeout end what would wait for longer', async () => {
  const silent = await serve(() => {})
  ends.push(silent.stop)
  expect((await ran(silent.url, ['--first-byte-timeout', '50ms'])).failures).toEqual({ 'first-byte-timeout': 10 })
  // Nobody answers a TLS greeting there.
  const deaf = await startRawServer(() => {})
  ends.push(deaf.stop)
  expect((await ran(deaf.origin.replace('http:', 'https:'), ['--connect-timeout', '50ms'])).failures).toEqual({ 'connect-timeout': 10 })
})

test('a declared step sends a file that lies beside its plan', async () => {
  const bodies: string[] = []
  const server = await serve((request, response) => {
    request.setEncoding('utf8').on('data', (piece) => bodies.push(String(piece)))
    request.on('end', () => response.end('ok'))
  })
  ends.push(server.stop)
  using folder = testFolder()
  mkdirSync(join(folder.path, 'plans'))
  folder.write('plans/order.xml', '<order/>')
  const steps = [{ post: '/orders', file: 'order.xml' }]
  const plan = (given: object) => JSON.stringify({ name: 'files', target: server.url, traffic: 'burst 2', steps: given })
  folder.write('plans/plan.json', plan(steps))
  expect((await runInProcess(['run', 'plans/plan.json', '-q'], folder.path)).stderr).toBe('')
  expect(bodies).toEqual(['<order/>', '<order/>'])
  folder.write('plans/plan.json', plan([{ post: '/', file: 'none.xml' }]))
  const { exitCode, stderr } = await runInProcess(['run', 'plans/plan.json', '-q'], folder.path)
  expect([exitCode, stderr]).toEqual([104, expect.stringMatching(/none\.xml: expected a readable file for a body, received ENOENT\n$/)])
})

test.each([
  [['--connect-to', 'shop:80'], '--connect-to: expected "host:port:address:port"'],
  [['--connect-to', 'a:99999:b:1'], '--connect-to: expected "host:port:address:port"'],
  [['--local-address', 'localhost'], '--local-address: expected an address of this machine, such as "127.0.0.2", received "localhost"'],
  [
    ['--local-address', '192.0.2.1'],
    '--local-address: expected an address of this machine, such as "127.0.0.2", received 192.0.2.1 (EADDRNOTAVAIL)',
  ],
  [['--local-address', '::1'], '--local-address: expected an IPv4 address'],
  [['--proxy', 'socks5://127.0.0.1:1'], '--proxy: expected the http or https URL of a proxy'],
  [
    ['--proxy', 'http://a:hunter2@b/path'],
    '--proxy: expected the http or https URL of a proxy, such as "http://127.0.0.1:3128", received "http://…@b/path"',
  ],
  [['--cacert', 'none.pem'], 'expected a readable PEM file for --cacert, received ENOENT'],
  [['--cacert', 'text.txt'], '--cacert: expected a file in PEM form, received text.txt'],
  [['--cacert', 'broken.pem'], '--cacert: expected certificates that OpenSSL can read'],
  [['--cert', 'broken.pem'], '--cert: expected a certificate that OpenSSL can read'],
  [['--key', 'broken.pem'], '--key: expected a certificate under --cert beside it'],
  [['--http', '3'], '--http: expected 1 or 2, received "3"'],
  [['--http', '2'], 'http: expected 1, or an https target: HTTP/2 goes over TLS, received 2'],
  [['--connect-timeout', '0s'], '--connect-timeout: expected a duration above zero'],
  [['--first-byte-timeout', 'soon'], '--first-byte-timeout: expected a duration above zero'],
] as const)('%o is refused with one message', async (flags, message) => {
  const { exitCode, stderr } = await ran('http://127.0.0.1:9/', flags, {}, (folder) => {
    folder.write('text.txt', 'no PEM')
    folder.write('broken.pem', '-----BEGIN CERTIFICATE-----\nxyz\n-----END CERTIFICATE-----\n')
  })
  expect(exitCode).toBe(104)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stderr).toContain(message)
  expect(stderr).not.toContain('hunter2')
})
