// How a run goes out, as plain data that every sending thread can be handed, and the transport made of it.
import type { Clock, Makings } from '@doorbuster/generator'
import { localBudget } from '@doorbuster/generator'
import type { Plan } from '@doorbuster/plan'
import { kindOfAddress } from '@doorbuster/plan'
import type { HttpProxy, TlsOptions, TransportOptions } from '@doorbuster/wire'
import { createHttp1Transport, loadTransport } from '@doorbuster/wire'
import type { Detour } from './detour.ts'
import { detoured, portOfUrl } from './detour.ts'

/** Plain data that can be cloned. It holds keys and passwords, so it goes into no file and no message. */
export type WayOut = {
  readonly http: Plan['http']
  readonly tls: TlsOptions
  readonly localAddresses: readonly string[]
  readonly detours: readonly Detour[]
  /** Null: everything is reached directly. */
  readonly proxy: ProxyOfRun | null
}

export type ProxyOfRun = HttpProxy & Exceptions

/** What is reached directly all the same. */
export type Exceptions = { readonly except: readonly string[]; readonly isForLoopback: boolean }

/** Our own client wherever it can go; others for HTTP/2 and through a proxy. */
export async function transportMaker({ http, tls, localAddresses, detours, proxy }: WayOut): Promise<Makings['createTransport']> {
  const way = { tls, localAddresses, portOf: portOfOrigin(detours) }
  if (http !== 2 && proxy === null) return ({ now }, approved, budget) => createHttp1Transport({ ...way, now, approved, budget })
  const create = await loadTransport(http === 2 ? 'http/2' : 'undici')
  return ({ now }, approved, budget) => create({ ...way, ...proxyOfOrigin(proxy), now, approved, budget })
}

/** As a run's folder has it. */
export async function transportName(way: WayOut, clock: Clock): Promise<string> {
  return (await transportMaker(way))(clock, () => undefined, localBudget(0)).name
}

/** For `TransportOptions`: nothing where there is no proxy. */
export function proxyOfOrigin(proxy: ProxyOfRun | null): Pick<TransportOptions, 'proxyOf'> {
  return proxy === null ? {} : { proxyOf: (origin) => (isDirect(origin, proxy) ? null : proxy) }
}

/** For `TransportOptions`: where `--connect-to` leads. */
export function portOfOrigin(detours: readonly Detour[]): (origin: string) => number | undefined {
  if (detours.length === 0) return () => undefined
  return (origin) => {
    const reached = detoured(detours, origin)
    return reached === null ? undefined : Number(portOfUrl(reached))
  }
}

/**
 * `except` as NO_PROXY has it: `*`; a host, which stands for what is below it too, with or without a dot before it; either with a port.
 * Addresses are compared letter by letter.
 */
export function isDirect(origin: string, { except, isForLoopback }: Exceptions): boolean {
  const url = new URL(origin)
  const port = portOfUrl(url)
  if (!isForLoopback && isLoopbackHost(url.hostname)) return true
  return except.some((given) => {
    if (given === '*') return true
    const [, host = '', ofPort] = /^\.?(\[.*\]|[^:]*)(?::(\d+))?$/.exec(given.toLowerCase()) ?? []
    if (host === '' || (ofPort !== undefined && ofPort !== port)) return false
    return url.hostname === host || url.hostname.endsWith(`.${host}`)
  })
}

function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || kindOfAddress(host) === 'loopback'
}

/** Straight to the target, as a run without flags goes. */
export function plainWay({ http, tls }: Pick<Plan, 'http' | 'tls'>): WayOut {
  return { http, tls: { resumes: tls.resumes }, localAddresses: [], detours: [], proxy: null }
}
