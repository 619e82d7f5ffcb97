// A real nginx with one worker: to rehearse against at rates that a Node server could not answer, or as the limiter in front of a shop.
// Knows nothing of doorbuster.
import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram, start } from './processes.ts'
import { portOf } from './servers.ts'

export type Nginx = AsyncDisposable & { readonly url: string; readonly port: number; readonly stop: () => Promise<void> }

type Missing = { readonly missing: string }

/** Serves `/` with 200 and `bodyBytes` of text (at most 4,000: the length of a word in nginx's configuration). `missing` says why there is no nginx to start. */
export function startNginx({ bodyBytes = 600 }: { bodyBytes?: number } = {}): Promise<Nginx | Missing> {
  return run({ http: '', server: `default_type text/plain; location / { return 200 '${'n'.repeat(bodyBytes)}'; }` })
}

export type Limit = {
  /** What stands behind it, without a path: `http://127.0.0.1:4000`. */
  readonly target: string
  /** For each client address. */
  readonly perSec: number
  /** How many more it lets through at once before it refuses. */
  readonly burst: number
  /** nginx's own default is 503. */
  readonly status: 429 | 503
}

/** `limit_req` with `nodelay` in front of a shop: https://nginx.org/en/docs/http/ngx_http_limit_req_module.html */
export function startLimitingNginx({ target, perSec, burst, status }: Limit): Promise<Nginx | Missing> {
  return run({
    http: `limit_req_zone $binary_remote_addr zone=each:1m rate=${perSec}r/s;`,
    server: `limit_req zone=each burst=${burst} nodelay; limit_req_status ${status}; location / { proxy_pass ${target}; }`,
  })
}

type Blocks = { readonly http: string; readonly server: string }

async function run(blocks: Blocks): Promise<Nginx | Missing> {
  const nginx = await findProgram(['nginx'], 'nginx-light')
  if ('missing' in nginx) return nginx
  const folder = await mkdtempDisposable(join(tmpdir(), 'doorbuster-nginx-'))
  const port = await freePort()
  await writeFile(join(folder.path, 'nginx.conf'), configuration(port, blocks))
  const running = start(nginx.path, ['-p', folder.path, '-c', 'nginx.conf', '-e', 'stderr'], { atMostMs: 30 * 60_000 })
  const stop = async () => {
    await running[Symbol.asyncDispose]()
    await folder.remove()
  }
  try {
    await running.says('start worker process ')
  } catch (failure) {
    await stop()
    throw failure
  }
  return { url: `http://127.0.0.1:${port}/`, port, stop, [Symbol.asyncDispose]: stop }
}

/** For a program that cannot choose a port itself, or does not say which; this one was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = portOf(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

function configuration(port: number, { http, server }: Blocks): string {
  return `
daemon off;
worker_processes 1;
worker_rlimit_nofile 20000;
pid nginx.pid;
error_log stderr notice;
events { worker_connections 10000; }
http {
  access_log off;
  keepalive_requests 1000000000;
  keepalive_timeout 10m;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  ${http}
  server {
    listen 127.0.0.1:${port} backlog=4096;
    ${server}
  }
}
`
}
