// Opens one socket through a proxy: to the proxy first, then a tunnel by CONNECT (RFC 9110 §9.3.6), then TLS with the origin inside of it. A
// request for a plain http origin needs no tunnel: the proxy is told the whole URL with it (RFC 9112 §3.2.2).
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { causeOf, ownLack } from './causes.ts'
import type { Dialled, DialOptions } from './dial.ts'
import { DialError, dial, greeting } from './dial.ts'
import { portOfUrl } from './route.ts'
import type { HttpProxy } from './transport.ts'

export type ThroughOptions = DialOptions & {
  readonly proxy: HttpProxy
  /** Host and port that the proxy is asked for; null: no tunnel. */
  readonly authority: string | null
}

type OnDialled = (error: Error | null, dialled: Dialled | null) => void

const mostHeadBytes = 16_384

/** As `dial`. Whatever fails before the tunnel stands has a cause that begins with `proxy:`. */
export function dialThrough(options: ThroughOptions, onDialled: OnDialled): () => void {
  const { now, timeoutMs, authority, origin } = options
  const startMs = now()
  let stop = dial(toProxy(options), (error, dialled) => {
    if (dialled === null) return onDialled(error === null || ownLack(error) !== null ? error : ofProxy(error), null)
    if (authority === null) return onDialled(null, dialled)
    const { socket } = dialled
    const deadline = setTimeout(
      () => end(new DialError(isThrough ? 'connect-timeout' : 'proxy:connect-timeout'), null),
      Math.max(1, timeoutMs - (now() - startMs)),
    )
    let isOver = false
    let isThrough = false
    const over = (): boolean => {
      const wasOver = isOver
      isOver = true
      clearTimeout(deadline)
      return wasOver
    }
    const end: OnDialled = (failed, opened) => {
      if (over()) return
      if (failed !== null) abandon(socket)
      onDialled(failed, opened)
    }
    stop = () => {
      if (!over()) abandon(socket)
    }
    openTunnel(socket, connectHead(authority, options.proxy), (failed) => {
      if (failed !== null) return end(failed, null)
      isThrough = true
      const connectMs = now() - startMs
      if (origin.protocol === 'http:') return end(null, { socket, connectMs, handshakeMs: null })
      secure(socket, options, (unsafe, tunnelled) => {
        if (tunnelled === null) return end(unsafe, null)
        end(null, { socket: tunnelled, connectMs, handshakeMs: now() - startMs - connectMs })
      })
    })
  })
  return () => stop()
}

function toProxy({ proxy, tls, ...options }: ThroughOptions): DialOptions {
  const origin = new URL(proxy.origin)
  const { checkCertificates = true, authorities } = tls
  return {
    ...options,
    origin,
    addresses: proxy.addresses,
    port: portOfUrl(origin),
    // Our own certificate is for the target, and HTTP/2 is spoken inside the tunnel only.
    tls: { checkCertificates, ...(authorities !== undefined && { authorities }) },
    protocols: [],
    session: undefined,
    onSession: undefined,
  }
}

function ofProxy(error: Error): DialError {
  return new DialError(`proxy:${causeOf(error, false)}`)
}

function connectHead(authority: string, { authorization }: HttpProxy): string {
  const secret = authorization === undefined ? '' : `proxy-authorization: ${authorization}\r\n`
  return `CONNECT ${authority} HTTP/1.1\r\nhost: ${authority}\r\n${secret}\r\n`
}

/** Calls back once. The proxy's own answer is no part of the exchange; what follows its head is. */
function openTunnel(socket: Socket, head: string, onOpen: (error: Error | null) => void): void {
  let read = Buffer.alloc(0)
  const end = (error: Error | null): void => {
    socket.off('data', onData).off('error', onError).off('close', onClose).pause()
    onOpen(error)
  }
  const onError = (error: Error): void => end(ofProxy(error))
  const onClose = (): void => end(new DialError('proxy:reset'))
  const onData = (bytes: Buffer): void => {
    read = Buffer.concat([read, bytes])
    const headEnd = read.indexOf('\r\n\r\n')
    if (headEnd < 0) return read.length > mostHeadBytes ? end(new DialError('proxy:too-large')) : undefined
    const [, status] = /^HTTP\/1\.[01] (\d{3})(?: |\r)/.exec(read.toString('latin1', 0, headEnd + 2)) ?? []
    if (status === undefined) return end(new DialError('proxy:malformed'))
    if (!status.startsWith('2')) return end(new DialError(`proxy:${status}`))
    end(null)
    const rest = read.subarray(headEnd + 4)
    if (rest.length > 0) socket.unshift(rest)
  }
  socket.on('data', onData).on('error', onError).on('close', onClose)
  socket.write(head, 'latin1')
}

function secure(socket: Socket, options: DialOptions, onSecure: (error: Error | null, socket: Socket | null) => void): void {
  const tunnelled = connectTls({ ...greeting(options), socket })
  const onError = (error: Error): void => onSecure(error, null)
  tunnelled.once('error', onError)
  tunnelled.once('close', () => onSecure(Object.assign(new Error('closed'), { code: 'ECONNRESET' }), null))
  tunnelled.once('secureConnect', () => onSecure(null, tunnelled))
}

function abandon(socket: Socket): void {
  // A later error of a socket that we gave up must not end the process.
  socket.on('error', () => {})
  socket.destroy()
}
