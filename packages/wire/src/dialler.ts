// Dials for an origin: along its route, through its proxy where it has one. One for each transport; knows nothing of requests.
import type { Dialled, DialOptions } from './dial.ts'
import { dial, usualTls } from './dial.ts'
import { DialError } from './dial-error.ts'
import { dialThrough } from './dial-proxy.ts'
import type { Route } from './route.ts'
import { portOfUrl, router } from './route.ts'
import type { HttpProxy, TransportOptions } from './transport.ts'

type OnDialled = (error: Error | null, dialled: Dialled | null) => void

export class Dialler {
  readonly #options: TransportOptions
  readonly #sessions = new Map<string, Buffer>()
  readonly #routeTo: (origin: string) => Route | null

  constructor(options: TransportOptions) {
    this.#options = options
    this.#routeTo = router(options)
  }

  /** Calls back once, later; not at all once the returned function was called. `protocols` are offered by ALPN. */
  open(origin: string, timeoutMs: number, protocols: readonly string[], onDialled: OnDialled): () => void {
    const { now, tls = usualTls, proxyOf } = this.#options
    const route = this.#routeTo(origin)
    if (route === null) {
      const told = setImmediate(() => onDialled(new DialError('guard'), null))
      return () => clearImmediate(told)
    }
    const session = this.#sessions.get(origin)
    const onSession = tls.resumes === true ? (fresh: Buffer) => this.#sessions.set(origin, fresh) : undefined
    const wanted: DialOptions = { ...route, now, timeoutMs, tls, protocols, session, onSession, onread: undefined }
    const proxy = proxyOf?.(origin) ?? null
    if (proxy === null) return dial(wanted, onDialled)
    return dialThrough({ ...wanted, proxy, authority: this.#authorityOf(wanted) }, onDialled)
  }

  /** The proxy that must be told the whole URL with every request; null: there is none, or a tunnel through it. */
  tellsProxy(origin: string): HttpProxy | null {
    const { proxyOf, portOf } = this.#options
    return origin.startsWith('http:') && portOf?.(origin) === undefined ? (proxyOf?.(origin) ?? null) : null
  }

  /** By name, unless we were told to connect elsewhere: a proxy judges names, and may know them better than we do. Null: no tunnel. */
  #authorityOf({ origin, port, addresses: [address = ''] }: DialOptions): string | null {
    if (this.#options.portOf?.(origin.origin) !== undefined) return `${address.includes(':') ? `[${address}]` : address}:${port}`
    return origin.protocol === 'http:' ? null : `${origin.hostname}:${portOfUrl(origin)}`
  }
}
