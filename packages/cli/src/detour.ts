// `--connect-to`: where connections that are meant for one host and port really go. TLS names and the Host header stay the URL's.
import { UsageError } from './usage.ts'

/** As curl has it. An empty part stands for any host or port, or for the same. */
export type Detour = { readonly host: string; readonly port: string; readonly toHost: string; readonly toPort: string }

/** @throws UsageError */
export function readDetour(text: string): Detour {
  const [, host, port, toHost, toPort] = /^(\[[^\]]*\]|[^:]*):(\d*):(\[[^\]]*\]|[^:]*):(\d*)$/.exec(text) ?? []
  if (host === undefined || port === undefined || toHost === undefined || toPort === undefined) return refuse(text)
  if (![port, toPort].every(isPort) || ![host, toHost].every(isHost)) return refuse(text)
  return { host: host.toLowerCase(), port, toHost: toHost.toLowerCase(), toPort }
}

function refuse(text: string): never {
  throw new UsageError('--connect-to', '"host:port:address:port", each part of which may be empty', JSON.stringify(text))
}

const isPort = (given: string): boolean => given === '' || (Number(given) >= 1 && Number(given) <= 65_535)
const isHost = (given: string): boolean => given === '' || URL.canParse(`http://${given}`)

/** The origin that is really connected to, by the first detour that fits; null: no detour fits, and it is connected to itself. */
export function detoured(detours: readonly Detour[], origin: string): URL | null {
  const url = new URL(new URL(origin).origin)
  const found = detours.find(({ host, port }) => (host === '' || host === url.hostname) && (port === '' || port === portOfUrl(url)))
  if (found === undefined) return null
  const { toHost, toPort } = found
  if (toHost !== '') url.hostname = toHost
  if (toPort !== '') url.port = toPort
  return url
}

export function portOfUrl({ port, protocol }: URL): string {
  return port === '' ? (protocol === 'https:' ? '443' : '80') : port
}
