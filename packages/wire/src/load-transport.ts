// The transports beside the hot path. undici costs 10 MB and tens of ms to load, HTTP/2 a little: only the runs that go that way load them.
import type { LiveTransport } from './live.ts'
import type { TransportOptions } from './transport.ts'

export async function loadTransport(kind: 'http/2' | 'undici'): Promise<(options: TransportOptions) => LiveTransport> {
  if (kind === 'http/2') return (await import('./h2-transport.ts')).createH2Transport
  return (await import('./undici-transport.ts')).createUndiciTransport
}
