// A small cache at the edge of an origin that is slow and counts who asks it. Knows nothing of doorbuster.
import type { TestServer } from './servers.ts'
import { serve } from './servers.ts'

export type Origin = AsyncDisposable & {
  readonly url: string
  /** Fetches of a page so far. `/stats` tells the same as JSON, `/metrics` as Prometheus does. */
  readonly fetches: () => number
}

/** Every page takes `answerMs`, may be kept by any cache for a minute, and is counted by its path. */
export async function slowOrigin({ answerMs }: { readonly answerMs: number }): Promise<Origin> {
  const byPath = new Map<string, number>()
  const fetches = (): number => [...byPath.values()].reduce((sum, each) => sum + each, 0)
  const server = await serve(({ url = '' }, response) => {
    if (url === '/stats') response.end(JSON.stringify({ fetches: fetches() }))
    else if (url === '/metrics') {
      response.end(
        ['# TYPE fetches_total counter', ...[...byPath].map(([path, count]) => `fetches_total{path="${path}"} ${count}`), ''].join('\n'),
      )
    } else {
      byPath.set(url, (byPath.get(url) ?? 0) + 1)
      setTimeout(() => response.setHeader('cache-control', 'public, max-age=60').end('page'), answerMs)
    }
  })
  return { url: server.url, fetches, [Symbol.asyncDispose]: server.stop }
}

export type EdgeOptions = {
  readonly origin: string
  /** Requests for a page that is being fetched wait for that fetch; else each fetches for itself. */
  readonly coalesces: boolean
  /** How long a page is kept. */
  readonly keepsMs: number
}

export function edgeOf({ origin, coalesces, keepsMs }: EdgeOptions): Promise<TestServer> {
  const kept = new Map<string, { readonly page: string; readonly untilMs: number }>()
  const underWay = new Map<string, Promise<string>>()
  const fetched = async (path: string): Promise<string> => {
    const page = await (await fetch(new URL(path, origin))).text()
    kept.set(path, { page, untilMs: performance.now() + keepsMs })
    underWay.delete(path)
    return page
  }
  const pageOf = async (path: string): Promise<string> => {
    const known = kept.get(path)
    if (known !== undefined && performance.now() < known.untilMs) return known.page
    const joined = underWay.get(path)
    if (coalesces && joined !== undefined) return await joined
    const fetching = fetched(path)
    underWay.set(path, fetching)
    return await fetching
  }
  return serve(({ url = '/' }, response) => {
    pageOf(url).then(
      (page) => response.end(page),
      () => response.writeHead(502).end(),
    )
  })
}
