// Where one connection goes and where it leaves from: the approved addresses in turn, the origin's port, our own addresses in turn.
import { isIP } from 'node:net'
import type { DialOptions } from './dial.ts'
import type { TransportOptions } from './transport.ts'

export type Route = Pick<DialOptions, 'origin' | 'addresses' | 'port' | 'localAddress'>

/** Hands out routes, each call one turn on. Null: nobody approved that origin. */
export function router({ approved, portOf, localAddresses = [] }: TransportOptions): (origin: string) => Route | null {
  const urls = new Map<string, URL>()
  let turn = 0
  return (origin) => {
    const found = approved(origin) ?? []
    if (found.length === 0) return null
    const url = urls.get(origin) ?? new URL(origin)
    urls.set(origin, url)
    const nth = turn++
    const localAddress = localFor(found, localAddresses, nth)
    return {
      origin: url,
      addresses: inTurn(reachableFrom(localAddress, found), nth),
      port: portOf?.(origin) ?? portOfUrl(url),
      localAddress,
    }
  }
}

export function portOfUrl({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)
}

/** Each call of `nth` begins one further on. */
function inTurn(addresses: readonly string[], nth: number): readonly string[] {
  return addresses.map((_, index) => addresses[(nth + index) % addresses.length] ?? '')
}

/** IPv4 cannot leave from an IPv6 address, nor the other way round. */
function localFor(found: readonly string[], localAddresses: readonly string[], nth: number): string | undefined {
  if (localAddresses.length === 0) return undefined
  const families = new Set(found.map(isIP))
  const fitting = localAddresses.filter((address) => families.has(isIP(address)))
  return fitting[nth % fitting.length] ?? localAddresses[0]
}

function reachableFrom(localAddress: string | undefined, found: readonly string[]): readonly string[] {
  const fitting = localAddress === undefined ? found : found.filter((address) => isIP(address) === isIP(localAddress))
  return fitting.length > 0 ? fitting : found
}
