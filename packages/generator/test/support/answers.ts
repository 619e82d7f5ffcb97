// Answers as a transport would bring them, made of what a test says of them.
import { gzipSync } from 'node:zlib'
import type { Answered } from '@doorbuster/wire'
import { LookedAt } from '../../src/answer-rules.ts'

export type Made = {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Packs the body. */
  readonly gzip?: boolean
  /** Path that was asked for; the host is 127.0.0.1. */
  readonly asked?: string
}

export function answered({ status = 200, headers = {}, body = '', gzip = false }: Made): Answered {
  const sent: Readonly<Record<string, string>> = gzip ? { ...headers, 'content-encoding': 'gzip' } : headers
  const moments = { sentMs: 0, firstByteMs: 1, doneMs: 1, bytesIn: 0, bytesOut: 0, connectMs: null, handshakeMs: null, linkMs: 0 }
  return {
    ...moments,
    kind: 'answered',
    status,
    header: (name) => sent[name],
    headers: (name) => (sent[name] === undefined ? [] : [sent[name]]),
    body: gzip ? gzipSync(body) : Buffer.from(body),
    head: () => new Uint8Array(0),
    keep: () => {},
  }
}

export function lookedAt(made: Made): LookedAt {
  return new LookedAt(answered(made), 'http://127.0.0.1', made.asked ?? '/')
}
