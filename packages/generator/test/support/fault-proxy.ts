// A TCP proxy that spoils what the server sends, by the eight rules of toxiproxy (Shopify, MIT; its README is the specification). A chain of
// toxics stands between the server and the client; what the client sends goes through untouched.
//
//   server ──▶ toxic ──▶ toxic ──▶ client
import type { AddressInfo, Socket } from 'node:net'
import { connect, createServer } from 'node:net'

export type Toxic =
  /** Every piece late by latency ± jitter, counted from when it came; the order stays. */
  | { readonly type: 'latency'; readonly latencyMs: number; readonly jitterMs: number }
  | { readonly type: 'bandwidth'; readonly bytesPerMs: number }
  /** The end of the connection comes late. */
  | { readonly type: 'slow-close'; readonly delayMs: number }
  /** Nothing comes through; the connection is closed after a while, or never (0). */
  | { readonly type: 'timeout'; readonly afterMs: number }
  /** Reset so long after the first byte, none of which comes through. */
  | { readonly type: 'reset-peer'; readonly afterMs: number }
  | { readonly type: 'slicer'; readonly sliceBytes: number; readonly delayMs: number }
  /** Closed after so many bytes. */
  | { readonly type: 'limit-data'; readonly bytes: number }

export type FaultProxy = {
  readonly url: string
  /** Cuts what is open and refuses what comes: the eighth toxic. */
  readonly stop: () => Promise<void>
}

/** What the next in the chain takes. */
type Link = { readonly write: (bytes: Buffer) => void; readonly end: () => void }

export async function startFaultProxy(target: string, toxics: readonly Toxic[]): Promise<FaultProxy> {
  const sockets = new Set<Socket>()
  const proxy = createServer((client) => {
    const upstream = connect(Number(new URL(target).port), '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => {})
      socket.on('close', () => sockets.delete(socket))
    }
    client.on('close', () => upstream.destroy())
    upstream.on('error', () => client.destroy())
    client.pipe(upstream)
    const last: Link = { write: (bytes) => client.writable && client.write(bytes), end: () => client.end() }
    const first = toxics.reduceRight((next, toxic) => link(toxic, client, next), last)
    upstream.on('data', (bytes: Buffer) => first.write(bytes))
    upstream.on('end', () => first.end())
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      proxy.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, stop }
}

function link(toxic: Toxic, client: Socket, next: Link): Link {
  switch (toxic.type) {
    case 'latency':
      return latency(toxic, next)
    case 'bandwidth':
      return bandwidth(toxic.bytesPerMs, next)
    case 'slow-close':
      return { write: next.write, end: () => void setTimeout(next.end, toxic.delayMs) }
    case 'timeout':
      if (toxic.afterMs > 0) setTimeout(() => client.end(), toxic.afterMs)
      return nothing
    case 'reset-peer':
      return { write: once(() => setTimeout(() => client.resetAndDestroy(), toxic.afterMs)), end: () => {} }
    case 'slicer':
      return slicer(toxic.sliceBytes, toxic.delayMs, next)
    case 'limit-data':
      return limitData(toxic.bytes, next)
  }
}

const nothing: Link = { write: () => {}, end: () => {} }

function once(act: () => void): () => void {
  let isDone = false
  return () => {
    if (!isDone) act()
    isDone = true
  }
}

/** One step behind the other, each so many ms after the one before or after it was asked for. */
function inTurn(): (waitMs: () => number, act: () => void) => void {
  let tail = Promise.resolve()
  return (waitMs, act) => {
    tail = tail.then(() => new Promise<void>((resolve) => setTimeout(resolve, waitMs()))).then(act)
  }
}

function latency({ latencyMs, jitterMs }: Extract<Toxic, { type: 'latency' }>, next: Link): Link {
  const queue = inTurn()
  let nth = 0
  const late = (act: () => void): void => {
    // Jitter without chance: early, on time, late, in turn.
    const dueMs = performance.now() + latencyMs + jitterMs * ((nth++ % 3) - 1)
    queue(() => Math.max(0, dueMs - performance.now()), act)
  }
  return { write: (bytes) => late(() => next.write(bytes)), end: () => late(next.end) }
}

function bandwidth(bytesPerMs: number, next: Link): Link {
  const queue = inTurn()
  const pieceBytes = Math.ceil(bytesPerMs * 100)
  return {
    write: (bytes) => {
      for (let at = 0; at < bytes.length; at += pieceBytes) {
        const piece = bytes.subarray(at, at + pieceBytes)
        queue(
          () => piece.length / bytesPerMs,
          () => next.write(piece),
        )
      }
    },
    end: () => queue(() => 0, next.end),
  }
}

function slicer(sliceBytes: number, delayMs: number, next: Link): Link {
  const queue = inTurn()
  return {
    write: (bytes) => {
      for (let at = 0; at < bytes.length; at += sliceBytes) {
        const slice = bytes.subarray(at, at + sliceBytes)
        queue(
          () => delayMs,
          () => next.write(slice),
        )
      }
    },
    end: () => queue(() => 0, next.end),
  }
}

function limitData(most: number, next: Link): Link {
  let leftBytes = most
  const end = once(next.end)
  return {
    write: (bytes) => {
      const passed = bytes.subarray(0, leftBytes)
      leftBytes -= passed.length
      if (passed.length > 0) next.write(passed)
      if (leftBytes === 0) end()
    },
    end,
  }
}
