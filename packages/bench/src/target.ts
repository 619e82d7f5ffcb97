// What every client is set on: an nginx with one worker on 127.0.0.1, which counts what it served.
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pinned } from './machine.ts'
import { onPath, start } from './program.ts'

export type Target = AsyncDisposable & {
  readonly url: string
  /** Name and version, as its answers say. */
  readonly server: string
  /** Requests served so far, these questions not among them. */
  readonly served: () => Promise<number>
}

const bodyBytes = 600
const atMostMs = 30 * 60_000
const readyWithinMs = 5_000

/** @throws Error when there is no nginx, or when it does not come up; what it said is in the message. */
export async function startTarget(folder: string, cpu: number | null): Promise<Target> {
  if (onPath('nginx') === null) throw new Error('the target is an nginx, and there is none here: apt-get install nginx-light')
  const port = await freePort()
  await writeFile(join(folder, 'nginx.conf'), configuration(port))
  const nginx = start(pinned(cpu, ['nginx', '-p', folder, '-c', 'nginx.conf', '-e', 'stderr']), { cwd: folder, atMostMs })
  const url = `http://127.0.0.1:${port}/`
  let questions = 0
  const served = async () => {
    questions += 1
    return servedIn(await (await fetch(`${url}served`)).text()) - questions
  }
  for (let waitedMs = 0; waitedMs < readyWithinMs && !nginx.hasEnded(); waitedMs += 50) {
    const answer = await fetch(url).catch(() => null)
    if (answer !== null) {
      await answer.text()
      const server = answer.headers.get('server') ?? 'unknown'
      return { url, server, served, [Symbol.asyncDispose]: () => nginx[Symbol.asyncDispose]() }
    }
    await sleep(50)
  }
  await nginx[Symbol.asyncDispose]()
  throw new Error(`nginx did not come up: ${(await nginx.ended).stderr}`)
}

/** The third number below `server accepts handled requests`; the question itself is counted. */
export function servedIn(stubStatus: string): number {
  const count = /^server accepts handled requests\n \d+ \d+ (\d+)/m.exec(stubStatus)?.[1]
  if (count === undefined) throw new Error(`nginx does not say what it served: ${stubStatus}`)
  return Number(count)
}

/** nginx cannot choose a port itself; this one was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port to listen on')
  return address.port
}

function configuration(port: number): string {
  return `
daemon off;
worker_processes 1;
pid nginx.pid;
error_log stderr;
events { worker_connections 1000; }
http {
  access_log off;
  keepalive_requests 1000000000;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  server {
    listen 127.0.0.1:${port};
    default_type text/plain;
    location / { return 200 '${'n'.repeat(bodyBytes)}'; }
    location = /served { stub_status; }
  }
}
`
}
