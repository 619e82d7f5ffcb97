// A real nginx with one worker, to rehearse against at rates that a Node server could not answer. Knows nothing of doorbuster.
import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram, start } from './processes.ts'
import { portOf } from './servers.ts'

export type Nginx = AsyncDisposable & { readonly url: string; readonly port: number; readonly stop: () => Promise<void> }

/** Serves `/` with 200 and `bodyBytes` of text (at most 4,000: the length of a word in nginx's configuration). `missing` says why there is no nginx to start. */
export async function startNginx({ bodyBytes = 600 }: { bodyBytes?: number } = {}): Promise<Nginx | { readonly missing: string }> {
  const nginx = await findProgram(['nginx'], 'nginx-light')
  if ('missing' in nginx) return nginx
  const folder = await mkdtempDisposable(join(tmpdir(), 'doorbuster-nginx-'))
  const port = await freePort()
  await writeFile(join(folder.path, 'nginx.conf'), configuration(port, bodyBytes))
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

/** nginx cannot choose a port itself; this one was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = portOf(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

function configuration(port: number, bodyBytes: number): string {
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
  server {
    listen 127.0.0.1:${port} backlog=4096;
    default_type text/plain;
    location / { return 200 '${'n'.repeat(bodyBytes)}'; }
  }
}
`
}
