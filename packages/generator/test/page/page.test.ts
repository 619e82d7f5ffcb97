import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { Page, PageOptions, Session } from '@doorbuster/plan'
import { shopper } from '@doorbuster/plan'
import { afterEach, expect, test } from 'vitest'
import type { RehearseOptions, Server } from '../support/rehearsal.ts'
import { rehearse, serve } from '../support/rehearsal.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

type Shop = Server & {
  /** Paths of what was asked for, and the requests themselves. */
  readonly asked: string[]
  readonly requests: IncomingMessage[]
  readonly mostSockets: () => number
}

/** Answers by path; a path that it does not know is a small picture. */
async function shop(pages: Readonly<Record<string, (response: ServerResponse, request: IncomingMessage) => void>>): Promise<Shop> {
  const asked: string[] = []
  const requests: IncomingMessage[] = []
  const busy = new Set<object>()
  let mostBusy = 0
  const server = await serve((request, response) => {
    const path = request.url ?? '/'
    asked.push(path)
    requests.push(request)
    busy.add(request.socket)
    mostBusy = Math.max(mostBusy, busy.size)
    response.on('finish', () => busy.delete(request.socket))
    const answer = pages[path]
    if (answer === undefined) setTimeout(() => response.setHeader('content-type', 'image/png').end('png'), 5)
    else answer(response, request)
  })
  ends.push(server.stop)
  return { ...server, asked, requests, mostSockets: () => mostBusy }
}

const html = (text: string) => (response: ServerResponse) => response.setHeader('content-type', 'text/html; charset=utf-8').end(text)
const css = (text: string) => (response: ServerResponse) => response.setHeader('content-type', 'text/css').end(text)

/** One shopper on the way through `journey`. */
function visit(target: string, journey: (s: Session) => Promise<void>, options: RehearseOptions = {}) {
  return rehearse({ target, traffic: 'burst 1', shoppers: [shopper('looker', journey)] }, options)
}

async function pageOf(target: string, options?: PageOptions): Promise<{ page: Page; rehearsal: Awaited<ReturnType<typeof visit>> }> {
  const pages: Page[] = []
  const rehearsal = await visit(target, async (s) => {
    pages.push(await s.page('/', { step: 'landing', ...options }))
  })
  const [page] = pages
  if (page === undefined) throw new Error('the page never came')
  return { page, rehearsal }
}

test('a page brings its images, styles and scripts, and what its style sheets name, each once', async () => {
  const { url, asked, requests } = await shop({
    '/': html(
      '<link rel=stylesheet href=/a.css><script src=/a.js></script><img src=/tv.png><img src=/tv.png#x><style>@import "/b.css"</style>',
    ),
    '/a.css': (response) =>
      response
        .setHeader('content-type', 'text/css')
        .setHeader('content-encoding', 'gzip')
        .end(gzipSync('@import "deep.css"; body { background: url(bg.png) }')),
    '/deep.css': css('a { background: url(/deeper.png) }'),
  })
  const { page, rehearsal } = await pageOf(url)
  expect(asked.toSorted()).toEqual(['/', '/a.css', '/a.js', '/b.css', '/bg.png', '/deep.css', '/tv.png'])
  expect(page.assets).toEqual({ asked: 6, ok: 6, failed: 0, unchanged: 0, cached: 0, skipped: 0 })
  expect([page.answer.status, requests[1]?.headers.referer]).toEqual([200, `${url}/`])
  const { scope, tally } = rehearsal
  expect(scope({ step: 'landing' }).counts).toMatchObject({ due: 1, ok: 1, intents: 1, attempts: 1 })
  expect(scope({ step: 'landing (assets)' }).counts).toMatchObject({ due: 6, ok: 6, intents: 0, attempts: 0 })
  expect(tally.trends['page.landing']?.count).toBe(1)
  expect(page.loadMs).toBeGreaterThan(page.answer.responseMs)
})

test('at most six assets are under way at once, or as many as were wished for', async () => {
  const many = { '/': html(Array.from({ length: 20 }, (_, nth) => `<img src=/${nth}.png>`).join('')) }
  const usual = await shop(many)
  const narrow = await shop(many)
  await pageOf(usual.url)
  await pageOf(narrow.url, { connections: 2 })
  expect([usual.mostSockets(), narrow.mostSockets()]).toEqual([6, 2])
})

test('hosts that nobody approved are never asked, and counted, whatever the page makes of them', async () => {
  const other = await shop({})
  const { url, asked } = await shop({
    '/': html(
      `<base href="${other.url}/"><img src=/a.png><img src="/own.png"><img src="http://user:pw@127.0.0.1/x.png">
      <img src=data:image/png,AA><script src="javascript:1"></script><img src="http://localhost:1/b.png">`.replaceAll('', ''),
    ),
  })
  const same = await pageOf(url)
  expect([same.page.assets, asked, other.asked]).toEqual([{ asked: 0, ok: 0, failed: 0, unchanged: 0, cached: 0, skipped: 4 }, ['/'], []])
  expect(same.rehearsal.tally.counters['page.skipped']).toMatchObject({ count: 1, sum: 4 })
  // 127.0.0.1 is approved in every test, localhost is not; the run goes on all the same.
  const approved = await pageOf(url, { assets: 'approved' })
  expect([approved.page.assets.asked, approved.page.assets.skipped, other.asked]).toEqual([2, 2, ['/a.png', '/own.png']])
  expect(approved.rehearsal.end.stoppedBy).toBe('end')
})

test('a failed asset is counted among the assets, and its page is fine', async () => {
  const { url } = await shop({
    '/': html('<img src=/gone.png><img src=/cut.png><img src=/fine.png>'),
    '/gone.png': (response) => response.writeHead(404).end(),
    '/cut.png': (_, request) => request.socket.destroy(),
  })
  const { page, rehearsal } = await pageOf(url)
  expect(page.assets).toMatchObject({ asked: 3, ok: 1, failed: 2 })
  expect(rehearsal.scope({ step: 'landing' }).counts.ok).toBe(1)
  expect(rehearsal.scope({ step: 'landing (assets)' }).causes).toEqual({ 'status:404': 1, reset: 1 })
})

test('a page that failed, one that is no HTML and one without assets ask for nothing more', async () => {
  const failing = await shop({ '/': (response) => response.writeHead(503, { 'content-type': 'text/html' }).end('<img src=/a.png>') })
  const plain = await shop({ '/': (response) => response.setHeader('content-type', 'text/plain').end('<img src=/a.png>') })
  const none = await shop({ '/': html('<img src=/a.png>') })
  const { rehearsal } = await pageOf(failing.url)
  await pageOf(plain.url)
  await pageOf(none.url, { assets: 'none' })
  expect([failing.asked, plain.asked, none.asked]).toEqual([['/'], ['/'], ['/']])
  expect(rehearsal.tally.trends['page.landing']).toBeUndefined()
})

test('a shopper asks again for what is stale, with what it knows of it, and not for what is fresh; without its cache for all', async () => {
  const { url, asked, requests } = await shop({
    '/': html('<link rel=stylesheet href=/a.css><img src=/fresh.png><img src=/tag.png><img src=/never.png>'),
    '/a.css': (response) => response.writeHead(200, { 'cache-control': 'max-age=60' }).end('a { background: url(/never-2.png) }'),
    '/fresh.png': (response) => response.writeHead(200, { 'cache-control': 'max-age=60, immutable' }).end('x'),
    '/tag.png': (response, { headers }) => response.writeHead(headers['if-none-match'] === '"7"' ? 304 : 200, { etag: '"7"' }).end(),
    '/never.png': (response) => response.writeHead(200, { 'cache-control': 'no-store', etag: '"8"' }).end('x'),
    '/never-2.png': (response) => response.writeHead(200, { 'cache-control': 'no-store' }).end('x'),
  })
  const counts: Page['assets'][] = []
  await visit(url, async (s) => {
    for (const cache of [true, true, false]) counts.push((await s.page('/', { cache })).assets)
  })
  expect(counts.map(({ asked, cached, unchanged, ok }) => [asked, cached, unchanged, ok])).toEqual([
    [5, 0, 0, 5],
    [3, 2, 1, 3],
    [5, 0, 0, 5],
  ])
  expect(asked.filter((path) => path === '/fresh.png').length).toBe(2)
  expect(requests.filter(({ url: path }) => path === '/never.png').map(({ headers }) => headers['if-none-match'])).toEqual(Array(3))
})

test('no more assets are asked for than were wished for', async () => {
  const { url, asked } = await shop({ '/': html('<img src=/1><img src=/2><img src=/3><img src=/4>') })
  const { page } = await pageOf(url, { most: 3 })
  expect([page.assets.asked, page.assets.skipped, asked]).toEqual([3, 1, ['/', '/1', '/2', '/3']])
})

test('a style sheet that unpacks to more than it should is an answer like any other, and is not read', async () => {
  const { url, asked } = await shop({
    '/': html('<link rel=stylesheet href=/bomb.css>'),
    '/bomb.css': (response) =>
      response.setHeader('content-encoding', 'gzip').end(gzipSync(`a { background: url(/x.png) }${' '.repeat(2 * 1024 * 1024)}`)),
  })
  const { page } = await pageOf(url)
  expect([page.assets.ok, asked]).toEqual([1, ['/', '/bomb.css']])
})

test('a shopper who is cut off takes the assets under way along, and its journey does not go on', async () => {
  const { url } = await shop({ '/': html('<img src=/hangs.png>'), '/hangs.png': () => {} })
  let isDone = false
  const { scope, tally } = await rehearse({
    target: url,
    traffic: 'burst 1',
    drain: '150ms',
    shoppers: [
      shopper('looker', async (s) => {
        await s.page('/', { step: 'landing' })
        isDone = true
      }),
    ],
  })
  expect([isDone, scope({ step: 'landing (assets)' }).causes, tally.shoppers.cut]).toEqual([false, { cancelled: 1 }, 1])
})

test('a measure that makes no sense is thrown into the journey', async () => {
  const { url } = await shop({ '/': html('') })
  const { tally } = await visit(url, async (s) => {
    await s.page('/', { connections: 0 })
  })
  expect(tally.shoppers.threw).toBe(1)
})
