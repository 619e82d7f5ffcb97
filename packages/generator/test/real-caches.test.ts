// Who answered, with real ones in front of a shop: nginx that caches, limits and finds nobody behind it, and Varnish. Both are installed where
// that is possible; elsewhere the tests are skipped and say why.

import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { shopper } from '@doorbuster/plan'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findProgram, start } from '../../../test/support/processes.ts'
import type { Server } from './support/rehearsal.ts'
import { rehearse, serve } from './support/rehearsal.ts'

let shop: Server
beforeAll(async () => {
  shop = await serve((request, response) => {
    if (request.url?.startsWith('/page')) response.setHeader('Cache-Control', 'max-age=60')
    else response.setHeader('Cache-Control', 'no-store')
    response.end('x')
  })
})
afterAll(() => shop.stop())

/** What answered each of these paths, asked one after the other by one shopper. */
async function answerers(target: string, paths: readonly string[]): Promise<Readonly<Record<string, number>>> {
  const journey = shopper('a', async (s) => {
    for (const path of paths) await s.get(path)
  })
  const { tally } = await rehearse({ target, traffic: 'burst 1', shoppers: [journey] })
  return Object.fromEntries(tally.cuts('answered-by').map(({ name, counts }) => [name, counts.due]))
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A worker that may not write into the test's folder keeps nothing. */
const isRoot = process.getuid?.() === 0

const nginxOf = (port: number, deadPort: number, upstream: string): string => `
daemon off;
${isRoot ? 'user root;' : ''}
pid nginx.pid;
error_log stderr notice;
events { worker_connections 100; }
http {
  access_log off;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  proxy_cache_path cache keys_zone=pages:1m;
  limit_req_zone $binary_remote_addr zone=each:1m rate=1r/m;
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass ${upstream}; }
    location /page { proxy_pass ${upstream}; proxy_cache pages; add_header X-Cache $upstream_cache_status; }
    location /limited { limit_req zone=each; limit_req_status 429; proxy_pass ${upstream}; }
    location /dead { proxy_pass http://127.0.0.1:${deadPort}; }
  }
}`

test('nginx is told from the shop where it answers itself: from its cache, by its limit, and with nobody behind it', async ({ skip }) => {
  const nginx = await findProgram(['nginx'], 'nginx-light')
  if ('missing' in nginx) return skip(nginx.missing)
  await using folder = await mkdtempDisposable(join(tmpdir(), 'doorbuster-front-'))
  const [port, deadPort] = [await freePort(), await freePort()]
  await writeFile(join(folder.path, 'nginx.conf'), nginxOf(port, deadPort, shop.url))
  await using running = start(nginx.path, ['-p', folder.path, '-c', 'nginx.conf', '-e', 'stderr'])
  await running.says('start worker process ')
  const asked = await answerers(`http://127.0.0.1:${port}/`, ['/', '/page', '/page', '/page', '/limited', '/limited', '/dead'])
  expect(asked).toEqual({ application: 3, cache: 2, balancer: 2 })
})

test('Varnish is told from the shop where it has kept the answer', async ({ skip }) => {
  const varnish = await findProgram(['varnishd'], 'varnish')
  if ('missing' in varnish) return skip(varnish.missing)
  await using folder = await mkdtempDisposable(join(tmpdir(), 'doorbuster-front-'))
  const port = await freePort()
  const backend = new URL(shop.url).host
  await using running = start(varnish.path, [
    '-F',
    '-j',
    'none',
    '-n',
    folder.path,
    '-a',
    `127.0.0.1:${port}`,
    '-b',
    backend,
    '-s',
    'malloc,16m',
  ])
  await running.says('Child launched OK')
  expect(await answerers(`http://127.0.0.1:${port}/`, ['/', '/page', '/page', '/'])).toEqual({ application: 3, cache: 1 })
})
