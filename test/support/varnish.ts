// A real Varnish in front of a shop, with the cache rule of an emergency: private pages are kept, whatever cookie asks for them. That is
// how about 34,000 of Steam's customers came to see one another's pages on 25 December 2015:
// https://gameranx.com/updates/id/32399/article/steam-s-christmas-day-denial-of-service-attack-affected-34-000
// Knows nothing of doorbuster.
import { chmod, mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram, start } from './processes.ts'

export type Varnish = AsyncDisposable & { readonly url: string; readonly stop: () => Promise<void> }

export type Front = {
  /** What stands behind it, without a path: `http://127.0.0.1:4000`. */
  readonly target: string
  /** Paths that are kept for everybody for three seconds; with none Varnish goes by what the shop says, as it does unless told. */
  readonly keeps: readonly string[]
}

/** `missing` says why there is no Varnish to start. */
export async function startVarnish({ target, keeps }: Front): Promise<Varnish | { readonly missing: string }> {
  const [varnishd, varnishadm] = [await findProgram(['varnishd'], 'varnish'), await findProgram(['varnishadm'], 'varnish')]
  if ('missing' in varnishd) return varnishd
  if ('missing' in varnishadm) return varnishadm
  const folder = await mkdtempDisposable(join(tmpdir(), 'doorbuster-varnish-'))
  // Its worker is another user where we are root.
  await chmod(folder.path, 0o755)
  await writeFile(join(folder.path, 'shop.vcl'), rules(new URL(target), keeps))
  const working = join(folder.path, 'work')
  const running = start(varnishd.path, [...jail(), '-n', working, '-f', join(folder.path, 'shop.vcl'), ...small], { atMostMs: 30 * 60_000 })
  const stop = async () => {
    await running[Symbol.asyncDispose]()
    await folder.remove()
  }
  try {
    await running.says('Child launched OK')
    const { stdout } = await start(varnishadm.path, ['-n', working, 'debug.listen_address']).finished
    const [, address, port] = stdout.trim().split(' ')
    return { url: `http://${address}:${port}`, stop, [Symbol.asyncDispose]: stop }
  } catch (failure) {
    await stop()
    throw failure
  }
}

/** In the foreground, on a free port, with 8 MB of pages, 1 MB of log and few threads. */
const small = ['-F', '-a', '127.0.0.1:0', '-s', 'malloc,8m', '-p', 'vsl_space=1m', '-p', 'thread_pools=1', '-p', 'thread_pool_min=10']

/** Root hands the work to the user that Debian's package made; anybody else is unprivileged already. */
function jail(): readonly string[] {
  return process.getuid?.() === 0 ? ['-j', 'unix,user=vcache'] : []
}

function rules({ hostname, port }: URL, keeps: readonly string[]): string {
  const isKept = (url: string) => ['false', ...keeps.map((path) => `${url} == ${JSON.stringify(path)}`)].join(' || ')
  return `
vcl 4.1;
backend shop { .host = "${hostname}"; .port = "${port}"; }
sub vcl_recv {
  if (req.method == "GET" && (${isKept('req.url')})) { return (hash); }
}
sub vcl_backend_response {
  if (beresp.status == 200 && (${isKept('bereq.url')})) {
    unset beresp.http.Set-Cookie;
    set beresp.http.Cache-Control = "public, max-age=3";
    set beresp.ttl = 3s;
    set beresp.grace = 0s;
    return (deliver);
  }
}
sub vcl_deliver {
  if (obj.hits > 0) { set resp.http.X-Cache = "HIT"; } else { set resp.http.X-Cache = "MISS"; }
}
`
}
