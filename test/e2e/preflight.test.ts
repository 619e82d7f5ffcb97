// Preflights of real servers: node:https with certificates of our own, and an nginx as its package leaves it.

import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { openCertificates } from '../../packages/wire/test/support/certificates.ts'
import { testFolder } from '../support/folders.ts'
import { runInProcess } from '../support/in-process.ts'
import { startNginx } from '../support/nginx.ts'
import { serve } from '../support/servers.ts'

type Told = {
  readonly findings: readonly { readonly check: string; readonly severity: string; readonly says: string; readonly again: string }[]
  readonly asked: number
}

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function preflight(source: string, flags: readonly string[] = [], files: Readonly<Record<string, string>> = {}) {
  using folder = testFolder()
  for (const [name, text] of Object.entries(files)) folder.write(name, text)
  const { exitCode, stdout, stderr } = await runInProcess(['preflight', source, '--json', 'told.json', ...flags], folder.path)
  const hasTold = folder.names().includes('told.json')
  const told = hasTold ? (JSON.parse(readFileSync(join(folder.path, 'told.json'), 'utf8')) as Told) : { findings: [], asked: 0 }
  const bad = told.findings.filter(({ severity }) => severity !== 'note').map(({ check, severity }) => `${severity} ${check}`)
  return { exitCode, stdout, stderr, ...told, bad: [...new Set(bad)].sort() }
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A shop in order: everything that a preflight looks at is as it should be. */
const tidy: Answer = (request, response) => {
  response.setHeader('strict-transport-security', 'max-age=31536000')
  response.setHeader('content-type', 'text/html')
  if (request.url === '/robots.txt') return void response.setHeader('content-type', 'text/plain').end('User-agent: *\nDisallow: /cart\n')
  if (request.url?.includes('no-such-page') === true) return void response.writeHead(404).end('<h1>Nothing here</h1>')
  if (request.url?.includes('%') === true || request.headers['content-type'] !== undefined) return void response.writeHead(400).end()
  response.setHeader('set-cookie', 'sid=s3cret; Secure; HttpOnly; SameSite=Lax; Path=/')
  response.setHeader('cache-control', 'private, no-store')
  response.setHeader('content-encoding', 'gzip').end(gzipSync('<p>sale</p>'.repeat(1_000)))
}

const certificates = openCertificates()

describe.skipIf(certificates === null)('over TLS', () => {
  if (certificates === null) return
  afterAll(() => certificates.close())

  /** The URL `https://localhost/` leads there, and `http://localhost/` to `plain`. */
  async function shop(answer: Answer, certified: { readonly cert: string; readonly key: string }, plain: Answer) {
    const server = createHttpsServer(certified, answer)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    ends.push(
      () => new Promise((resolve) => server.close(resolve)),
      async () => server.closeAllConnections(),
    )
    const clear = await serve(plain)
    ends.push(clear.stop)
    const { port } = server.address() as AddressInfo
    const flags = [
      '--connect-to',
      `localhost:443:127.0.0.1:${port}`,
      '--connect-to',
      `localhost:80:127.0.0.1:${clear.port}`,
      '--cacert',
      'root.pem',
    ]
    const look = (more: readonly string[] = []) =>
      preflight('https://localhost/', [...flags, ...more], { 'root.pem': certificates?.root ?? '' })
    return { look }
  }
  const toTls: Answer = ({ url }, response) => response.writeHead(301, { location: `https://localhost${url}` }).end()

  test('a shop in order has no finding but notes, and ends with 0', async () => {
    const { look } = await shop(tidy, certificates.make('fine', { days: 60 }), toTls)
    const { exitCode, bad, stdout, asked } = await look()
    expect([exitCode, bad]).toEqual([0, []])
    expect(stdout).toContain('0 must, 0 should')
    expect(stdout).not.toContain('s3cret')
    expect(asked).toBeLessThan(12)
  })

  test.each([
    ['has ended', { days: -1 }],
    ['ends before the sale is over', { days: 10 }],
    ['nobody signed but itself', { days: 60, by: null }],
    ['is somebody else’s', { days: 60, names: 'DNS:elsewhere.test' }],
  ])('a certificate that %s must be mended, with one command to look again', async (_, wanted) => {
    const { look } = await shop(tidy, certificates.make('bad', wanted), toTls)
    const { exitCode, bad, stdout, findings } = await look()
    expect([exitCode, bad]).toEqual([99, ['must certificate']])
    expect(stdout).toContain('doorbuster preflight https://localhost/ --only certificate')
    expect(findings[0]?.again).toBe('doorbuster preflight https://localhost/ --only certificate')
    expect(await look(['--only', 'hsts'])).toMatchObject({ exitCode: 0, bad: [] })
  })

  test('how long a certificate has to hold is asked for', async () => {
    const { look } = await shop(tidy, certificates.make('brief', { days: 10 }), toTls)
    expect((await look(['--only', 'certificate', '--until', '+5d'])).bad).toEqual(['should certificate'])
    expect((await look(['--only', 'certificate', '--until', '+11d'])).bad).toEqual(['must certificate'])
  })

  test('a certificate that is refused is not shown what is meant for the shop', async () => {
    const seen: (string | undefined)[] = []
    const keeping: Answer = (request, response) => {
      seen.push(request.headers['x-api-key'] as string | undefined)
      tidy(request, response)
    }
    const good = await shop(keeping, certificates.make('fine'), toTls)
    await good.look(['-H', 'x-api-key: 7', '--only', 'hsts'])
    const bad = await shop(keeping, certificates.make('own', { by: null }), toTls)
    await bad.look(['-H', 'x-api-key: 7', '--only', 'hsts'])
    expect(seen).toEqual(['7', undefined])
  })

  test('nothing that is meant for the shop alone goes by plain http', async () => {
    const seen: (readonly [string | undefined, string | undefined])[] = []
    const plain: Answer = (request, response) => {
      seen.push([request.headers['x-api-key'] as string | undefined, request.headers['x-visit'] as string | undefined])
      toTls(request, response)
    }
    const { look } = await shop(tidy, certificates.make('fine'), plain)
    await look(['-H', 'x-api-key: 7', '-H', 'x-visit: look', '--only', 'redirects'])
    expect(seen).toEqual([[undefined, 'look']])
  })

  test('a shop that does everything wrong is told everything', async () => {
    const untidy: Answer = ({ url }, response) => {
      response.setHeader('x-powered-by', 'Express 4.17')
      response.setHeader('set-cookie', 'sid=1')
      response.setHeader('cache-control', 'public, max-age=600')
      response.setHeader('content-type', 'text/html')
      if (url === '/') return void response.end('<p>sale</p>'.repeat(1_000))
      response.writeHead(500).end('Error: no\n    at find (/srv/shop/app.js:10:5)')
    }
    const { look } = await shop(untidy, certificates.make('fine', { days: 60 }), untidy)
    const { exitCode, bad } = await look()
    expect(exitCode).toBe(99)
    expect(bad).toEqual([
      'must caching',
      'must cookies',
      'must errors',
      'should compression',
      'should cookies',
      'should errors',
      'should hsts',
      'should redirects',
    ])
  })

  test('a circle of redirects is found, and left', async () => {
    const circle: Answer = ({ url }, response) => response.writeHead(302, { location: url === '/' ? '/a' : '/' }).end()
    const { look } = await shop(circle, certificates.make('fine', { days: 60 }), toTls)
    const { bad, asked } = await look(['--only', 'redirects'])
    expect([bad, asked]).toEqual([['must redirects'], 2 + 3])
  })
})

test('declared steps are asked for, those that may change something only when told so', async () => {
  const asked: string[] = []
  const server = await serve((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.writeHead(request.url?.startsWith('/gone') === true ? 404 : 200, { 'content-type': 'text/plain' }).end('ok')
  })
  ends.push(server.stop)
  const plan = {
    name: 'sale',
    target: server.url,
    traffic: 'rush 60000 lognormal median 45s sigma 1 for 5m',
    steps: [
      { step: 'product', get: '/p/tv' },
      { step: 'gone', get: '/gone' },
      { step: 'sold out', get: '/gone?q=1', expect: 404 },
      { step: 'order', post: '/orders', body: '{}' },
    ],
  }
  const files = { 'plan.json': JSON.stringify(plan) }
  const { exitCode, findings } = await preflight('plan.json', ['--only', 'answers'], files)
  expect([exitCode, asked]).toEqual([99, ['GET /', 'GET /p/tv', 'GET /gone', 'GET /gone?q=1']])
  expect(findings.map(({ severity, says }) => `${severity} ${says}`)).toEqual([
    'must the step "gone" is answered with 404',
    expect.stringMatching(/^note not asked: order/),
  ])
  await preflight('plan.json', ['--only', 'answers', '--writes'], files)
  expect(asked.at(-1)).toBe('POST /orders')
})

test('a target that is not there is a must, one that nobody approved is refused with 94, and a mistake ends with 104', async () => {
  const gone = await serve(() => {})
  await gone.stop()
  const { exitCode, bad, asked } = await preflight(gone.url)
  expect([exitCode, bad, asked]).toEqual([99, ['must answers'], 1])
  expect((await preflight('https://shop.invalid/')).exitCode).toBe(94)
  expect((await preflight(gone.url, ['--only', 'weather'])).exitCode).toBe(104)
  expect((await preflight(gone.url, ['--until', 'Christmas'])).exitCode).toBe(104)
})

test('what a target says of itself reaches no terminal as it is', async () => {
  const server = await serve((_, response) => response.setHeader('server', 'evil/1 \u009b31m\u0085').end())
  ends.push(server.stop)
  const { stdout } = await preflight(server.url)
  expect(stdout).toContain('evil/1')
  expect(/\p{Cc}/u.test(stdout.replaceAll('\n', ''))).toBe(false)
})

test('an nginx as it comes tells its version', async (context) => {
  const nginx = await startNginx({ bodyBytes: 2_000 })
  if ('missing' in nginx) return context.skip(nginx.missing)
  ends.push(nginx.stop)
  const { exitCode, findings } = await preflight(nginx.url)
  expect(exitCode).toBe(0)
  expect(findings.map(({ check, says }) => `${check}: ${says}`)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^errors: server tells a version: nginx\/1/),
      expect.stringMatching(/^compression: 2000 bytes/),
    ]),
  )
})
