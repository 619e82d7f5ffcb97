// What clients are set on when the target must cost nothing: an nginx with one worker on 127.0.0.1, which counts what it served.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeCertificate } from './certificate.ts'
import { firstAnswer, freePort } from './free-port.ts'
import { pinned } from './machine.ts'
import { onPath, start } from './program.ts'
import {
  accountPage,
  accountPath,
  boughtJson,
  boughtPath,
  cartJson,
  cartPath,
  loginPath,
  orderedJson,
  ordersPath,
  productJson,
  productPath,
  sessionCookie,
} from './shop.ts'

export type Target = AsyncDisposable & {
  /** Ends in `/`. */
  readonly url: string
  /** The same over TLS. */
  readonly tlsUrl: string
  /** The same again; when each request came is written down. */
  readonly loggedUrl: string
  /** Name and version, as its answers say. */
  readonly server: string
  /** Requests served so far, these questions not among them. */
  readonly served: () => Promise<number>
  /** Moments in ms at which requests to `loggedUrl` came since the last time this was asked, to a millisecond. */
  readonly arrivalsMs: () => Promise<readonly number[]>
}

type Ports = { readonly plain: number; readonly tls: number }

const bodyBytes = 600
const atMostMs = 60 * 60_000
const logName = 'arrivals.log'

/** @throws Error when there is no nginx, or when it does not come up; what it said is in the message. */
export async function startTarget(folder: string, cpu: number | null): Promise<Target> {
  const [program] = onPath('nginx') ?? []
  if (program === undefined) throw new Error('the target is an nginx, and there is none here: apt-get install nginx-light')
  const ports = { plain: await freePort(), tls: await freePort() }
  makeCertificate(folder)
  await writeFile(join(folder, 'nginx.conf'), configuration(ports))
  await writeFile(join(folder, logName), '')
  const nginx = start(pinned(cpu, [program, '-p', folder, '-c', 'nginx.conf', '-e', 'stderr']), { cwd: folder, atMostMs })
  const url = `http://127.0.0.1:${ports.plain}/`
  const answer = await firstAnswer(nginx, url)
  await answer.text()
  return {
    url,
    tlsUrl: `https://127.0.0.1:${ports.tls}/`,
    loggedUrl: `${url}logged`,
    server: answer.headers.get('server') ?? 'unknown',
    served: countServed(`${url}served`),
    arrivalsMs: readArrivals(join(folder, logName)),
    [Symbol.asyncDispose]: () => nginx[Symbol.asyncDispose](),
  }
}

function countServed(url: string): () => Promise<number> {
  let questions = 0
  return async () => {
    questions += 1
    return servedIn(await (await fetch(url)).text()) - questions
  }
}

function readArrivals(path: string): () => Promise<readonly number[]> {
  let readLines = 0
  return async () => {
    const lines = (await readFile(path, 'utf8')).split('\n').slice(readLines, -1)
    readLines += lines.length
    return lines.map((line) => Number(line) * 1e3)
  }
}

/** The third number below `server accepts handled requests`; the question itself is counted. */
export function servedIn(stubStatus: string): number {
  const count = /^server accepts handled requests\n \d+ \d+ (\d+)/m.exec(stubStatus)?.[1]
  if (count === undefined) throw new Error(`nginx does not say what it served: ${stubStatus}`)
  return Number(count)
}

function configuration({ plain, tls }: Ports): string {
  return `
daemon off;
worker_processes 1;
pid nginx.pid;
error_log stderr;
events { worker_connections 4000; }
http {
  log_format moment '$msec';
  access_log off;
  keepalive_requests 1000000000;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  server {
    listen 127.0.0.1:${plain} backlog=4096;
    listen 127.0.0.1:${tls} ssl;
    ssl_certificate certificate.pem;
    ssl_certificate_key key.pem;
    default_type text/plain;
    location / { return 200 '${'n'.repeat(bodyBytes)}'; }
    location = ${productPath} { default_type application/json; return 200 '${productJson}'; }
    location = ${ordersPath} { default_type application/json; return 201 '${orderedJson}'; }
    location = ${loginPath} { default_type application/json; add_header set-cookie '${sessionCookie}'; return 200 '{"welcome":true}'; }
    location = ${accountPath} { default_type text/html; return 200 '${accountPage('$arg_me')}'; }
    location = ${cartPath} { default_type application/json; return 200 '${cartJson}'; }
    location = ${boughtPath} { default_type application/json; return 201 '${boughtJson}'; }
    location = /logged { access_log ${logName} moment; return 200 'came'; }
    location = /served { stub_status; }
  }
}
`
}
