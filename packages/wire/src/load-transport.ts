// The transports beside the hot path. undici costs 10 MB and tens of ms to load, HTTP/2 a little: only the runs that go that way load them.
import type { Transport, TransportOptions } from './transport.ts'

export async function loadTransport(kind: 'http/2' | 'undici'): Promise<(options: TransportOptions) => Transport> {
  if (kind === 'http/2') return (await import('./h2-transport.ts')).createH2Transport
  return (await import('./undici-transport.ts')).createUndiciTransport
}
