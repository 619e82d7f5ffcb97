// What `run` was asked for with a bare URL → the words after `doorbuster run` that ask for the same again, for whoever holds the record. Secrets are
// covered; of a file the name alone is told. Reads nothing.
import { basename } from 'node:path'
import type { Plan } from '@doorbuster/plan'
import { cover, covered, formatDuration, formatRate, formatShape, isPublicBody, isPublicHeader } from '@doorbuster/plan'
import { headersFlag } from './commands/flags.ts'
import type { ConnectionFlags } from './connection-flags.ts'
import type { RunFlags } from './plan-of-run.ts'
import { isUrlText } from './plan-of-run.ts'
import { maskSecrets } from './secret.ts'

type Flags = RunFlags & ConnectionFlags & { readonly threads?: number }
type Word = readonly [flag: string, value: string | number | boolean | undefined]

/** Undefined for a plan's file. */
export function repeatWords(source: string, flags: Flags, { model, seed }: Plan): readonly string[] | undefined {
  if (!isUrlText(source)) return undefined
  // In one line, and with the samples of a curve in place of its file.
  const shape = model.kind === 'open' && flags.shape !== undefined ? formatShape(model.traffic) : undefined
  const words = [...trafficOf(flags, shape), ...requestOf(flags), ...limitsOf(flags), ...wayOf(flags)]
  return [source, ...words.flatMap(wordsOf), '--seed', String(seed)].map((word) => maskSecrets(covered(word)))
}

function wordsOf([flag, value]: Word): readonly string[] {
  if (value === undefined || value === false) return []
  return value === true ? [flag] : [flag, String(value)]
}

function trafficOf({ rate, duration, connections, spacing, slo }: Flags, shape: string | undefined): readonly Word[] {
  return [
    ['--rate', rate === undefined ? undefined : formatRate(rate)],
    ['--duration', time(duration)],
    ['--connections', connections],
    ['--shape', shape],
    ['--spacing', spacing],
    ...slo.map((text): Word => ['--slo', text]),
  ]
}

function requestOf({ header, metrics = [], method, body, name }: Flags): readonly Word[] {
  const headers = Object.entries(headersFlag(header))
  return [
    ...headers.map(([each, value]): Word => ['--header', `${each}: ${isPublicHeader(each, value) ? value : cover}`]),
    ...metrics.map((url): Word => ['--metrics', url]),
    ['--method', method],
    ['--body', body === undefined || isPublicBody(body) ? body : cover],
    ['--name', name],
  ]
}

function limitsOf({ timeout, connectTimeout, firstByteTimeout, drain }: Flags): readonly Word[] {
  return [
    ['--timeout', time(timeout)],
    ['--connect-timeout', time(connectTimeout)],
    ['--first-byte-timeout', time(firstByteTimeout)],
    ['--drain', time(drain)],
  ]
}

function wayOf({
  threads,
  http,
  tlsResume,
  connectTo = [],
  localAddress = [],
  proxy,
  insecure,
  cacert,
  cert,
  key,
}: Flags): readonly Word[] {
  const fileName = (path: string | undefined): string | undefined => (path === undefined ? undefined : basename(path))
  return [
    ['--threads', threads === 1 ? undefined : threads],
    ['--http', http],
    ...connectTo.map((route): Word => ['--connect-to', route]),
    ...localAddress.map((address): Word => ['--local-address', address]),
    ['--proxy', proxy],
    ['--insecure', insecure],
    ['--cacert', fileName(cacert)],
    ['--cert', fileName(cert)],
    ['--key', fileName(key)],
    ['--tls-resume', tlsResume],
  ]
}

function time(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : formatDuration(ms)
}
